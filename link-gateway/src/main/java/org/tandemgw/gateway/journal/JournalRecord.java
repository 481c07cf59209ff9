package org.tandemgw.gateway.journal;

/** One record as a reader sees it. Reused: valid until the next read. */
public final class JournalRecord {
    RecordKind kind;
    long sequence;
    long atNs;
    int leg;
    int direction;
    long dialectSequence;
    int crc;
    byte[] bytes = new byte[4096];
    int length;

    /** What it is. */
    public RecordKind kind() {
        return kind;
    }

    /** Its number in the journal. */
    public long sequence() {
        return sequence;
    }

    /** Arrival, UTC ns; never decreases along the journal. */
    public long atNs() {
        return atNs;
    }

    /** 1 or 2; 0 where no leg is meant. */
    public int leg() {
        return leg;
    }

    /** 0 from the ACD, 1 towards it (relay). */
    public int direction() {
        return direction;
    }

    /** The ACD's own number, or -1. */
    public long dialectSequence() {
        return dialectSequence;
    }

    /** CRC-32C of the bytes. */
    public int crc() {
        return crc;
    }

    /** Holds the record's bytes from index 0 to {@link #length()}; for kinds other than FRAME one JSON object. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes. */
    public int length() {
        return length;
    }
}
