package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;

/**
 * {@code ./tandem bench profile}: where the time of a frame goes, end to end with {@code sync: none}. Each thread's processor time as the kernel has it, in the program and in the kernel, and the methods in which
 * JFR found the threads that work. What it finds explains figures; it is none itself.
 */
public final class ProfileBench {
    private static final int[] RATES = {5_000, 50_000, 200_000};
    private static final int WARM_SECONDS = 8;
    private static final int SECONDS = 8;
    private static final int TICK_US = 10_000;
    private static final int METHODS = 12;
    private static final double LEAST_US = 0.02;

    private ProfileBench() {}

    /** Status 0 if every frame came. */
    public static int run(boolean smoke) throws IOException {
        final Figures figures = new Figures("profile", smoke);
        final Breaks breaks = new Breaks();
        for (final int rate : smoke ? new int[] {RATES[0]} : RATES) {
            try (Scratch scratch = new Scratch()) {
                final Load load = smoke
                        ? Load.usual(rate, rate, rate)
                        : Load.usual(rate, Math.max(rate, Load.WARM_RATE) * WARM_SECONDS, rate * SECONDS);
                final Threads threads = new Threads(scratch.folder().resolve("profile.jfr"));
                final Pass.Outcome outcome = Pass.of(Middle.Kind.TANDEM_NONE, load, 1, threads);
                breaks.add(Middle.Kind.TANDEM_NONE, outcome.breaks());
                final String what = String.format(Locale.ROOT, "%,d frames/s: ", rate);
                figures.add(
                        what + "all threads",
                        outcome.cpuUsPerFrame(),
                        "us/frame",
                        "",
                        Double.NaN,
                        Goal.NONE,
                        outcome.breaks());
                threads.tell(figures, what, load.frames());
                methods(what, scratch.folder().resolve("profile.jfr"));
            }
        }
        figures.end();
        return breaks.tell();
    }

    /** The processor time of each thread, and a recording. */
    private static final class Threads implements Pass.Observer {
        private final Path recording;
        private Map<String, long[]> before = Map.of();
        private Map<String, long[]> after = Map.of();

        Threads(Path recording) {
            this.recording = recording;
        }

        @Override
        public List<String> options() {
            return List.of(
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording,
                    "-Xlog:jfr*=off",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:+DebugNonSafepoints");
        }

        @Override
        public void begins(long pid) throws IOException {
            before = read(pid);
        }

        @Override
        public void ends(long pid) throws IOException {
            after = read(pid);
        }

        /** By the name, which the kernel cuts: ticks in the program and in the kernel. */
        private static Map<String, long[]> read(long pid) throws IOException {
            final Map<String, long[]> ticks = new TreeMap<>();
            try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
                for (final Path task : tasks.toList()) {
                    final String stat = Files.readString(task.resolve("stat"));
                    final int end = stat.lastIndexOf(')');
                    final String[] fields = stat.substring(end + 2).split(" ");
                    final long[] sum =
                            ticks.computeIfAbsent(stat.substring(stat.indexOf('(') + 1, end), name -> new long[2]);
                    sum[0] += Long.parseLong(fields[11]);
                    sum[1] += Long.parseLong(fields[12]);
                }
            }
            return ticks;
        }

        void tell(Figures figures, String what, int frames) {
            after.forEach((name, ticks) -> {
                final long[] was = before.getOrDefault(name, new long[2]);
                final double user = (ticks[0] - was[0]) * (double) TICK_US / frames;
                final double kernel = (ticks[1] - was[1]) * (double) TICK_US / frames;
                if (user + kernel >= LEAST_US) {
                    figures.add(what + name + ", in the program", user, "us/frame");
                    figures.add(what + name + ", in the kernel", kernel, "us/frame");
                }
            });
        }
    }

    private static void methods(String what, Path recording) throws IOException {
        final Map<String, Map<String, Integer>> samples = new TreeMap<>();
        for (final RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            final String type = event.getEventType().getName();
            if ((type.equals("jdk.ExecutionSample") || type.equals("jdk.NativeMethodSample"))
                    && event.getStackTrace() != null
                    && event.getThread("sampledThread") != null) {
                final List<RecordedFrame> frames = event.getStackTrace().getFrames();
                final String thread = event.getThread("sampledThread").getJavaName();
                if (thread != null && !frames.isEmpty()) {
                    samples.computeIfAbsent(thread, name -> new LinkedHashMap<>())
                            .merge(name(frames), 1, Integer::sum);
                }
            }
        }
        samples.forEach((thread, methods) -> {
            final int all = methods.values().stream().mapToInt(each -> each).sum();
            System.out.printf("%n%s%s, %d samples%n", what, thread, all);
            methods.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                    .limit(METHODS)
                    .forEach(each -> System.out.printf(
                            Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * each.getValue() / all, each.getKey()));
        });
    }

    /** The method, and the nearest one of ours that it works for. */
    private static String name(List<RecordedFrame> frames) {
        final String top = name(frames.get(0));
        return frames.stream()
                .map(ProfileBench::name)
                .filter(each -> each.startsWith("org.tandemgw."))
                .findFirst()
                .filter(ours -> !ours.equals(top))
                .map(ours -> top + " for " + ours)
                .orElse(top);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
