package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.util.stream.Stream;
import org.tandemgw.benchmarks.rig.Child;

/** An ACD and two servers, each a process of its own, around a gateway that somebody else runs and does things to. Its servers log in as east and west, with the secret {@code bench}. */
public final class LiveTraffic implements AutoCloseable {
    private final Load load;
    private final Child acd;
    private final int[] legs;
    private Child readers;

    /** An ACD that listens. */
    public LiveTraffic(Load load) throws IOException {
        this.load = load;
        this.acd = new Child(Traffic.class, load.toString(), "2");
        this.legs = Stream.of(acd.line("ready").split(" "))
                .skip(1)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** Where its legs are. */
    public int[] legs() {
        return legs.clone();
    }

    /** Lets the servers log in, and then the frames come. */
    public void begin(int east, int west) throws IOException {
        readers = new Child(Reader.class, "soup", load.toString(), east + "/east/acd1", west + "/west/acd1");
        readers.line("in");
        readers.line("in");
        acd.line("connected");
        acd.go();
        readers.line("warm");
    }

    /** Waits for all frames: how late they were at the worse server, p50, p99, p99.9, p99.99 in microseconds. */
    public double[] lateUs() throws IOException {
        final String[] one = readers.line("result").split(" ");
        final String[] other = readers.line("result").split(" ");
        if (Long.parseLong(one[1]) + Long.parseLong(other[1]) > 0) {
            throw new IOException("frames were missing, double or out of order");
        }
        final double[] late = new double[4];
        for (int i = 0; i < late.length; i++) {
            late[i] = Math.max(Double.parseDouble(one[4 + i]), Double.parseDouble(other[4 + i]));
        }
        return late;
    }

    @Override
    public void close() {
        acd.close();
        if (readers != null) {
            readers.close();
        }
    }
}
