package org.tandemgw.gateway.controlfile;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.time.ClockMemory;

/** The thread that keeps the control file. */
@Timeout(600)
class KeeperTest {
    @TempDir
    Path data;

    private final AtomicReference<ControlState> facts = new AtomicReference<>(ControlFileTest.state(1));
    private final AtomicLong asked = new AtomicLong();

    @Test
    void shouldWriteWhatChangesAndNothingWhileNothingDoes() throws Exception {
        try (Opened opened = new Opened()) {
            opened.keeper.start();
            assertEquals(ControlFileTest.state(1), ControlFile.read(data).state(), "before anything else is started");
            final long before = asked.get();
            await().until(() -> asked.get() > before + 3);
            assertEquals(1, opened.keeper.writes());
            facts.set(ControlFileTest.state(2));
            await().until(() -> ControlFile.read(data).state().equals(ControlFileTest.state(2)));
            await().until(() -> opened.keeper.writes() == 2);
        }
    }

    @Test
    void shouldWriteOncePerPeriodHoweverOftenThingsChange() throws Exception {
        final AtomicLong n = new AtomicLong();
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data));
                Keeper keeper = new Keeper(file, () -> ControlFileTest.state(n.incrementAndGet()))) {
            final long startNs = System.nanoTime();
            keeper.start();
            await().until(() -> keeper.writes() >= 5);
            assertTrue(System.nanoTime() - startNs > 3 * 200_000_000L, "four periods lie between five writes");
        }
    }

    @Test
    void shouldWriteAtOnceOnDemandAndAtTheEnd() throws Exception {
        try (Opened opened = new Opened()) {
            opened.keeper.start();
            facts.set(ControlFileTest.state(5));
            opened.keeper.writeNow();
            assertEquals(ControlFileTest.state(5), ControlFile.read(data).state());
            facts.set(ControlFileTest.state(6));
        }
        assertEquals(ControlFileTest.state(6), ControlFile.read(data).state());
    }

    @Test
    void shouldTellWhoAskedOnceItIsWritten() throws Exception {
        try (Opened opened = new Opened()) {
            opened.keeper.start();
            final BlockingQueue<String> told = new LinkedBlockingQueue<>();
            facts.set(ControlFileTest.state(5));
            opened.keeper.soon(well -> told.add(well + " " + onDisk().equals(ControlFileTest.state(5))));
            assertEquals("true true", told.take());
            facts.set(tooLong());
            opened.keeper.soon(well -> told.add(well + ""));
            assertEquals("false", told.take());
        }
    }

    private ControlState onDisk() {
        try {
            return ControlFile.read(data).state();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayThatItCannotWriteAndTryAgain() throws Exception {
        try (Opened opened = new Opened()) {
            opened.keeper.start();
            assertNull(opened.keeper.fault());
            facts.set(tooLong());
            await().until(() -> opened.keeper.failures() >= 2);
            assertTrue(opened.keeper.fault().contains("fit"), opened.keeper.fault());
            assertThrows(IOException.class, opened.keeper::writeNow);
            facts.set(ControlFileTest.state(3));
            await().until(() -> opened.keeper.fault() == null);
            assertEquals(ControlFileTest.state(3), ControlFile.read(data).state());
        }
    }

    @Test
    void shouldSayThatItDoesNotGetToKnowWhatItHasToWrite() throws Exception {
        final AtomicReference<ControlState> known = new AtomicReference<>(ControlFileTest.state(1));
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data));
                Keeper keeper = new Keeper(file, () -> {
                    if (known.get() == null) {
                        throw new IllegalStateException("too many open files");
                    }
                    return known.get();
                })) {
            keeper.start();
            known.set(null);
            await().until(() -> keeper.failures() >= 2);
            assertTrue(keeper.fault().contains("too many open files"), keeper.fault());
            known.set(ControlFileTest.state(2));
            await().until(() -> keeper.fault() == null);
        }
    }

    @Test
    void shouldLeaveTheFileAsItIsWhenARunDoesNotComeToItsStart() throws Exception {
        try (Opened before = new Opened()) {
            before.keeper.start();
        }
        facts.set(ControlState.EMPTY);
        new Opened().close();
        assertEquals(ControlFileTest.state(1), ControlFile.read(data).state());
    }

    @Test
    void shouldNotTakeTheProgressOfTheClockForAChange() {
        final ControlState before = clock("b", 0, 0, 0);
        assertFalse(Keeper.differs(before, clock("b", 599_000_000_000L, 0, 59_000_000_000L)));
        assertTrue(Keeper.differs(before, clock("b", 600_000_000_000L, 0, 0)), "after ten minutes it is too old");
        assertTrue(Keeper.differs(before, clock("b", 0, 1, 0)), "the clock was set");
        assertTrue(Keeper.differs(before, clock("b", 0, 0, 60_000_000_000L)), "a minute more of suspicion");
        assertTrue(Keeper.differs(before, clock("c", 0, 0, 0)));
        assertTrue(Keeper.differs(before, ControlState.EMPTY));
        assertFalse(Keeper.differs(ControlState.EMPTY, ControlState.EMPTY));
    }

    private static ControlState clock(String boot, long bootedNs, long offNs, long suspectNs) {
        return new ControlState(List.of(), new ClockMemory(boot, bootedNs, bootedNs, offNs, suspectNs));
    }

    private static ControlState tooLong() {
        return new ControlState(
                List.of(new ControlState.Acd(
                        "acd1",
                        1,
                        1,
                        1,
                        new ControlState.Run("b", "group", false),
                        List.of(),
                        "x".repeat(ControlSlot.BYTES),
                        List.of())),
                null);
    }

    private final class Opened implements AutoCloseable {
        private final ControlFile file = ControlFile.open(data, ControlFile.read(data));
        private final Keeper keeper = new Keeper(file, () -> {
            asked.incrementAndGet();
            return facts.get();
        });

        Opened() throws IOException {}

        @Override
        public void close() throws IOException {
            keeper.close();
            file.close();
        }
    }
}
