package org.tandemgw.gateway.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** One journal on a small disk that somebody fills. Runs in a process of its own, so that any Java can be tried. */
final class FullDiskRun {
    private static final long TEN_MINUTES_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int LENGTH = 256;

    private final Path disk;
    private final Random random;
    private final byte[] frame = new byte[LENGTH];
    private LinkJournal journal;
    private long atNs = 1_795_251_600_000_000_000L;

    private FullDiskRun(Path disk, long seed) {
        this.disk = disk;
        this.random = new Random(seed);
    }

    /** Arguments: the folder of the disk, what happens there, the seed. */
    public static void main(String[] args) throws Exception {
        final FullDiskRun run = new FullDiskRun(Path.of(args[0]), Long.parseLong(args[2]));
        switch (args[1]) {
            case "ourselves" -> run.filledByOurselves();
            case "foreign" -> run.filledByAForeignWriter();
            case "start" -> run.startedOnAFullDisk();
            default -> throw new IllegalArgumentException(args[1]);
        }
        System.out.println("well");
        Runtime.getRuntime().halt(0);
    }

    private void filledByOurselves() throws IOException {
        final Path ballast = Files.write(disk.resolve("ballast"), new byte[4 << 20]);
        open();
        appendWhileThereIsRoom();
        check(journal.last() > 5_000, "only " + journal.last() + " records before the disk was full");
        atNs += TEN_MINUTES_NS;
        appendWhileThereIsRoom();
        checkAll();
        Files.delete(ballast);
        awaitRoom();
        appendSome(2_000);
        checkAll();
        reopen();
        appendSome(100);
        checkAll();
    }

    private void filledByAForeignWriter() throws IOException {
        open();
        for (int round = 0; round < 5; round++) {
            appendSome(random.nextInt(3_000));
            final Path foreign = fill();
            long rolled = 0;
            while (journal.hasRoomFor(LinkJournal.bytesFor(LENGTH))) {
                append();
                if (random.nextInt(2_000) == 0) {
                    atNs += TEN_MINUTES_NS * (1 + random.nextInt(3));
                    rolled++;
                }
                if (random.nextInt(64) == 0) {
                    journal.endOfBatch();
                }
            }
            journal.endOfBatch();
            check(journal.roomFault() != null || rolled >= 0, "no room, and no reason why");
            checkAll();
            if (random.nextInt(3) == 0) {
                reopen();
            }
            Files.delete(foreign);
            awaitRoom();
        }
        appendSome(2_000);
        checkAll();
    }

    /** Also on a disk where nothing was reserved: as a copy leaves it, or a version without a reserve. */
    private void startedOnAFullDisk() throws IOException {
        open();
        appendSome(3_000);
        journal.close();
        final Path directory = JournalFiles.directory(disk, "acd1", 1);
        Files.delete(directory.resolve(JournalRoom.NEXT));
        final RollFiles files = new RollFiles(directory, Queues.ROLL_CYCLE);
        for (final int cycle : files.cycles()) {
            try (ReservedFile file = ReservedFile.leftBehind(files.path(cycle), 0)) {
                file.giveBack();
            }
        }
        final Path foreign = fill();
        open();
        check(journal.roomFault() != null, "a full disk, and no word of it");
        check(!journal.hasRoomFor(1), "room on a full disk: " + journal.room());
        checkAll();
        Files.delete(foreign);
        awaitRoom();
        appendSome(3_000);
        checkAll();
        final Path again = fill();
        reopen();
        check(journal.hasRoomFor(LinkJournal.bytesFor(LENGTH)), "what was reserved is gone after a start");
        appendWhileThereIsRoom();
        checkAll();
        Files.delete(again);
        awaitRoom();
    }

    private void open() {
        journal = LinkJournal.open(disk, "acd1", JournalSync.GROUP);
    }

    private void reopen() {
        final long last = journal.last();
        journal.close();
        open();
        check(journal.last() == last, last + " records were written, " + journal.last() + " are there");
    }

    private void appendSome(int count) {
        for (int i = 0; i < count; i++) {
            if (!journal.hasRoomFor(LinkJournal.bytesFor(LENGTH))) {
                awaitRoom();
            }
            append();
            atNs += random.nextInt(2_000) == 0 ? TEN_MINUTES_NS : 1_000;
        }
        journal.endOfBatch();
    }

    /** To the end: the disk has nothing more to give. */
    private void appendWhileThereIsRoom() {
        await(() -> {
            while (journal.hasRoomFor(LinkJournal.bytesFor(LENGTH))) {
                append();
            }
            return journal.roomFault() != null;
        });
        while (journal.hasRoomFor(LinkJournal.bytesFor(LENGTH))) {
            append();
        }
        journal.endOfBatch();
    }

    private void awaitRoom() {
        await(() -> journal.hasRoomFor(1 << 20));
    }

    private void append() {
        final long sequence = journal.last() + 1;
        ByteBuffer.wrap(frame).putLong(sequence).putLong(LENGTH - 8, ~sequence);
        check(journal.appendFrame(1, 0, atNs, -1, frame, 0, LENGTH) == sequence, "sequence " + sequence);
    }

    private void checkAll() {
        check(journal.fault() == null, journal.fault());
        await(() -> journal.readable() == journal.last());
        check(journal.fault() == null, journal.fault());
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            reader.seek(1);
            for (long sequence = 1; sequence <= journal.last(); sequence++) {
                check(reader.next(record), "record " + sequence + " is not there");
                check(!record.damaged() && record.sequence() == sequence, RecordJson.of(record));
                final ByteBuffer bytes = ByteBuffer.wrap(record.bytes());
                check(bytes.getLong(0) == sequence && bytes.getLong(LENGTH - 8) == ~sequence, RecordJson.of(record));
            }
            check(!reader.next(record), "more records than were written");
        }
    }

    /** To the last page, as a foreign process would. A second time, since ext4 hands out what was freed a little later. */
    private Path fill() throws IOException {
        final Path foreign = disk.resolve("foreign");
        long before;
        do {
            before = Files.exists(foreign) ? Files.size(foreign) : 0;
            for (int size = 1 << 20; size >= 4_096; size /= 4) {
                try (FileOutputStream out = new FileOutputStream(foreign.toFile(), true)) {
                    final byte[] more = new byte[size];
                    while (true) {
                        out.write(more);
                        out.getFD().sync();
                    }
                } catch (IOException e) {
                    // full for this size
                }
            }
        } while (Files.size(foreign) > before);
        return foreign;
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(180)).until(condition::getAsBoolean);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
