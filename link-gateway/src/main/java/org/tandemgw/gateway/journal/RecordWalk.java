package org.tandemgw.gateway.journal;

/**
 * Walks through a raw roll file from record to record, without Chronicle: what counts is the checksum in our own header.
 *
 * <pre>
 *    | word | our header, 40 | bytes | 0 to 3 zeros | word | our header …
 * </pre>
 *
 * The word before each record is Chronicle's: the length behind it, little-endian, with two bits that say "not complete" and
 * "not a record" (its head and index pages). As long as our header is right, the word is not needed; where our header is
 * damaged, the word says how far it is to the next, so that a frame whose bytes look like a record is not taken for one.
 * Only where both lead nowhere, the next right header is searched for, at every fourth byte. Each sequence has to lie
 * between what the one before and the bytes between them allow. Belongs to one thread at a time.
 */
final class RecordWalk {
    private static final int WORD = Integer.BYTES;
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int NOT_A_RECORD = 0x4000_0000;
    private static final int END_OF_FILE = NOT_COMPLETE | NOT_A_RECORD;
    private static final int LEAST_RECORD = WORD + RecordCodec.HEADER_LENGTH;
    private static final int LONGEST_RECORD = RecordCodec.HEADER_LENGTH + RecordCodec.MAX_LENGTH;

    /** Chronicle's index pages are shorter. */
    private static final int LONGEST_PAGE = 1 << 20;

    /** So many damaged records in a row are passed over by Chronicle's lengths; more are searched through. */
    private static final int DEPTH = 8;

    /** Damage near the end of a file that grows fast looks different each time; so often it is looked at. */
    private static final int LOOKS = 8;

    private final FileWindow file;
    private final RecordCodec codec = new RecordCodec();

    private long place;
    private long least;
    private long leastPlace;
    private long at;
    private long sequence;
    private int length;
    private int word;
    private boolean complete = true;
    private int passedOver;
    private long irregular;
    private long damagedFrom = -1;

    RecordWalk(FileWindow file) {
        this.file = file;
    }

    /** Goes on at the place of a record whose sequence is known; at 0 with sequence 0 from the start of the file. */
    void startAt(long recordPlace, long recordSequence) {
        place = recordPlace;
        leastPlace = recordPlace;
        least = recordSequence;
        passedOver = 0;
        complete = true;
    }

    /** Another walk that goes on from here. */
    RecordWalk copy() {
        final RecordWalk copy = new RecordWalk(file);
        copy.startAt(place, least);
        return copy;
    }

    /**
     * Moves to the next record. False if there is none, or none yet: the walk stays where it is then, and may be asked again.
     *
     * <p>Nothing is called damaged that was seen once: what was read before it was written stands beside what was read later,
     * and looks like zeros in the middle of records. Records are written in order, so a second look at the place sees it
     * whole.
     *
     * @param farther false to stop at the first zeros, as behind the end of a file that is being written
     */
    boolean next(boolean farther) {
        final long fromPlace = place;
        final long fromLeast = least;
        final long fromLeastPlace = leastPlace;
        final long fromIrregular = irregular;
        final int fromPassedOver = passedOver;
        final boolean fromComplete = complete;
        final long fromAt = at;
        boolean any = step(farther);
        for (int look = 1; irregular != fromIrregular && look < LOOKS; look++) {
            final long seenPlace = place;
            final long seenIrregular = irregular;
            place = fromPlace;
            least = fromLeast;
            leastPlace = fromLeastPlace;
            irregular = fromIrregular;
            passedOver = fromPassedOver;
            file.forget();
            complete = fromComplete || file.word(fromAt - WORD) > 0;
            any = step(farther);
            if (place == seenPlace && irregular == seenIrregular) {
                break;
            }
        }
        return any;
    }

    private boolean step(boolean farther) {
        damagedFrom = -1;
        while (file.has(place, WORD)) {
            word = file.word(place);
            if (isRecord(place + WORD, least)) {
                return found(place + WORD);
            }
            if (word == END_OF_FILE) {
                return false;
            }
            if (word == 0) {
                return farther && search(file.skipZeros(place) - WORD);
            }
            final long next = behind(word, place);
            if (!leadsOn(word, next, DEPTH, least > 0) || isPageWithRecords(next)) {
                return (farther || (word & NOT_COMPLETE) == 0) && search(place + WORD);
            }
            if ((word & NOT_A_RECORD) == 0) {
                damaged();
                passedOver++;
            }
            place = next;
        }
        return false;
    }

