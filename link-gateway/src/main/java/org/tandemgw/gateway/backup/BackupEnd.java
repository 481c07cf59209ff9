package org.tandemgw.gateway.backup;

/**
 * What a backup file says of itself in its last lines. A file without them is not whole.
 *
 * @param records how many there are
 * @param last the last sequence
 * @param lastSums its two checksums (of bytes and of header), sixteen hex digits
 * @param lost how many of them could not be read in the journal and are here as lost records
 * @param digest the chained digest through the last multiple of 1,000 in it; null if that is not known
 * @param bytes how many bytes of the file come before this line
 * @param sha256 of those bytes
 */
public record BackupEnd(long records, long last, String lastSums, long lost, Digest digest, long bytes, String sha256) {
    /** The journal's own digest (docs/feeds.md). */
    public record Digest(long through, String value) {}
}
