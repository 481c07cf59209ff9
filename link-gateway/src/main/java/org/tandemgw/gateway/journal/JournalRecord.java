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
    boolean damaged;

    void ensureCapacity(int capacity) {
        if (bytes.length < capacity) {
            bytes = new byte[Math.max(capacity, RecordCodec.MAX_LENGTH)];
        }
    }

    void set(
            RecordKind kind,
            long sequence,
            long atNs,
            int leg,
            int direction,
            long dialectSequence,
            int crc,
            int length) {
        this.kind = kind;
        this.sequence = sequence;
        this.atNs = atNs;
        this.leg = leg;
        this.direction = direction;
        this.dialectSequence = dialectSequence;
        this.crc = crc;
        this.length = length;
        this.damaged = false;
    }

    /** True if it was stored but can no longer be read: then it is a LOST record that says so. */
    public boolean damaged() {
        return damaged;
    }

    /** What it is. */
    public RecordKind kind() {
        return kind;
    }

    /** True for a mark of this word. */
    public boolean isMark(String what) {
        return kind == RecordKind.MARK && !damaged && RecordJson.isMark(bytes, length, what);
    }

    /** The text of a mark of this word, as the JSON has it; null if it is none. */
    public String textOfMark(String what) {
        return isMark(what) ? RecordJson.textOfMark(bytes, length) : null;
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
