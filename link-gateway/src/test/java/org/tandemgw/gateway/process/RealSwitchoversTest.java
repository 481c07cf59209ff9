package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.ChildJvm;

/** The active server is lost again and again, in every way. */
class RealSwitchoversTest {
    private static final Path PAGE = Path.of(System.getProperty("tandem.root"), "docs", "switchovers.md");

    /** So many run side by side: what they do is waiting, mostly. */
    private static final int SITES = 3;

    private final long seed = Chance.seed();

    @TempDir
    private Path folder;

    @Test
    @Timeout(900)
    void shouldSwitchToTheRightServerWhateverTheActiveOneIsLostBy() throws Exception {
        requireRoot();
        final List<SwitchoverRig.Switched> all = sideBySide(1, 1);
        assertEquals(ServerFault.values().length, all.size());
        table(all);
    }

    /** Publishes its times with {@code -Dtandem.publish=true}. */
    @Test
    @Tag("slow")
    @Timeout(7_200)
    void shouldSwitchThreeHundredTimes() throws Exception {
        requireRoot();
        final List<SwitchoverRig.Switched> all = sideBySide(SITES, 60 / SITES);
        assertEquals(300, all.size());
        final String table = table(all);
        if (Boolean.getBoolean("tandem.publish")) {
            Files.writeString(PAGE, page(all.size(), table));
        }
    }

    private static void requireRoot() throws Exception {
        final String tried = "tdm-try-" + ProcessHandle.current().pid();
        assumeTrue(ChildJvm.canRun("ip", "netns", "add", tried));
        Machine.run("ip", "netns", "delete", tried);
    }

    /** On each site every fault so many times. */
    private List<SwitchoverRig.Switched> sideBySide(int many, int timesEach) throws Exception {
        final ExecutorService sites = Executors.newFixedThreadPool(many);
        final List<SwitchoverRig.Switched> all = new ArrayList<>();
        try {
            final List<Callable<List<SwitchoverRig.Switched>>> each = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                final int number = i;
                each.add(() -> switchOver(number, timesEach, seed + number));
            }
            for (final Future<List<SwitchoverRig.Switched>> site : sites.invokeAll(each)) {
                all.addAll(site.get());
            }
        } finally {
            sites.shutdownNow();
        }
        return all;
    }

    private List<SwitchoverRig.Switched> switchOver(int site, int timesEach, long seed) throws Exception {
        final List<ServerFault> faults = new ArrayList<>();
        for (int i = 0; i < timesEach; i++) {
            faults.addAll(List.of(ServerFault.values()));
        }
        Collections.shuffle(faults, new Random(seed));
        final List<SwitchoverRig.Switched> all = new ArrayList<>();
        try (SwitchoverRig rig = new SwitchoverRig(Files.createDirectory(folder.resolve("site-" + site)), site, seed)) {
            rig.start();
            for (final ServerFault fault : faults) {
                try {
                    all.add(rig.lose(fault));
                } catch (AssertionError | Exception e) {
                    throw new AssertionError(
                            "switchover " + (all.size() + 1) + ", " + fault + ", site " + site + ", seed " + this.seed,
                            e);
                }
            }
            assertEquals(faults.size(), rig.epoch(), "one epoch each, and no switchover that nobody wanted");
            assertEquals(0, rig.running().terminate());
        }
        return all;
    }

    private static String page(int times, String table) {
        return """
                # Times of real switchovers

                Written by  ./tandem test slow -Dtest='RealSwitchoversTest' -Dtandem.publish=true  : a real `tandem run`, two server processes on machines of their own (network namespaces) that read their feeds, an emulated
                box with four cards, and the active server lost %d times, in every way in turn by chance. Each time the positions were checked at the box itself, the promotion by what it left behind, and the decision was
                decided again from its record alone, with the same verdict. %d such sites ran side by side on the machine.

                Probes: http `every: 600ms, timeout: 500ms, failures: 3, retry: 50ms`, icmp `every: 1s` likewise; `reconnect: 200ms`; pauses of the box's profile: settle 50 ms, gap 10 ms. Milliseconds; mean / worst.
                *Loss to end* runs from the fault to the promotion that is done: mostly what the file allows for, failures x (time-out + retry) and reconnect. *Verdict to position* runs from the decision to the
                last card read back. *Ours* is what of that was neither the box, nor a pause of its profile, nor the demote.

                %s
                The machine: %d processors, Java %s.
                """.formatted(
                times, SITES, table, Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
    }

    private static String table(List<SwitchoverRig.Switched> all) {
        final StringBuilder table = new StringBuilder(
                "| the server is lost because | times | loss to end | verdict to position | ours |\n|---|---|---|---|---|\n");
        for (final ServerFault fault : ServerFault.values()) {
            row(
                    table,
                    fault.words(),
                    all.stream().filter(each -> each.fault() == fault).toList());
        }
        row(table, "all", all);
        System.out.println(table);
        return table.toString();
    }

    private static void row(StringBuilder table, String what, List<SwitchoverRig.Switched> some) {
        table.append("| ").append(what).append(" | ").append(some.size());
        for (final DoubleStream times : List.of(
                some.stream().mapToDouble(SwitchoverRig.Switched::lossMs),
                some.stream().mapToDouble(SwitchoverRig.Switched::positionMs),
                some.stream().mapToDouble(SwitchoverRig.Switched::ownMs))) {
            final DoubleSummaryStatistics of = times.summaryStatistics();
            table.append(String.format(Locale.ROOT, " | %.0f / %.0f", of.getAverage(), of.getMax()));
        }
        table.append(" |\n");
    }
}
