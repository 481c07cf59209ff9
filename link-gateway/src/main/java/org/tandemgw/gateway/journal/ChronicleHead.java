package org.tandemgw.gateway.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;

/**
 * Chronicle's own notes in a roll file that appending relies on: where the last record is, and where its index pages and their
 * entries point to. With a wrong one it would write over records. Only reads.
 */
final class ChronicleHead {
    private static final int HEAD = 1024;
    private static final int WORD = Integer.BYTES;
    private static final int READY_PAGE = 0x4000_0000;
    private static final int FLAGS = 0xc000_0000;
    private static final byte EVENT_NAME = (byte) 0xb9;
    private static final byte LONG_VALUE = (byte) 0xa7;
    private static final byte LONG_ARRAY = (byte) 0x8d;
    /** Between a name and its value there are at most so many bytes of filling. */
    private static final int FILLING = 16;

    private final RecordCodec codec = new RecordCodec();
    /** Pairs that the index pages have: a place, and the number in the file of the record that is to be there. */
    private final List<long[]> entries = new ArrayList<>();

    private final FileWindow file;
    private final RollFileMap map;
    private final int indexSpacing;

    private ChronicleHead(FileWindow file, RollFileMap map, int indexSpacing) {
        this.file = file;
        this.map = map;
        this.indexSpacing = indexSpacing;
    }

