package org.tandemgw.gateway.arbiter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.arbiter.sim.SimulatedAcd;

/** Plays frames by hand: a frame is a word, its key the word's hash; the stream is a list of words, gaps and discontinuities. */
final class ArbiterRig implements StreamSink {
    static final long SECOND = 1_000_000_000L;

    final List<String> stream = new ArrayList<>();
    ArbiterSettings settings = ArbiterSettings.defaults().withSettleTime(0);
    LineArbiter arbiter = new LineArbiter(settings, this);
    long nowNs = 1_000 * SECOND;

    ArbiterRig connect(int leg) {
        arbiter.connected(leg, nowNs, nowNs);
        return this;
    }

    ArbiterRig cut(int leg) {
        arbiter.disconnected(leg, nowNs, nowNs, "cut");
        return this;
    }

    ArbiterRig bring(int leg, String... words) {
        for (final String word : words) {
            final byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            nowNs += 1_000;
            arbiter.frame(
                    leg,
                    SimulatedAcd.keyHi(word.hashCode()),
                    SimulatedAcd.keyLo(word.hashCode()),
                    false,
                    bytes,
                    0,
                    bytes.length,
                    -1,
                    nowNs,
                    nowNs);
        }
        return this;
    }

    /** Brings {@code prefix}n for each n of from..to-1. */
    ArbiterRig bring(int leg, String prefix, int from, int to) {
        for (int i = from; i < to; i++) {
            bring(leg, prefix + i);
        }
        return this;
    }

    ArbiterRig pass(long ns) {
        for (long gone = 0; gone < ns; gone += SECOND / 20) {
            nowNs += SECOND / 20;
            arbiter.tick(nowNs, nowNs);
        }
        return this;
    }

    /** A new process: remembers what the stream has. */
    ArbiterRig restart() {
        arbiter = new LineArbiter(settings, this);
        for (final String word : stream) {
            if (word.equals("[gap]") || word.equals("[discontinuity]")) {
                arbiter.restoreBreak();
            } else if (!word.startsWith("[")) {
                arbiter.restore(SimulatedAcd.keyHi(word.hashCode()), SimulatedAcd.keyLo(word.hashCode()));
            }
        }
        arbiter.restored(nowNs, !stream.isEmpty());
        return this;
    }

    static List<String> words(String prefix, int from, int to) {
        final List<String> words = new ArrayList<>();
        for (int i = from; i < to; i++) {
            words.add(prefix + i);
        }
        return words;
    }

    long count(String word) {
        return stream.stream().filter(word::equals).count();
    }

    @Override
    public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long dialectSequence) {
        stream.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void gap(long fromNs, long toNs, int legs, String why) {
        stream.add("[gap]");
    }

    @Override
    public void discontinuity(long atNs, int legs, String why) {
        stream.add("[discontinuity]");
    }
}
