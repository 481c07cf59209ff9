package org.tandemgw.benchmarks.dialect.esl;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tandemgw.gateway.calls.EslCallDecoder;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.esl.EslDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.EslTraffic;
import org.tandemgw.gateway.frame.EslDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/**
 * Events of a simulated FreeSWITCH, some 1,300 bytes each, from bytes to frames, and on to what is local and what is the same. Beside it a copy of the bytes: nobody reads
 * faster than that. The unit is one event.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class EslFramingBenchmark {
    static final int EVENTS = 10_000;
    private static final int READ = 65_536;
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    /** What a FreeSWITCH says. */
    @State(Scope.Thread)
    public static class Traffic implements FrameSink {
        byte[] stream;
        byte[] copy;
        boolean identify;
        boolean decode;
        EslCallDecoder calls;
        long frames;
        long bytes;
        LinkFrameDecoder decoder;
        LegFrames local;
        FrameIdentity identity;

        /** Makes it. */
        @Setup(Level.Trial)
        public void fill() {
            final EslTraffic traffic = new EslTraffic(1);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < EVENTS; i++) {
                out.writeBytes(AcdDialect.FREESWITCH_ESL.frame(traffic.next()));
            }
            stream = out.toByteArray();
            copy = new byte[READ];
            final EslDialect dialect = new EslDialect(LinkFrameDecoder.Limits.WIDEST, 1, "ALL", List.of(), 0);
            decoder = new EslDecoder(LinkFrameDecoder.Limits.WIDEST, this);
            local = dialect.legFrames();
            identity = dialect.identity();
            calls = new EslCallDecoder(event -> bytes += event.sequence());
        }

        @Override
        public void onFrame(byte[] buffer, int offset, int length) {
            frames++;
            bytes += length;
            if (decode) {
                calls.decode(buffer, offset, length, frames, AT_NS);
            }
            if (identify && !local.isLocal(buffer, offset, length, AT_NS)) {
                identity.of(buffer, offset, length, AT_NS);
                bytes += identity.high();
            }
        }

        @Override
        public void onLongFrame(long length, byte[] sha256) {
            throw new IllegalStateException("no event here is long");
        }

        long read() {
            final long before = frames;
            for (int at = 0; at < stream.length; at += READ) {
                decoder.decode(stream, at, Math.min(READ, stream.length - at));
            }
            if (frames - before != EVENTS) {
                throw new IllegalStateException(frames - before + " frames");
            }
            return bytes;
        }
    }

    /** The floor: the same bytes, copied. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte peerCopy(Traffic traffic) {
        for (int at = 0; at < traffic.stream.length; at += READ) {
            System.arraycopy(traffic.stream, at, traffic.copy, 0, Math.min(READ, traffic.stream.length - at));
        }
        return traffic.copy[0];
    }

    /** Bytes into frames. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long frame(Traffic traffic) {
        traffic.identify = false;
        traffic.decode = false;
        return traffic.read();
    }

    /** Bytes into frames, and these into what happened to calls and agents. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long frameToCallEvents(Traffic traffic) {
        traffic.identify = false;
        traffic.decode = true;
        return traffic.read();
    }

    /** The same, and which of them belong to the stream, and their keys. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long frameAndIdentify(Traffic traffic) {
        traffic.identify = true;
        traffic.decode = false;
        return traffic.read();
    }
}
