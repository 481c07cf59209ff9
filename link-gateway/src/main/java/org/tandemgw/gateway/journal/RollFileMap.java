package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Where the records of one roll file lie: a mark at each 256th, or each 256 KiB, so that a reader has little to pass over. Made by
 * one {@link RecordWalk} that goes on as far as it is asked to, and for a file that is being written, goes on later. Takes
 * eight bytes per mark: some 100 KiB for ten minutes of 5,000 frames a second. Shared by all readers of a journal; any
 * thread.
 */
final class RollFileMap {
    private static final int RECORDS_PER_MARK = 256;
    private static final int BYTES_PER_MARK = 256 * 1024;

    /** Records begin at multiples of four, so an int is enough for 16 GiB. */
    private static final int PLACE_SHIFT = 2;

    private final Path path;
    private final LongSupplier firstVoid;
    private int[] marks = new int[2];
    private int[] places = new int[2];
    private int count;

    private long first = -1;
    private long last = -1;
    private long lastStart;
    private boolean lastComplete;
    private long resumeAt;
    private long irregular;
    private int passedOver;
    private boolean wholeSeen;
    private long unreadableAt = -1;
    private Object fileKey;

    /** @param firstVoid from which sequence on what the file has does not count */
    RollFileMap(Path path, LongSupplier firstVoid) {
        this.path = path;
        this.firstVoid = firstVoid;
    }

    /** The same file again, as far as {@code walked} has come. */
    RollFileMap(RollFileMap walked, LongSupplier firstVoid) {
        this(walked.path, firstVoid);
        synchronized (walked) {
            marks = walked.marks.clone();
            places = walked.places.clone();
            count = walked.count;
            first = walked.first;
            last = walked.last;
            lastStart = walked.lastStart;
            lastComplete = walked.lastComplete;
            resumeAt = walked.resumeAt;
            irregular = walked.irregular;
            passedOver = walked.passedOver;
            wholeSeen = walked.wholeSeen;
            unreadableAt = walked.unreadableAt;
            fileKey = walked.fileKey;
        }
    }

    /** True if all of the file was walked through and nothing but whole records is in it. */
    synchronized boolean isPlain() {
        return wholeSeen && last > 0 && lastComplete && irregular == 0 && passedOver == 0 && unreadableAt < 0;
    }

    /** From this sequence on what the file has does not count. */
    long firstVoid() {
        return firstVoid.getAsLong();
    }

    Path path() {
        return path;
    }

    /** The sequence that the file begins with, or -1 if no record can be found in it. */
    synchronized long first() {
        if (first < 0) {
            walk(Long.MIN_VALUE, true);
        }
        return first;
    }

    /**
     * The last sequence that has a place in the file, whether its record can be read or not; -1 if there is none. Looks again
     * each time. A record that its writer did not finish is not counted: the next would be written over it.
     */
    synchronized long last() {
        final long found = lastFound();
        return found < 0 || lastComplete || passedOver > 0 ? found : last - 1;
    }

    /** Like {@link #last()} for a file that nothing is written to any more. */
    synchronized long lastFound() {
        walk(Long.MAX_VALUE, !wholeSeen);
        wholeSeen = true;
        return last < 0 ? -1 : last + passedOver;
    }

    /** True if the record, or one behind it, has a place in the file. */
    synchronized boolean reaches(long sequence) {
        if (last < sequence) {
            walk(sequence, true);
        }
        return last >= sequence;
    }

    /** Puts a walk before the record, or before where it should be. False if the file has nothing to start from. */
    synchronized boolean place(RecordWalk walk, long sequence) {
        if (!reaches(sequence) && count == 0) {
            return false;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (sequence(middle) <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        walk.startAt(placeOf(low), sequence(low));
        return true;
    }

    /** What {@link #last()} has seen besides records: 0 if all of it was as Chronicle writes it. */
    synchronized long irregular() {
        return irregular;
    }

    /** Where the disk cannot read what {@link #last()} has looked at; -1 if it can read all of it. */
    synchronized long unreadableAt() {
        return unreadableAt;
    }

    /** Where the record behind {@link #last()} is to begin. */
    synchronized long end() {
        return resumeAt;
    }

    private void walk(long wanted, boolean farther) {
        try (FileWindow window = new FileWindow(path)) {
            if (last < 0) {
                beginAgainIfReplaced();
            }
            final RecordWalk walk = new RecordWalk(window);
            if (last >= 0 && !lastComplete) {
                walk.startAt(lastStart, last); // it may be complete now
            } else {
                walk.startAt(resumeAt, last < 0 ? 0 : last + 1);
            }
            do {
                if (!walk.next(farther)) {
                    passedOver += walk.passedOver();
                    resumeAt = walk.place();
                    break;
                }
                found(walk);
            } while (last < wanted);
            irregular += walk.irregular();
            unreadableAt = unreadableAt < 0 ? window.unreadableAt() : unreadableAt;
        } catch (IOException e) {
            // The file is gone, or may not be read: it has no more than what was found.
        }
    }

    /** A file in which nothing was found may have been put aside by a start, and another stand under its name. */
    private void beginAgainIfReplaced() throws IOException {
        final Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        if (fileKey != null && !fileKey.equals(now)) {
            resumeAt = 0;
            irregular = 0;
            passedOver = 0;
            wholeSeen = false;
            unreadableAt = -1;
        }
        fileKey = now;
    }

    private void found(RecordWalk walk) {
        if (first < 0) {
            first = Math.max(1, walk.sequence() - passedOver - walk.passedOver());
        }
        passedOver = 0;
        walk.forgetPassedOver();
        last = walk.sequence();
        lastStart = walk.start();
        lastComplete = walk.complete();
        resumeAt = walk.place();
        if (count == 0
                || last - sequence(count - 1) >= RECORDS_PER_MARK
                || walk.start() - placeOf(count - 1) >= BYTES_PER_MARK) {
            if (count == marks.length) {
                marks = Arrays.copyOf(marks, count * 2);
                places = Arrays.copyOf(places, count * 2);
            }
            marks[count] = Math.toIntExact(last - first);
            places[count++] = (int) (walk.start() >>> PLACE_SHIFT);
        }
    }

    private long sequence(int mark) {
        return first + marks[mark];
    }

    private long placeOf(int mark) {
        return (places[mark] & 0xffff_ffffL) << PLACE_SHIFT;
    }
}
