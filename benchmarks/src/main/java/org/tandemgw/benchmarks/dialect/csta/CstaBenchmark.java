package org.tandemgw.benchmarks.dialect.csta;

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
import org.tandemgw.gateway.calls.CstaCallDecoder;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.csta.CstaDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.CstaTraffic;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/** The events of a simulated switching function: bytes into frames, these into keys, and these into what happened to calls and agents. The unit is one event. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class CstaBenchmark {
    static final int EVENTS = 10_000;
    private static final int READ = 65_536;
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    /** What an ACD says. */
    @State(Scope.Thread)
    public static class Traffic implements FrameSink {
        byte[] stream;
        boolean identify;
        boolean decode;
        CstaCallDecoder calls;
        long frames;
        long bytes;
        LinkFrameDecoder decoder;
        LegFrames local;
        FrameIdentity identity;

        /** Makes it. */
        @Setup(Level.Trial)
        public void fill() {
            final CstaTraffic traffic = new CstaTraffic(1);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < EVENTS; i++) {
                out.writeBytes(AcdDialect.CSTA_XML.frame(traffic.next()));
            }
            stream = out.toByteArray();
            final CstaDialect dialect = new CstaDialect(
                    LinkFrameDecoder.Limits.WIDEST,
                    1,
                    new CstaDialect.Settings(true, "urn:ed4", CstaTraffic.devices(), List.of(), 0));
            monitored(dialect);
            decoder = dialect.leg(1).decoder(this);
            local = dialect.leg(1).legFrames();
            identity = dialect.identity();
            calls = new CstaCallDecoder(event -> bytes += event.sequence(), CstaTraffic.devices());
        }

        /** An association whose references are the devices. */
        private static void monitored(CstaDialect dialect) {
            final var session = dialect.leg(1).session("", "").begin(said -> {});
            offer(session, 1, "<SystemStatus/>");
            offer(session, 0, "<SystemRegisterResponse/>");
            int id = 0;
            for (final String device : CstaTraffic.devices()) {
                offer(
                        session,
                        ++id,
                        "<MonitorStartResponse><monitorCrossRefID>" + device
                                + "</monitorCrossRefID></MonitorStartResponse>");
            }
        }

        private static void offer(org.tandemgw.gateway.leg.LegSession session, int id, String document) {
            final byte[] frame = AcdDialect.CSTA_XML.frame(document.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            System.arraycopy(
                    String.format("%04d", id).getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, frame, 4, 4);
            session.offer(frame, 0, frame.length);
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
            if (frames - before != EVENTS || decoder.damaged() > 0) {
                throw new IllegalStateException(frames - before + " frames, " + decoder.damaged() + " damaged");
            }
            return bytes;
        }
    }

    /** Bytes into frames, with the devices in place of the references. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long frame(Traffic traffic) {
        traffic.identify = false;
        traffic.decode = false;
        return traffic.read();
    }

    /** The same, with the keys that intake makes. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long frameAndIdentity(Traffic traffic) {
        traffic.identify = true;
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
}
