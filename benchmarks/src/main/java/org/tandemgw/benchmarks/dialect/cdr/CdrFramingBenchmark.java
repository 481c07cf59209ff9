package org.tandemgw.benchmarks.dialect.cdr;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tandemgw.gateway.calls.CdrCallDecoder;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.cdr.CdrDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/**
 * Records of a simulated Communication Manager, 60 to 136 bytes each, from bytes to frames, and on to what is the same, or to what is said of calls. Beside it a copy of the bytes:
 * nobody reads faster than that. The unit is one record.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class CdrFramingBenchmark {
    static final int RECORDS = 10_000;
    private static final int READ = 65_536;
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    /** What the ACD says. */
    @State(Scope.Thread)
    public static class Traffic implements FrameSink {
        /** In which form. */
        @Param({"customised", "59-character", "int-isdn"})
        String form;

        byte[] stream;
        byte[] copy;
        boolean identify;
        boolean decode;
        CdrCallDecoder calls;
        long frames;
        long bytes;
        LinkFrameDecoder decoder;
        LegFrames local;
        FrameIdentity identity;

        /** Makes it. */
        @Setup(Level.Trial)
        public void fill() {
            final CdrForm written = CdrForm.of(form, true);
            final CdrTraffic traffic = new CdrTraffic(1, written);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < RECORDS; i++) {
                out.writeBytes(AcdDialect.AVAYA_CDR.frame(traffic.next()));
            }
            stream = out.toByteArray();
            copy = new byte[READ];
            final CdrDialect dialect = new CdrDialect(LinkFrameDecoder.Limits.WIDEST, written.records(), 1);
            decoder = dialect.decoder(this);
            local = dialect.legFrames();
            identity = dialect.identity();
            calls = new CdrCallDecoder(written.records(), event -> bytes += event.sequence());
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
            throw new IllegalStateException("no record here is long");
        }

        long read() {
            final long before = frames;
            for (int at = 0; at < stream.length; at += READ) {
                decoder.decode(stream, at, Math.min(READ, stream.length - at));
            }
            if (frames - before != RECORDS) {
                throw new IllegalStateException(frames - before + " frames");
            }
            return bytes;
        }
    }

    /** The floor: the same bytes, copied. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public byte peerCopy(Traffic traffic) {
        for (int at = 0; at < traffic.stream.length; at += READ) {
            System.arraycopy(traffic.stream, at, traffic.copy, 0, Math.min(READ, traffic.stream.length - at));
        }
        return traffic.copy[0];
    }

    /** Bytes into frames. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long frame(Traffic traffic) {
        traffic.identify = false;
        traffic.decode = false;
        return traffic.read();
    }

    /** Bytes into frames, and these into calls that have ended. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long frameToCallEvents(Traffic traffic) {
        traffic.identify = false;
        traffic.decode = true;
        return traffic.read();
    }

    /** Bytes into frames, which of them belong to the stream, and their keys. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long frameAndIdentify(Traffic traffic) {
        traffic.identify = true;
        traffic.decode = false;
        return traffic.read();
    }
}
