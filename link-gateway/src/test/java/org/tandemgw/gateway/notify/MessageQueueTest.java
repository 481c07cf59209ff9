package org.tandemgw.gateway.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a target, through kills, a target that never comes, and damage. */
class MessageQueueTest {
    private static final Instant AT = Instant.parse("2026-11-21T06:00:00Z");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("x.queue");
    }

    @Test
    void shouldKeepOrderAndNumbersThroughKillsAtAnyStep() throws Exception {
        final long seed = Long.getLong("tandem.seed", 5);
        final Random random = new Random(seed);
        MessageQueue queue = new MessageQueue(file());
        final Deque<Long> model = new ArrayDeque<>();
        long last = 0;
        long dropped = 0;
        long unsaid = 0;
        for (int step = 0; step < 3_000; step++) {
            final String where = "seed " + seed + ", step " + step;
            final int what = random.nextInt(step / 500 % 2 == 0 ? 12 : 4);
            if (what == 0) {
                queue = killed(queue);
            } else if (what < 3 && !model.isEmpty()) {
                final MessageQueue.Due due = queue.awaitDue();
                assertEquals(model.remove(), due.message().number(), where);
                assertEquals("text " + due.message().number(), due.message().text(), where);
                assertEquals(unsaid, due.dropped(), where);
                queue.taken(due);
                unsaid = 0;
            } else {
                append(queue);
                model.add(++last);
                if (model.size() > MessageQueue.MOST) {
                    model.remove();
                    dropped++;
                    unsaid++;
                }
            }
            assertEquals(model.size(), queue.waiting(), where);
            assertEquals(dropped, queue.dropped(), where);
            assertEquals(last, queue.lastNumber(), where);
        }
        assertTrue(dropped > 100, "the limit was met: " + dropped);
        queue.close();
    }

    @Test
    void shouldNotCountAsDroppedWhatTheTargetTookMeanwhile() throws Exception {
        try (MessageQueue queue = new MessageQueue(file())) {
            append(queue);
            final MessageQueue.Due under = queue.awaitDue();
            for (int i = 0; i < MessageQueue.MOST + 2; i++) {
                append(queue);
            }
            assertEquals(3, queue.dropped());
            queue.taken(under);
            assertEquals(2, queue.dropped());
            final MessageQueue.Due next = queue.awaitDue();
            assertEquals(4, next.message().number());
            assertEquals(2, next.dropped());
        }
    }

    @Test
    void shouldCountWhatADamagedFileHasLost() throws Exception {
        try (MessageQueue queue = new MessageQueue(file())) {
            for (int i = 0; i < 5; i++) {
                append(queue);
            }
        }
        try (FileChannel damaged = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            damaged.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3}), (2L + 3) * QueueFile.SLOT + 40);
        }
        try (MessageQueue queue = new MessageQueue(file())) {
            assertEquals(4, queue.waiting());
            assertEquals(1, queue.dropped());
            assertEquals(5, queue.lastNumber());
            assertEquals(1, queue.awaitDue().dropped());
        }
        Files.write(file(), new byte[12_345]);
        try (MessageQueue queue = new MessageQueue(file())) {
            append(queue);
            assertEquals("text 1", queue.awaitDue().message().text());
        }
    }

    @Test
    void shouldKeepInMemoryWhatCannotBeWritten() throws Exception {
        try (MessageQueue queue = new MessageQueue(folder.resolve("missing").resolve("x.queue"))) {
            append(queue);
            assertEquals(1, queue.awaitDue().message().number());
            Files.createDirectory(folder.resolve("missing"));
            append(queue);
        }
        try (MessageQueue queue = new MessageQueue(folder.resolve("missing").resolve("x.queue"))) {
            assertEquals(2, queue.lastNumber(), "as soon as it can");
        }
    }

    @Test
    void shouldGoOnBehindTheLastRunWhenTheFileCanBeOpenedOnlyLater() throws Exception {
        final Path home = Files.createDirectory(folder.resolve("home"));
        final Path away = folder.resolve("away");
        try (MessageQueue queue = new MessageQueue(home.resolve("x.queue"))) {
            for (int i = 0; i < 3; i++) {
                append(queue);
            }
            queue.taken(queue.awaitDue());
        }
        Files.move(home, away);
        try (MessageQueue queue = new MessageQueue(home.resolve("x.queue"))) {
            append(queue);
            append(queue);
            final MessageQueue.Due under = queue.awaitDue();
            assertEquals(1, under.message().number(), "nobody knows better");
            Files.move(away, home);
            append(queue);
            assertEquals(6, queue.lastNumber());
            assertEquals(5, queue.waiting());
            assertEquals(4, queue.taken(under));
            assertEquals(0, queue.dropped());
            for (final long next : new long[] {2, 3, 5, 6}) {
                assertEquals(next, queue.awaitDue().message().number());
                queue.taken(queue.awaitDue());
            }
            append(queue);
        }
        try (MessageQueue queue = new MessageQueue(home.resolve("x.queue"))) {
            assertEquals(7, queue.lastNumber());
            assertEquals(1, queue.waiting());
            assertEquals(0, queue.dropped());
            assertEquals("text 7", queue.awaitDue().message().text());
        }
    }

    @Test
    void shouldDropTheOldestOfBothRunsWhenTheFileCanBeOpenedOnlyLater() throws Exception {
        final Path home = Files.createDirectory(folder.resolve("home"));
        final Path away = folder.resolve("away");
        try (MessageQueue queue = new MessageQueue(home.resolve("x.queue"))) {
            for (int i = 0; i < 200; i++) {
                append(queue);
            }
        }
        Files.move(home, away);
        try (MessageQueue queue = new MessageQueue(home.resolve("x.queue"))) {
            for (int i = 0; i < 100; i++) {
                append(queue);
            }
            Files.move(away, home);
            append(queue);
            assertEquals(301, queue.lastNumber());
            assertEquals(MessageQueue.MOST, queue.waiting());
            assertEquals(301 - MessageQueue.MOST, queue.dropped());
            assertEquals(301 - MessageQueue.MOST, queue.awaitDue().dropped());
            assertEquals(302 - MessageQueue.MOST, queue.awaitDue().message().number());
        }
        try (MessageQueue queue = new MessageQueue(home.resolve("x.queue"))) {
            assertEquals(301, queue.lastNumber());
            assertEquals(MessageQueue.MOST, queue.waiting());
            assertEquals(301 - MessageQueue.MOST, queue.dropped());
        }
    }

    @Test
    void shouldHaveRoomForTheLongestMessage() throws Exception {
        final Message.Subject subject =
                new Message.Subject(Long.MAX_VALUE, "n".repeat(30), "critical", "\u2603".repeat(200), AT);
        try (MessageQueue queue = new MessageQueue(file())) {
            queue.append(number -> new Message(number, "alarmRaised", AT, "\u2603".repeat(255), subject));
            queue.append(number -> new Message(number, "alarmRaised", AT, "\u2603".repeat(2_000), null));
        }
        try (MessageQueue queue = new MessageQueue(file())) {
            assertEquals(subject, queue.awaitDue().message().alarm());
            queue.taken(queue.awaitDue());
            assertEquals("too long to be kept", queue.awaitDue().message().text());
        }
    }

    private static void append(MessageQueue queue) {
        queue.append(number -> new Message(number, "selfTest", AT, "text " + number, null));
    }

    /** What is in the file is all that a kill leaves. */
    private MessageQueue killed(MessageQueue queue) throws IOException {
        final Path copy = Files.copy(file(), folder.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
        queue.close();
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);
        return new MessageQueue(file());
    }
}
