package org.tandemgw.gateway.journal;

/** From a time to a sequence: binary search, because records' times never decrease. Belongs to one thread. */
public final class TimeSearch {
    private final StoredJournal journal;
    private final JournalRecord record = new JournalRecord();

    /** Searches in this journal. */
    public TimeSearch(StoredJournal journal) {
        this.journal = journal;
    }

    /** The first sequence from {@code oldest} to {@code last} whose record came at this time or later; last + 1 if none did. */
    public long firstAtOrAfter(long atNs, long oldest, long last) {
        long low = oldest;
        long high = last + 1;
        try (JournalReader reader = journal.newReader()) {
            while (low < high) {
                final long middle = (low + high) >>> 1;
                final long sound = firstSound(reader, middle, high);
                if (sound < 0 || record.atNs() >= atNs) {
                    high = middle; // one that cannot be read has no time: it goes with what follows it
                } else {
                    low = sound + 1;
                }
            }
        }
        return low;
    }

    /** The time of the first record from {@code from} to {@code last} that can be read; -1 if none can. */
    public long atNs(long from, long last) {
        try (JournalReader reader = journal.newReader()) {
            return firstSound(reader, from, last + 1) < 0 ? -1 : record.atNs();
        }
    }

    private long firstSound(JournalReader reader, long from, long end) {
        if (!reader.seek(from)) {
            return -1;
        }
        for (long n = from; n < end && reader.next(record); n++) {
            if (!record.damaged()) {
                return n;
            }
        }
        return -1;
    }
}
