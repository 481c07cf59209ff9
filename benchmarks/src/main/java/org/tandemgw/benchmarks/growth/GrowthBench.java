package org.tandemgw.benchmarks.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.benchmarks.endtoend.Breaks;
import org.tandemgw.benchmarks.endtoend.Load;
import org.tandemgw.benchmarks.endtoend.Middle;
import org.tandemgw.benchmarks.endtoend.Pass;
import org.tandemgw.benchmarks.rig.Child;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.benchmarks.start.InstalledSite;

/**
 * {@code ./tandem bench growth}: curves. What part of a processor 1 to 8 ACDs take at 5,000 frames/s each, one by one and in bursts of ten, beside haproxy that relays as many legs; what a frame of 64 to 1,024 bytes
 * costs at 50,000 frames/s; and what start, seek, check and retention take with a journal of 1 and 10 GB (50 with {@code -Dtandem.bench.large=true}, as {@code ./tandem bench --large growth} sets it).
 */
public final class GrowthBench {
    private static final int[] ACDS = {1, 2, 4, 8};
    private static final int FRAMES_PER_SECOND = 5_000;
    private static final int BURST = 10;
    private static final double GOAL_CORES = 0.25;
    private static final int[] BYTES = {64, 128, 256, 512, 1_024};
    private static final int RATE_OF_BYTES = 50_000;
    private static final int WARM_SECONDS = 8;
    private static final int SECONDS = 8;
    private static final int P99 = 1;
    private static final int[] GIGABYTES = {1, 10, 50};
    private static final int USUAL_SIZES = 2;
    private static final int STARTS = 5;
    /** A disk that is full is nobody's benchmark: so many times the journal has to be free. */
    private static final double ROOM = 1.5;

    private final boolean smoke;
    private final Figures figures;
    private final Breaks breaks = new Breaks();

    private GrowthBench(boolean smoke) {
        this.smoke = smoke;
        this.figures = new Figures("growth", smoke);
    }

    /** Status 0 if every frame came through Tandem everywhere. */
    public static int run(boolean smoke) throws IOException {
        final GrowthBench bench = new GrowthBench(smoke);
        bench.acds(1, "one by one");
        bench.acds(BURST, "bursts of " + BURST);
        bench.lengths();
        bench.journals();
        bench.figures.end();
        return bench.breaks.tell();
    }

    private void acds(int burst, String how) throws IOException {
        final int last = ACDS[ACDS.length - 1];
        for (final int acds : smoke ? new int[] {2} : ACDS) {
            final Load load = load(Load.USUAL_BYTES, FRAMES_PER_SECOND, burst, acds);
            final Pass.Outcome ours = pass(Middle.Kind.TANDEM_NONE, load, acds);
            final Pass.Outcome peer = Middle.Kind.HAPROXY.isHere() ? pass(Middle.Kind.HAPROXY, load, acds) : null;
            figures.add(
                    String.format(Locale.ROOT, "%d ACDs at %,d frames/s, %s", acds, FRAMES_PER_SECOND, how),
                    ours.cores(),
                    "processors",
                    "haproxy, as many legs",
                    peer == null ? Double.NaN : peer.cores(),
                    acds == last ? Goal.atMost(GOAL_CORES) : Goal.NONE,
                    ours.breaks());
        }
    }

    private void lengths() throws IOException {
        for (final int bytes : smoke ? new int[] {BYTES[0]} : BYTES) {
            final Load load = load(bytes, RATE_OF_BYTES, 1, 1);
            final Pass.Outcome ours = pass(Middle.Kind.TANDEM_NONE, load, 1);
            final Pass.Outcome peer = Middle.Kind.HAPROXY.isHere() ? pass(Middle.Kind.HAPROXY, load, 1) : null;
            final String what = String.format(Locale.ROOT, "frames of %,d B at %,d/s: ", bytes, RATE_OF_BYTES);
            figures.add(
                    what + "processor time",
                    ours.cpuUsPerFrame(),
                    "us/frame",
                    Middle.Kind.HAPROXY.says(),
                    peer == null ? Double.NaN : peer.cpuUsPerFrame(),
                    Goal.NONE,
                    ours.breaks());
            figures.add(
                    what + "p99",
                    ours.lateUs()[P99],
                    "us",
                    Middle.Kind.HAPROXY.says(),
                    peer == null ? Double.NaN : peer.lateUs()[P99],
                    Goal.NONE,
                    ours.breaks());
        }
    }

