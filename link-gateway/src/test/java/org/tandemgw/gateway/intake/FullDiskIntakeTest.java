package org.tandemgw.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.dialect.ContentIdentity;
import org.tandemgw.gateway.dialect.LocalFrames;
import org.tandemgw.gateway.dialect.OpaqueDialect;
import org.tandemgw.gateway.frame.DelimiterDecoder;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.leg.LegSettings;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.leg.SessionScript;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** Both legs deliver while the disk is full: they are not read, nothing is lost, and it goes on by itself. */
@Timeout(600)
class FullDiskIntakeTest {
    private static final long SILENT_LEG_MS = 1_000;
    private static final SessionScript KEEP_ALIVE = new SessionScript(List.of(), new byte[] {'k'}, 50);

    @TempDir
    Path mount;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private TwoLegAcd acd;
    private LinkJournal journal;
    private AcdIntake intake;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", mount.toString()),
                "needs root to mount a tmpfs");
        acd = new TwoLegAcd();
        journal = LinkJournal.open(mount, "acd1", JournalSync.GROUP);
        intake = new AcdIntake(
                "acd1",
                List.of(leg(1), leg(2)),
                new OpaqueDialect(
                        sink -> new DelimiterDecoder(new byte[] {'\n'}, LinkFrameDecoder.Limits.WIDEST, sink),
                        new LocalFrames(List.of()),
                        new ContentIdentity(1, List.of()),
                        SessionScript.SILENT),
                SILENT_LEG_MS,
                journal,
                group.next(),
                new RecordClock(new SystemClock()),
                new Random(1));
        intake.start(new AcdIntake.Holds(false, false, false));
        acd.start();
        await(() -> intake.leg(1).state() == LegState.UP && intake.leg(2).state() == LegState.UP);
    }

    @AfterEach
    void stop() throws Exception {
        if (intake != null) {
            acd.close();
            intake.close();
            journal.close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        ChildJvm.canRun("umount", "-l", mount.toString());
    }

    @Test
    void shouldReadOnWhenADiskFilledByItselfHasSpaceAgain() throws Exception {
        final Path ballast = Files.write(mount.resolve("ballast"), new byte[14 << 20]);
        acd.allow(60_000);
        awaitPause();
        final long written = journal.last();
        final long keepAlives = acd.keepAlives(1);
        // Forty times 50 ms: much longer than a leg may be silent while the other one speaks.
        await(() -> acd.keepAlives(1) > keepAlives + 40 && acd.keepAlives(2) > 40);
        assertTrue(intake.outOfRoom().contains("No space left"), intake.outOfRoom());
        assertTrue(journal.last() - written < 10_000, () -> written + " and then " + journal.last());
        Files.delete(ballast);
        awaitAll(60_000);
        assertOneSessionEach();
    }

    @Test
    void shouldReadOnWheneverAForeignWriterLeavesSpace() throws Exception {
        long frames = 0;
        for (int round = 0; round < 4; round++) {
            frames += 2_000;
            acd.allow(frames);
            await(() -> journal.last() > 0);
            final Path foreign = fill();
            frames += 15_000;
            acd.allow(frames);
            awaitPause();
            Files.delete(foreign);
            awaitAll(frames);
        }
        assertOneSessionEach();
    }

    @Test
    void shouldMarkASwitchoverWhileTheDiskIsFull() throws Exception {
        final Path foreign = fill();
        acd.allow(20_000);
        awaitPause();
        final long before = journal.last();
        final long most = 30;
        for (long epoch = 1; epoch <= most; epoch++) {
            intake.mark(new SwitchMark(SwitchMark.What.COMMENCE, epoch, epoch, "cms-east", "cms-west"));
        }
        await(() -> journal.readable() >= before + 16);
        final long written = journal.last() - before;
        assertTrue(written >= 16, "for so many there is always room: " + written);
        Files.delete(foreign);
        awaitAll(20_000);
        assertEquals(Math.min(most, written + 16), marks().size(), "of the others so many wait");
        assertEquals(
                List.of("switch"), marks().stream().distinct().toList(), "and the legs have not been paused for it");
    }

    @Test
    void shouldLetAnOperatorTakeALegOutMeanwhile() throws Exception {
        final Path foreign = fill();
        acd.allow(20_000);
        awaitPause();
        intake.busyOut(2);
        assertEquals(LegState.BUSIED_OUT, intake.leg(2).state());
        assertEquals(LegState.UP, intake.leg(1).state());
        Files.delete(foreign);
        awaitAll(20_000);
    }

    @Test
    void shouldReadToTheEndWhatAnAcdSentThatHungUpMeanwhile() throws Exception {
        final Path foreign = fill();
        acd.allow(12_000);
        awaitPause();
        await(() -> acd.sent(1) == 12_000 && acd.sent(2) == 12_000);
        acd.hangUp(1);
        acd.hangUp(2);
        Files.delete(foreign);
        awaitAll(12_000);
        await(() -> intake.leg(1).sessions() > 1 || intake.leg(1).state() != LegState.UP);
    }

    @Test
    void shouldReadNothingWhileTheDiskIsToBeKeptFree() throws Exception {
        acd.allow(1_000);
        awaitAll(1_000);
        intake.pauseForSpace("20 MiB are free, 30 MiB are to be");
        intake.pauseForSpace("the same again");
        await(() -> intake.outOfRoom() != null);
        final long before = journal.last();
        acd.allow(3_000);
        final long keepAlives = acd.keepAlives(1);
        await(() -> acd.keepAlives(1) > keepAlives + 30);
        assertEquals(before, journal.last());
        assertEquals("20 MiB are free, 30 MiB are to be", intake.outOfRoom());
        intake.resumeFromSpace();
        intake.resumeFromSpace();
        awaitAll(3_000);
        assertNull(intake.outOfRoom());
        assertEquals(List.of("pause", "resume"), marks());
        assertOneSessionEach();
    }

    private LegSettings leg(int number) {
        return new LegSettings(number, acd.address(number), null, null, null, KEEP_ALIVE, 5_000);
    }

    private void awaitPause() {
        await(() -> intake.outOfRoom() != null);
    }

    private void assertOneSessionEach() {
        assertEquals(1, intake.leg(1).sessions());
        assertEquals(1, intake.leg(2).sessions());
    }

    /** Every frame is there, once and in order, and nothing was said to be missing. */
    private void awaitAll(long frames) {
        await(() -> journal.last() >= frames && journal.readable() == journal.last());
        assertEquals("", intake.fault());
        assertEquals(0, journal.gaps());
        assertEquals(0, journal.discontinuities());
        final JournalRecord record = new JournalRecord();
        long number = 0;
        try (JournalReader reader = journal.newReader()) {
            reader.seek(1);
            while (reader.next(record)) {
                assertFalse(record.damaged());
                if (record.kind() == RecordKind.FRAME) {
                    assertEquals(TwoLegAcd.frame(number++), text(record));
                }
            }
        }
        assertEquals(frames, number);
    }

    private List<String> marks() {
        final List<String> marks = new ArrayList<>();
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            reader.seek(1);
            while (reader.next(record)) {
                if (record.kind() == RecordKind.MARK) {
                    marks.add(text(record).replaceAll(".*\"mark\":\"([a-z]+)\".*", "$1"));
                }
            }
        }
        return marks;
    }

    private static String text(JournalRecord record) {
        return new String(record.bytes(), 0, record.length(), StandardCharsets.US_ASCII);
    }

    private Path fill() throws IOException {
        final Path foreign = mount.resolve("foreign");
        for (int size = 1 << 20; size >= 4_096; size /= 4) {
            try (FileOutputStream out = new FileOutputStream(foreign.toFile(), true)) {
                final byte[] more = new byte[size];
                while (true) {
                    out.write(more);
                }
            } catch (IOException e) {
                // full for this size
            }
        }
        return foreign;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(condition);
    }
}