    /** True if a file begins as Chronicle begins it. */
    static boolean begins(Path path) throws IOException {
        try (FileWindow file = new FileWindow(path, new byte[HEAD])) {
            return isPage(file, 0, "header");
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /**
     * What is wrong in the head and the notes of a file without a seal; null if nothing is. Chronicle may be writing it.
     *
     * @param rollCycle with which the file was made
     */
    static String wrong(RollFileMap map, RollCycle rollCycle, int indexSpacing) throws IOException {
        final byte[] sample = SampleHead.of(rollCycle);
        return sample.length > 0 && !Arrays.equals(sample, constant(map.path()))
                ? "its head is not as Chronicle writes it"
                : contradiction(map, indexSpacing);
    }

    /**
     * What is wrong in the file's notes, judged by where its records really are; null if nothing is. Chronicle notes only what it
     * has written: records are looked for after the notes were read, so that a file may grow meanwhile.
     */
    static String contradiction(RollFileMap map, int indexSpacing) throws IOException {
        try (FileWindow file = new FileWindow(map.path(), new byte[HEAD])) {
            return new ChronicleHead(file, map, indexSpacing).contradiction();
        }
    }

    /**
     * The head of a file without what changes while it is written: the same in all files of one version of Chronicle and one
     * length of files. Null if it is not the head of a roll file.
     */
    static byte[] constant(Path path) throws IOException {
        try (FileWindow file = new FileWindow(path, new byte[HEAD])) {
            if (!isPage(file, 0, "header")) {
                return null;
            }
            final ChronicleHead head = new ChronicleHead(file, null, 0);
            final long positions = head.behind("writePosition", LONG_ARRAY, 0);
            final long index = head.behind("index2Index", LONG_VALUE, 0);
            final long indexed = head.behind("lastIndex", LONG_VALUE, 0);
            final int length = WORD + (file.word(0) & ~FLAGS);
            if (positions < 0 || index < 0 || indexed < 0 || length > HEAD) {
                return null;
            }
            final int at = file.at(0, length);
            final byte[] constant = Arrays.copyOfRange(file.bytes(), at, at + length);
            // The array of positions: how many are used, and the two.
            Arrays.fill(constant, (int) positions + Long.BYTES, (int) positions + 4 * Long.BYTES, (byte) 0);
            Arrays.fill(constant, (int) index, (int) index + Long.BYTES, (byte) 0);
            Arrays.fill(constant, (int) indexed, (int) indexed + Long.BYTES, (byte) 0);
            return constant;
        }
    }

    private String contradiction() {
        final long positions = behind("writePosition", LONG_ARRAY, 0);
        final long index = behind("index2Index", LONG_VALUE, 0);
        if (positions < 0 || index < 0) {
            return "the head of the file is damaged";
        }
        final long lastRecord = file.longWord(positions + 2 * Long.BYTES);
        final long pages = file.longWord(index);
        final boolean pagesAreWhole = pages == 0 || gather(pages);
        map.last();
        file.forget();
        if (lastRecord != 0 && !isRecord(lastRecord, -1) && !isKnownPage(lastRecord)) {
            return "the head of the file does not say where its last record is";
        }
        return pagesAreWhole && entries.stream().allMatch(entry -> isRecord(entry[0], map.first() + entry[1]))
                ? null
                : "the index of the file is damaged";
    }

    private boolean gather(long pages) {
        final long array = isPage(file, pages, "index2index") ? behind("index2index", LONG_ARRAY, pages + WORD) : -1;
        if (array < 0) {
            return false;
        }
        final long capacity = capacity(array);
        for (long i = 0; i < capacity; i++) {
            final long page = file.longWord(array + (2 + i) * Long.BYTES);
            if (page != 0 && !gatherEntries(page, i * capacity * indexSpacing)) {
                return false;
            }
        }
        return capacity > 0;
    }

    private boolean gatherEntries(long page, long firstSlot) {
        final long array = isPage(file, page, "index") ? behind("index", LONG_ARRAY, page + WORD) : -1;
        final int capacity = array < 0 ? 0 : (int) capacity(array);
        for (int i = 0; i < capacity; i++) {
            final long place = file.longWord(array + (2 + i) * Long.BYTES);
            if (place != 0) {
                entries.add(new long[] {place, firstSlot + (long) i * indexSpacing});
            }
        }
        return capacity > 0;
    }

    /** 0 if it is nonsense. */
    private long capacity(long array) {
        final long capacity = file.longWord(array);
        return capacity > 0 && capacity <= 1 << 20 && file.has(array + 2 * Long.BYTES, (int) capacity * Long.BYTES)
                ? capacity
                : 0;
    }

    /** A record of that sequence, or of any. One that was never finished is behind all others. */
    private boolean isRecord(long place, long sequence) {
        if (place < 0 || place % WORD != 0 || !file.has(place + WORD, RecordCodec.HEADER_LENGTH)) {
            return false;
        }
        if (place >= map.end()) {
            return place == map.end();
        }
        final int at = file.at(place + WORD, RecordCodec.HEADER_LENGTH);
        return codec.isHeader(file.bytes(), at) && (sequence < 0 || RecordCodec.sequence(file.bytes(), at) == sequence);
    }

    private boolean isKnownPage(long place) {
        return isPage(file, place, "index") || isPage(file, place, "index2index");
    }

    private static boolean isPage(FileWindow file, long place, String name) {
        if (place < 0 || place % WORD != 0 || !file.has(place, WORD + 2 + name.length())) {
            return false;
        }
        final int word = file.word(place);
        final int at = file.at(place, WORD + 2 + name.length()) + WORD;
        return (word & FLAGS) == READY_PAGE
                && file.has(place + WORD, word & ~FLAGS)
                && file.bytes()[at] == EVENT_NAME
                && file.bytes()[at + 1] == name.length()
                && name.equals(new String(file.bytes(), at + 2, name.length(), StandardCharsets.ISO_8859_1));
    }

    /** Where the value of that name begins, that is, behind its type; -1 if it is not there. */
    private long behind(String name, byte type, long from) {
        final int count = (int) Math.min(HEAD, file.length() - from);
        if (count <= 0) {
            return -1;
        }
        final int at = file.at(from, count);
        final String head = new String(file.bytes(), at, count, StandardCharsets.ISO_8859_1);
        final int named = head.indexOf((char) name.length() + name);
        final int found = named >= 0 ? named : head.indexOf((char) (0xc0 + name.length()) + name);
        if (found < 0) {
            return -1;
        }
        final int filling = found + 1 + name.length();
        for (int i = filling; i < filling + FILLING && i < count; i++) {
            if (head.charAt(i) == (type & 0xff)) {
                return from + i + 1;
            }
        }
        return -1;
    }
}
