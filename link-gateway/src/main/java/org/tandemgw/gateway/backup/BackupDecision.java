package org.tandemgw.gateway.backup;

/**
 * What the next backup of a journal begins with. Pure.
 *
 * @param kind full or incremental; null if there is nothing new
 * @param first the first sequence
 * @param previous what an incremental one continues
 * @param missed why records are in no backup, or why it is not the incremental one that was asked for; else null
 */
record BackupDecision(String kind, long first, BackupLabel.Previous previous, String missed) {
    /**
     * Decides.
     *
     * @param incremental whether one was asked for
     * @param newest the backup that reaches farthest; null if there is none
     * @param sumsThere the checksums of the record in the journal that is the last of {@code newest}; null if it is not kept or
     *     cannot be read
     * @param oldest kept
     * @param last to be backed up
     */
    static BackupDecision of(boolean incremental, BackupFolder.Found newest, String sumsThere, long oldest, long last) {
        if (!incremental || newest == null) {
            return full(oldest, null);
        }
        final long before = newest.end().last();
        final String name = newest.file().getFileName().toString();
        if (before > last) {
            return full(
                    oldest,
                    name + " ends with record " + before + ", the journal with " + last
                            + ": they are not of one history");
        }
        if (sumsThere != null && !sumsThere.equals(newest.end().lastSums())) {
            return full(oldest, "record " + before + " is not the one in " + name + ": they are not of one history");
        }
        if (before + 1 < oldest) {
            return full(
                    oldest,
                    "records " + (before + 1) + " to " + (oldest - 1) + " are no longer kept and in no backup after "
                            + name);
        }
        if (before == last) {
            return new BackupDecision(null, last + 1, null, null);
        }
        if (sumsThere == null) {
            return full(
                    oldest,
                    "record " + before
                            + (before < oldest ? " is no longer kept" : " cannot be read in the journal any more")
                            + ", and nothing else proves that the journal goes on where " + name + " ends");
        }
        return new BackupDecision(
                BackupLabel.INCREMENTAL,
                before + 1,
                new BackupLabel.Previous(
                        newest.label().number(),
                        newest.end().sha256(),
                        before,
                        newest.label().lastAt(),
                        newest.end().lastSums()),
                null);
    }

    private static BackupDecision full(long oldest, String missed) {
        return new BackupDecision(BackupLabel.FULL, oldest, null, missed);
    }
}
