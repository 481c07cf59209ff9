package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;
import org.tandemgw.gateway.time.Clock;

/**
 * A UDP socket that looks at no more than {@value #MOST_A_SECOND} datagrams a second; the others are dropped unread and counted. So nobody who floods it takes
 * a processor from the intake. Its own thread reads, decodes and answers.
 */
final class LimitedUdp extends DefaultUdpTransportMapping {
    static final int MOST_A_SECOND = 5_000;

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final String thread;
    private final Clock clock;
    private final LongAdder dropped;
    private long secondSinceNs;
    private int inThisSecond;

    LimitedUdp(UdpAddress address, String thread, Clock clock, LongAdder dropped) throws IOException {
        super(address);
        this.clock = clock;
        this.dropped = dropped;
        secondSinceNs = clock.nanoTime();
        this.thread = thread;
    }

    /** The thread has to be there before it can be named. */
    @Override
    public synchronized void listen() throws IOException {
        super.listen();
        setThreadName(thread);
    }

    @Override
    protected void fireProcessMessage(DatagramPacket packet, ByteBuffer bytes, TransportStateReference state) {
        final long nowNs = clock.nanoTime();
        if (nowNs - secondSinceNs >= SECOND_NS) {
            secondSinceNs = nowNs;
            inThisSecond = 0;
        }
        if (++inThisSecond > MOST_A_SECOND) {
            dropped.increment();
        } else {
            super.fireProcessMessage(packet, bytes, state);
        }
    }
}
