package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tandemgw.benchmarks.rig.Child;
import org.tandemgw.benchmarks.rig.Scratch;

/** One run: ACDs, what stands between, and servers, each a process of its own, from their start to their end. */
public final class Pass {
    /**
     * What came of it: of all connections to servers the worst.
     *
     * @param cpuUsPerFrame of what stands between, for one frame of one ACD
     * @param cores the same as part of a processor
     * @param lateUs from when a frame was due until a server had it: p50, p99, p99.9, p99.99
     * @param breaks in how many places frames were missing, double or out of order, of all connections
     */
    public record Outcome(double framesPerSecond, double cpuUsPerFrame, double cores, double[] lateUs, long breaks) {}

    /** Who looks at the middle while it works. */
    interface Observer {
        /** Nobody. */
        Observer NOBODY = new Observer() {};

        /** More options for the Java that runs Tandem. */
        default List<String> options() {
            return List.of();
        }

        /** What is measured begins. */
        default void begins(long pid) throws IOException {}

        /** It is over, and the middle still runs. */
        default void ends(long pid) throws IOException {}
    }

    private Pass() {}

    /** The one in the middle by frames a second, and the breaks of all. */
    static Outcome middleByRate(List<Outcome> all) {
        final Outcome middle = all.stream()
                .sorted(Comparator.comparingDouble(Outcome::framesPerSecond))
                .toList()
                .get(all.size() / 2);
        return new Outcome(
                middle.framesPerSecond(), middle.cpuUsPerFrame(), middle.cores(), middle.lateUs(), breaks(all));
    }

    /** Each figure of the one in the middle by it, and the breaks of all. */
    static Outcome medians(List<Outcome> all) {
        final double[] late = new double[4];
        for (int i = 0; i < late.length; i++) {
            final int quantile = i;
            late[i] = median(all.stream().map(each -> each.lateUs()[quantile]).toList());
        }
        return new Outcome(
                median(all.stream().map(Outcome::framesPerSecond).toList()),
                median(all.stream().map(Outcome::cpuUsPerFrame).toList()),
                median(all.stream().map(Outcome::cores).toList()),
                late,
                breaks(all));
    }

    private static long breaks(List<Outcome> all) {
        return all.stream().mapToLong(Outcome::breaks).sum();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** With one ACD. */
    static Outcome of(Middle.Kind kind, Load load) throws IOException {
        return of(kind, load, 1);
    }

    /** With so many, each with this load. */
    public static Outcome of(Middle.Kind kind, Load load, int acds) throws IOException {
        return of(kind, load, acds, Observer.NOBODY);
    }

    static Outcome of(Middle.Kind kind, Load load, int acds, Observer observer) throws IOException {
        final int[] servers = IntStream.range(0, kind.isOneToOne() ? kind.legs * acds : 2)
                .map(each -> free())
                .toArray();
        final String[] seats = seats(kind, servers, acds);
        if (kind.reading.equals("listen")) {
            return listening(kind, load, servers, seats);
        }
        try (Scratch scratch = new Scratch();
                Child traffic = new Child(Traffic.class, load.toString(), Integer.toString(kind.legs * acds))) {
            final int[] legs = Stream.of(traffic.line("ready").split(" "))
                    .skip(1)
                    .mapToInt(Integer::parseInt)
                    .toArray();
            try (Middle middle = Middle.start(kind, scratch.folder(), legs, servers, observer.options());
                    Child readers = readers(kind, load, seats)) {
                for (int i = 0; kind.isTandem() && i < seats.length; i++) {
                    readers.line("in");
                }
                return measure(load, seats.length, acds, traffic, middle, readers, observer);
            }
        }
    }

    /** Where what stands between is dialled by the ACD and dials the servers. */
    private static Outcome listening(Middle.Kind kind, Load load, int[] servers, String[] seats) throws IOException {
        final int leg = Scratch.freePort();
        try (Scratch scratch = new Scratch();
                Child readers = readers(kind, load, seats)) {
            readers.line("ready");
            try (Middle middle = Middle.start(kind, scratch.folder(), new int[] {leg}, servers, List.of());
                    Child traffic = new Child(Traffic.class, load.toString(), "dial", Integer.toString(leg))) {
                return measure(load, seats.length, 1, traffic, middle, readers, Observer.NOBODY);
            }
        }
    }

    private static Child readers(Middle.Kind kind, Load load, String[] seats) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of(kind.reading, load.toString()));
        arguments.addAll(List.of(seats));
        return new Child(Reader.class, arguments.toArray(String[]::new));
    }

    /** Who reads what: a server of Tandem has a connection for each ACD. */
    private static String[] seats(Middle.Kind kind, int[] servers, int acds) {
        if (!kind.isTandem()) {
            return IntStream.of(servers).mapToObj(Integer::toString).toArray(String[]::new);
        }
        return IntStream.range(0, 2 * acds)
                .mapToObj(each -> servers[each % 2] + "/" + (each % 2 == 0 ? "east" : "west") + "/acd" + (each / 2 + 1))
                .toArray(String[]::new);
    }

    private static Outcome measure(
            Load load, int seats, int acds, Child traffic, Middle middle, Child readers, Observer observer)
            throws IOException {
        traffic.line("connected");
        traffic.go();
        double cpuBefore = middle.cpuSeconds();
        long firstNs = Long.MAX_VALUE;
        long lastNs = Long.MIN_VALUE;
        long breaks = 0;
        int came = load.frames();
        final double[] late = new double[4];
        for (int warm = 0, done = 0; done < seats; ) {
            final String[] line = readers.line("warm", "result").split(" ");
            if (line[0].equals("warm")) {
                if (++warm == seats) {
                    cpuBefore = middle.cpuSeconds();
                    observer.begins(middle.pid());
                }
                continue;
            }
            done++;
            breaks += Long.parseLong(line[1]);
            came = Math.min(came, Integer.parseInt(line[8]));
            firstNs = Math.min(firstNs, Long.parseLong(line[2]));
            lastNs = Math.max(lastNs, Long.parseLong(line[3]));
            for (int i = 0; i < late.length; i++) {
                late[i] = Math.max(late[i], Double.parseDouble(line[4 + i]));
            }
        }
        final double cpuSeconds = middle.cpuSeconds() - cpuBefore;
        observer.ends(middle.pid());
        final double seconds = (lastNs - firstNs) / 1e9;
        return new Outcome(came / seconds, cpuSeconds * 1e6 / load.frames() / acds, cpuSeconds / seconds, late, breaks);
    }

    private static int free() {
        try {
            return Scratch.freePort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
