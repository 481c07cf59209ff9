package org.tandemgw.benchmarks.arbiter;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.arbiter.StreamSink;

/** One frame of the stream: it comes on one leg, and again on the other {@code lag} frames later. Run with {@code -prof gc}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ArbitrationBenchmark implements StreamSink {
    private static final int BATCH = 64;

    /** How many frames the second leg lags. */
    @Param({"64", "8192"})
    private int lag;

    private final byte[] frame = new byte[256];
    private LineArbiter arbiter;
    private long next;
    private long emitted;

    /** Brings both legs up. */
    @Setup
    public void bringBothLegsUp() {
        arbiter = new LineArbiter(ArbiterSettings.defaults(), this);
        arbiter.connected(1, 0, 0);
        for (next = 0; next < lag + 64L; next++) {
            bring(1, next);
        }
        arbiter.connected(2, next, next);
        for (long i = 0; i < next - lag; i++) {
            bring(2, i);
        }
    }

    /** Both copies of a frame. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long arbitrate() {
        for (int i = 0; i < BATCH; i++, next++) {
            bring(1, next);
            bring(2, next - lag);
        }
        arbiter.tick(next, next);
        return emitted;
    }

    @Override
    public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long dialectSequence) {
        emitted++;
    }

    @Override
    public void gap(long fromNs, long toNs, int legs, String why) {
        throw new IllegalStateException(why);
    }

    @Override
    public void discontinuity(long atNs, int legs, String why) {
        throw new IllegalStateException(why);
    }

    private void bring(int leg, long number) {
        final long key = (number + 1) * 0x9E3779B97F4A7C15L;
        arbiter.frame(leg, key ^ key >>> 29, key ^ key >>> 32, false, frame, 0, frame.length, -1, next, next);
    }
}
