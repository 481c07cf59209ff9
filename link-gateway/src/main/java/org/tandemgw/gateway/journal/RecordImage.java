package org.tandemgw.gateway.journal;

/**
 * One record exactly as it lies in the journal, header and bytes behind one another, but outside of any queue: what a backup
 * is made of. Reused; belongs to one thread.
 */
public final class RecordImage {
    /** The header's length; what follows is as long as it says. */
    public static final int HEADER_LENGTH = RecordCodec.HEADER_LENGTH;

    private final byte[] image = new byte[HEADER_LENGTH + RecordCodec.MAX_LENGTH];
    private final RecordCodec codec = new RecordCodec();

    /** The image, from index 0 to {@link #length()}. */
    public byte[] array() {
        return image;
    }

    /** Header and bytes together. */
    public int length() {
        return HEADER_LENGTH + bytesLength();
    }

    /** How many bytes follow the header. */
    public int bytesLength() {
        return RecordCodec.length(image);
    }

    /** Its number. */
    public long sequence() {
        return RecordCodec.sequence(image);
    }

    /** Arrival, UTC ns. */
    public long atNs() {
        return RecordCodec.atNs(image);
    }

    /** Its two checksums behind one another: they tell it from any other record, by sequence, time and bytes. */
    public long sums() {
        return RecordCodec.sums(image);
    }

    /** Whether it stands for a record that is not there any more. */
    public boolean isLost() {
        return image[1] == RecordKind.LOST.code();
    }

    /** Copies what a reader gave. One that could not be read comes as the LOST record that it was served as, with this time. */
    public void take(JournalRecord record, long atNs) {
        System.arraycopy(record.bytes(), 0, image, HEADER_LENGTH, record.length());
        codec.header(
                image,
                record.kind(),
                record.sequence(),
                record.damaged() ? atNs : record.atNs(),
                record.leg(),
                record.direction(),
                record.dialectSequence(),
                record.crc(),
                record.length());
    }

    /** After the first {@link #HEADER_LENGTH} bytes were put into the array: what is wrong with them; null if nothing is. */
    public String headerFault() {
        return codec.headerFault(image);
    }

    /** After all of it was put into the array: whether the bytes are those that the header was made for. */
    public boolean bytesSound() {
        return RecordCodec.crc(image) == codec.crcOf(image, HEADER_LENGTH, bytesLength());
    }

    /** Makes it the LOST record that stands for one whose bytes cannot be read any more. */
    public void lost(long sequence, long atNs, String why) {
        note(RecordKind.LOST, sequence, atNs, RecordJson.unreadable(sequence, why));
    }

    /** Makes it a mark. */
    public void mark(long sequence, long atNs, String what, String text) {
        note(RecordKind.MARK, sequence, atNs, RecordJson.mark(sequence, atNs, what, text));
    }

    private void note(RecordKind kind, long sequence, long atNs, byte[] json) {
        System.arraycopy(json, 0, image, HEADER_LENGTH, json.length);
        codec.header(image, kind, sequence, atNs, 0, 0, -1, codec.crcOf(json, 0, json.length), json.length);
    }
}
