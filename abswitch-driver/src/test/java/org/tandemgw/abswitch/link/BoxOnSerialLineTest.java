package org.tandemgw.abswitch.link;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;

/** A box behind a real pair of pseudo-terminals, seen from the adapter: pulled out, put back, disturbed. */
@Timeout(600)
class BoxOnSerialLineTest {
    private static final byte[] QUERY_7 = "\u001bPASS\u00017\u0002Q\r".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CARD_7_TO_B = "\u001bPASS\u00017\u0002B\r".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private static Path folder;

    private SocatPair cable;
    private SwitchEmulator box;

    @BeforeEach
    void connect() throws IOException {
        assumeTrue(SocatPair.available(), "needs socat");
        cable = new SocatPair(Files.createTempDirectory(folder, "cable"));
        box = new SwitchEmulator(BoxModel.K16, 0, 1, 7);
        box.useLine(cable.box);
    }

    @AfterEach
    void disconnect() throws IOException {
        if (cable != null) {
            cable.close();
            box.close();
        }
    }

    @Test
    void shouldCarryAQuestionAndItsAnswer() {
        final SerialPath path = path();
        final Told told = open(path).untilOpen();
        path.send(QUERY_7);
        told.untilText("7 A\r\n");
        assertEquals(1, told.sent);
        close(path, told);
        final Told again = open(path).untilOpen();
        path.send(QUERY_7);
        again.untilText("7 A\r\n");
        close(path, again);
    }

    @Test
    void shouldSayOnceThatTheLineWasPulledInMidCommandAndWorkWhenItIsBack() throws IOException {
        box.command("slow 7 600000");
        final SerialPath path = path();
        final Told told = open(path).untilOpen();
        path.send(CARD_7_TO_B);
        await().atMost(Told.LONG).until(() -> box.command("state").contains("7 B accepted"));
        cable.unplug();
        assertEquals(PathEnd.UNPLUGGED, told.untilEnd());
        assertEquals(PathEnd.UNPLUGGED, open(path).untilEnd(), "nothing there: told, not thrown");
        cable.plug();
        box.command("power keep 1"); // forgets the command that takes ten minutes
        final Told back = new Told();
        await().atMost(Told.LONG).until(() -> box.command("state").contains("\"powered\":true"));
        path.open(back);
        back.untilOpen();
        await().atMost(Told.LONG).until(() -> {
            path.send(QUERY_7); // the emulator comes back to the line in its own time, too
            return back.text().contains("7 A\r\n");
        });
        assertEquals(1, told.closings.get(), "one unplug, one word");
        close(path, back);
    }

    @Test
    void shouldStayIdleAfterAnUnplug() throws IOException {
        final SerialPath path = path();
        final Told told = open(path).untilOpen();
        final long[] threads = serialThreads();
        assertEquals(2, threads.length, "reader and writer");
        cable.unplug();
        told.untilEnd();
        final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        final long usedAtFirstNs = used(cpu, threads);
        final AtomicLong usedNs = new AtomicLong();
        await().atMost(Told.LONG).pollInterval(1, TimeUnit.MILLISECONDS).until(() -> {
            usedNs.accumulateAndGet(used(cpu, threads) - usedAtFirstNs, Math::max); // the dead have used nothing
            return serialThreads().length == 0;
        });
        assertTrue(usedNs.get() < TimeUnit.MILLISECONDS.toNanos(100), "busy for " + usedNs + " ns until they ended");
        assertEquals(1, told.closings.get());
    }

    @Test
    void shouldUseNoProcessorWhileNothingComes() {
        final SerialPath path = path();
        final Told told = open(path).untilOpen();
        final long[] threads = serialThreads();
        final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        final long usedAtFirstNs = used(cpu, threads);
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        await().pollDelay(1, TimeUnit.SECONDS).atMost(Told.LONG).until(() -> System.nanoTime() >= untilNs);
        assertTrue(used(cpu, threads) - usedAtFirstNs < TimeUnit.MILLISECONDS.toNanos(100), "a tenth of that second");
        close(path, told);
    }

    @Test
    void shouldHandOnNoise() {
        final SerialPath path = path();
        final Told told = open(path).untilOpen();
        box.command("noise 20000");
        await().atMost(Told.LONG).until(() -> told.text().length() == 20_000);
        close(path, told);
    }

    @Test
    void shouldRefuseALineThatSomebodyElseHas() {
        final SerialPath first = path();
        final Told told = open(first).untilOpen();
        final Told second = open(path());
        assertEquals(PathEnd.REFUSED, second.untilEnd());
        assertTrue(second.why.contains("in use"), second.why);
        close(first, told);
    }

    @Test
    void shouldNotOpenAnotherDeviceOfThatName() {
        // The library would take /dev/null for this.
        final Told told = open(path(folder.resolve("null").toString()));
        assertEquals(PathEnd.UNPLUGGED, told.untilEnd());
        assertTrue(told.why.contains("not there"), told.why);
    }

    @Test
    void shouldRefuseSpeedsThatWouldNotBeSet() {
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new SerialSettings(
                        "/dev/ttyS0", 57_601, 8, SerialSettings.Parity.NONE, 1, SerialSettings.Flow.NONE));
        assertTrue(refused.getMessage().startsWith("serial.baud: 57601"), refused.getMessage());
        assertTrue(refused.getMessage().contains("57600"), refused.getMessage());
    }

    private SerialPath path() {
        return path(cable.ours.toString());
    }

    private static SerialPath path(String device) {
        return new SerialPath(
                new SerialSettings(device, 9600, 8, SerialSettings.Parity.NONE, 1, SerialSettings.Flow.NONE),
                folder.resolve("native"));
    }

    private static Told open(SerialPath path) {
        final Told told = new Told();
        path.open(told);
        return told;
    }

    private static void close(SerialPath path, Told told) {
        path.close();
        told.untilEnd();
        await().atMost(Told.LONG).until(() -> serialThreads().length == 0);
    }

    /** Those of this test's lines: all are called "ours". */
    private static long[] serialThreads() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                .filter(each -> each.getThreadName().startsWith("serial-"))
                .mapToLong(each -> each.getThreadId())
                .toArray();
    }

    private static long used(ThreadMXBean cpu, long... threads) {
        return Arrays.stream(threads)
                .map(cpu::getThreadCpuTime)
                .filter(each -> each > 0)
                .sum();
    }
}