    /** While they warm up, all ACDs together send as much as one does otherwise. */
    private Load load(int bytes, int rate, int burst, int acds) {
        final int warmRate = Math.max(rate, RATE_OF_BYTES / acds);
        return smoke
                ? new Load(bytes, rate, burst, warmRate, rate / 5, rate)
                : new Load(bytes, rate, burst, warmRate, warmRate * WARM_SECONDS, rate * SECONDS);
    }

    private Pass.Outcome pass(Middle.Kind kind, Load load, int acds) throws IOException {
        final Pass.Outcome outcome = Pass.of(kind, load, acds);
        breaks.add(kind, outcome.breaks());
        return outcome;
    }

    private void journals() throws IOException {
        final int sizes = Boolean.getBoolean("tandem.bench.large") ? GIGABYTES.length : USUAL_SIZES;
        for (int i = 0; i < (smoke ? 1 : sizes); i++) {
            final long megabytes = smoke ? 8 : GIGABYTES[i] * 1_000L;
            final long free = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                    .getUsableSpace();
            if (free < ROOM * megabytes * 1e6) {
                System.out.printf(
                        "bench: a journal of %,d MB is left out: %,d MB are free where temporary files go, and it wants %.1f times as much%n",
                        megabytes, free / 1_000_000, ROOM);
            } else {
                journal(megabytes);
            }
        }
    }

    private void journal(long megabytes) throws IOException {
        try (Scratch program = new Scratch();
                Scratch scratch = new Scratch()) {
            final InstalledSite installed = new InstalledSite(program.folder());
            final Path site = InstalledSite.site(
                    scratch, "opaque-line", new int[] {Scratch.freePort(), Scratch.freePort()}, new int[] {
                        Scratch.freePort(), Scratch.freePort()
                    });
            installed.archive(site);
            final double emptyMs = starts(installed, site);
            final String data = scratch.folder().resolve("data").toString();
            final String[] filled;
            try (Child child = new Child(JournalChild.class, "fill", data, Long.toString(megabytes))) {
                filled = child.line("filled").split(" ");
            }
            starts(installed, site); // the first one after so much makes durable what it does not know to be
            final double fullMs = starts(installed, site);
            try (Child child = new Child(JournalChild.class, "measure", data)) {
                tell(megabytes, filled, emptyMs, fullMs, child.line("result").split(" "));
            }
        }
    }

    private double starts(InstalledSite installed, Path site) throws IOException {
        final List<Double> ms = new ArrayList<>();
        for (int i = 0; i < (smoke ? 1 : STARTS); i++) {
            final long beganNs = System.nanoTime();
            try (Child run = installed.run(site, true)) {
                run.line("ready");
                ms.add((System.nanoTime() - beganNs) / 1e6);
                run.end();
            }
        }
        return Figures.median(ms);
    }

    private void tell(long megabytes, String[] filled, double emptyMs, double fullMs, String[] result) {
        final double records = Double.parseDouble(filled[1]);
        final String what = String.format(Locale.ROOT, "journal of %,d MB in %s files: ", megabytes, result[2]);
        figures.add(what + "append", records / Double.parseDouble(filled[2]), "records/s");
        figures.add(what + "start to ready", fullMs, "ms", "with an empty one", emptyMs, Goal.NONE);
        figures.add(what + "open alone, a cold machine", Double.parseDouble(result[3]), "ms");
        figures.add(what + "seek to any record, median", Double.parseDouble(result[4]), "us");
        figures.add(what + "seek to any record, p99", Double.parseDouble(result[5]), "us");
        figures.add(
                what + "verify",
                Double.parseDouble(result[6]),
                "MB/s",
                "reading the same files",
                Double.parseDouble(result[7]),
                Goal.NONE);
        figures.add(what + "retention drops " + result[8] + " files", Double.parseDouble(result[9]), "ms");
    }
}
