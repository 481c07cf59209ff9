package org.tandemgw.benchmarks.dialect.ami;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.asteriskjava.manager.internal.ManagerReaderImpl;
import org.asteriskjava.util.SocketConnectionFacade;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tandemgw.benchmarks.dialect.ami.AmiFramingBenchmark.Traffic;

/**
 * The same events as in {@link AmiFramingBenchmark}, read by us and by asterisk-java's own reader, which makes an object of each event. It gets its lines ready
 * made, which costs it less than its own way of cutting them. The unit is one event.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class AmiParserBenchmark {
    private static final int EVENTS = AmiFramingBenchmark.EVENTS;

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

    /** Bytes into asterisk-java's events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long peerAsteriskJava(Traffic traffic, Peer peer) {
        return peer.read(traffic.stream);
    }

    /** Their reader, with somebody who counts behind it. */
    @State(Scope.Thread)
    public static class Peer {
        private ManagerReaderImpl reader;
        private long told;

        /** Their dispatcher is their own affair: so is a proxy of it. */
        @Setup
        public void make() throws ReflectiveOperationException {
            Logger.getLogger("org.asteriskjava").setLevel(Level.OFF);
            final Class<?> dispatcher = Class.forName("org.asteriskjava.manager.internal.Dispatcher");
            final Object counts = Proxy.newProxyInstance(
                    dispatcher.getClassLoader(), new Class<?>[] {dispatcher}, (self, method, given) -> {
                        told += method.getName().equals("dispatchEvent") ? 1 : 0;
                        return null;
                    });
            final Constructor<ManagerReaderImpl> made =
                    ManagerReaderImpl.class.getConstructor(dispatcher, Object.class);
            reader = made.newInstance(counts, this);
        }

        long read(byte[] stream) {
            final long before = told;
            reader.setSocket(new Lines(stream));
            reader.run();
            if (told - before < EVENTS) {
                throw new IllegalStateException(told - before + " events");
            }
            return told;
        }
    }

    /** A connection that has all of it already. */
    private static final class Lines implements SocketConnectionFacade {
        private final byte[] stream;
        private int at;

        private Lines(byte[] stream) {
            this.stream = stream;
        }

        @Override
        public String readLine() {
            if (at == stream.length) {
                return null;
            }
            final int from = at;
            while (stream[at] != '\r') {
                at++;
            }
            at += 2;
            return new String(stream, from, at - 2 - from, StandardCharsets.ISO_8859_1);
        }

        @Override
        public void write(String text) {
            // Nobody reads it.
        }

        @Override
        public void flush() {
            // Nobody reads it.
        }

        @Override
        public void close() {
            at = stream.length;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getLocalAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int getLocalPort() {
            return 0;
        }

        @Override
        public InetAddress getRemoteAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int getRemotePort() {
            return 0;
        }
    }
}