    private boolean found(long recordAt) {
        final int offset = file.at(recordAt, RecordCodec.HEADER_LENGTH);
        at = recordAt;
        sequence = RecordCodec.sequence(file.bytes(), offset);
        length = RecordCodec.length(file.bytes(), offset);
        if (!complete) {
            irregular++; // only the last can be so
        }
        complete = word > 0;
        if (complete && word != RecordCodec.HEADER_LENGTH + length) {
            irregular++;
        }
        place = aligned(at + RecordCodec.HEADER_LENGTH + length);
        least = sequence + 1;
        leastPlace = place;
        return true;
    }

    /** The next right header from a place on; what is before it belongs to no record that can be read. */
    private boolean search(long from) {
        final long candidate = recordAt(from, Long.MAX_VALUE);
        if (candidate < 0) {
            return false;
        }
        damaged();
        word = candidate >= WORD ? file.word(candidate - WORD) : 0;
        return found(candidate);
    }

    /** The first right header between two places; -1 if there is none. */
    private long recordAt(long from, long to) {
        long candidate = Math.max(0, from) & -WORD;
        while (candidate < to && file.has(candidate, RecordCodec.HEADER_LENGTH)) {
            final int first = file.bytes()[file.at(candidate, WORD)];
            if (first == RecordCodec.VERSION && isRecord(candidate, least)) {
                return candidate;
            }
            candidate = first == 0 ? Math.max(candidate + WORD, file.skipZeros(candidate) & -WORD) : candidate + WORD;
        }
        return -1;
    }

    /** Chronicle's pages hold places, never a record: a word that says otherwise leads past records, perhaps into a frame that looks like one. */
    private boolean isPageWithRecords(long next) {
        return (word & NOT_A_RECORD) != 0 && recordAt(place + WORD, next) >= 0;
    }

    private void damaged() {
        irregular++;
        damagedFrom = damagedFrom < 0 ? place : damagedFrom;
    }

    private boolean isRecord(long candidate, long notBefore) {
        if (!file.has(candidate, RecordCodec.HEADER_LENGTH)) {
            return false;
        }
        final int offset = file.at(candidate, RecordCodec.HEADER_LENGTH);
        if (!codec.isHeader(file.bytes(), offset)) {
            return false;
        }
        final long found = RecordCodec.sequence(file.bytes(), offset);
        return found > 0
                && (notBefore == 0
                        || found >= notBefore
                                && found <= notBefore + Math.max(0, candidate - WORD - leastPlace) / LEAST_RECORD);
    }

    /**
     * True if what the word says leads to a record, or to the end, at most some damaged ones farther on.
     *
     * @param endCounts false behind a page, and before the first record: there a chain of noise may seem to lead to the
     *     end, and what is between would be passed over
     */
    private boolean leadsOn(int from, long next, int depth, boolean endCounts) {
        final int said = from & ~END_OF_FILE;
        final boolean page = (from & NOT_A_RECORD) != 0;
        if ((from & NOT_COMPLETE) != 0
                || said == 0
                || said > (page ? LONGEST_PAGE : LONGEST_RECORD)
                || !page && said < RecordCodec.HEADER_LENGTH) {
            return false;
        }
        if (!file.has(next, WORD)) {
            return endCounts && !page && next == file.length();
        }
        if (isRecord(next + WORD, least)) {
            return true;
        }
        final int there = file.word(next);
        if (there == 0 || (there & NOT_COMPLETE) != 0) {
            return endCounts && !page && (there != 0 || file.skipZeros(next) == file.length());
        }
        return depth > 0 && leadsOn(there, behind(there, next), depth - 1, endCounts && !page);
    }

    private static long behind(int word, long place) {
        return aligned(place + WORD + (word & ~END_OF_FILE));
    }

    private static long aligned(long place) {
        return place + WORD - 1 & -WORD;
    }

    /**
     * Reads the record here.
     *
     * @return null if it is sound, else what is wrong
     */
    String read(JournalRecord into) {
        final int whole = RecordCodec.HEADER_LENGTH + length;
        return file.has(at, whole)
                ? codec.decode(file.bytes(), file.at(at, whole), whole, into)
                : "shorter than its length";
    }

    /** The sequence of the record here. */
    long sequence() {
        return sequence;
    }

    /** Where the record begins: Chronicle's word. */
    long start() {
        return at - WORD;
    }

    /** Where the next is to begin. */
    long place() {
        return place;
    }

    /** False if whoever wrote the record here was killed before it counted. */
    boolean complete() {
        return complete;
    }

    /** How many damaged records lie between the last one that was found, or the start, and {@link #place()}. */
    int passedOver() {
        return passedOver;
    }

    void forgetPassedOver() {
        passedOver = 0;
    }

    /** Where the damage begins that lies before the record here; -1 if there is none. */
    long damagedFrom() {
        return damagedFrom;
    }

    /** How often something was not as it was written, bytes of records aside. */
    long irregular() {
        return irregular;
    }
}
