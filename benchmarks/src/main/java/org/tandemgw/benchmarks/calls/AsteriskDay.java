package org.tandemgw.benchmarks.calls;

import java.nio.charset.StandardCharsets;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/**
 * The events of a contact centre behind an Asterisk, as the decoder of AMI makes them: ids are Uniqueids, each event of a leg names
 * its party and its channel, sixteen events a call. At each step any call in flight goes on, so each finds its rows where memory was
 * not touched for long; a call that ends makes room for a new one. Allocates nothing.
 */
final class AsteriskDay {
    static final int EVENTS_A_CALL = 16;

    private static final int AGENTS = 400;
    private static final int FIRST_SECOND = 1_732_233_600;
    private static final byte[][] QUEUES = {ascii("sales"), ascii("support"), ascii("billing"), ascii("emergency-night")
    };
    private static final byte[] CALLED = ascii("08001234567");
    private static final byte[] NORMAL_CLEARING = ascii("16");
    private static final byte[] PAIRS = pairs();
    private static final byte[] HEX = ascii("0123456789abcdef");

    private CallEvent event;
    private final byte[] call = ascii("1732233600.0000000");
    private final byte[] leg = ascii("1732233600.0000000");
    private final byte[] caller = ascii("01700000000");
    private final byte[] carrier = ascii("PJSIP/carrier-00000000");
    private final byte[] extension = ascii("4000");
    private final byte[] phone = ascii("PJSIP/4000-00000000");
    private final byte[] agent = ascii("PJSIP/4000");
    private final int[] channels;
    private final byte[] steps;
    private long sequence;
    private int nextChannel;
    private long random = 0x9E37_79B9_7F4A_7C15L;

    AsteriskDay(int inFlight) {
        channels = new int[inFlight];
        steps = new byte[inFlight];
    }

    /** The next event of any call, in this carrier. */
    CallEvent next(CallEvent into) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return next(into, (int) ((random >>> 32) * channels.length >>> 32));
    }

    /** The next event of this one. */
    CallEvent next(CallEvent into, int slot) {
        event = into;
        final int step = steps[slot];
        if (step == 0) {
            channels[slot] = nextChannel;
            nextChannel += 2;
        }
        steps[slot] = (byte) (step + 1 & EVENTS_A_CALL - 1);
        make(step, channels[slot]);
        return event;
    }

    private void make(int step, int channel) {
        switch (step) {
            case 0 -> {
                callers(CallEventKind.BORN, channel);
                event.text(CallText.CALLING, caller, 0, caller.length).text(CallText.CALLED, CALLED, 0, CALLED.length);
            }
            case 1 -> callers(CallEventKind.OFFERED, channel);
            case 2 -> {
                callers(CallEventKind.QUEUED, channel);
                queue(channel);
            }
            case 3, 5, 9 -> agents(CallEventKind.CHANGED, channel);
            case 4 -> {
                agents(CallEventKind.RINGING, channel);
                queueAndAgent(channel);
            }
            case 6 -> agents(CallEventKind.CONNECTED, channel);
            case 7 -> {
                callers(CallEventKind.CONNECTED, channel);
                queueAndAgent(channel);
            }
            case 8 -> {
                agents(CallEventKind.CONNECTED, channel);
                queueAndAgent(channel);
            }
            case 10 -> agents(CallEventKind.HELD, channel);
            case 11 -> agents(CallEventKind.RETRIEVED, channel);
            case 12 -> agents(CallEventKind.OFFERED, channel);
            case 13 -> {
                agents(CallEventKind.CLEARED, channel);
                cause();
            }
            case 14 -> {
                event.begin(CallEventKind.AGENT_READY, ++sequence, arrivedNs()).acdNs(arrivedNs());
                decimal(agent, 7, 3, agent(channel));
                queueAndAgent(channel);
            }
            default -> {
                callers(CallEventKind.CLEARED, channel);
                cause();
            }
        }
    }

    private void callers(CallEventKind kind, int channel) {
        begin(kind, channel, channel);
        decimal(caller, 4, 7, (int) (channel * 7_919L % 10_000_000));
        hex(carrier, channel);
        event.text(CallText.PARTY, caller, 0, caller.length).text(CallText.TRUNK, carrier, 0, carrier.length);
    }

    private void agents(CallEventKind kind, int channel) {
        begin(kind, channel, channel + 1);
        final int number = agent(channel);
        decimal(extension, 1, 3, number);
        decimal(phone, 7, 3, number);
        decimal(agent, 7, 3, number);
        hex(phone, channel + 1);
        event.text(CallText.PARTY, extension, 0, extension.length).text(CallText.TRUNK, phone, 0, phone.length);
    }

    private void begin(CallEventKind kind, int linked, int channel) {
        event.begin(kind, ++sequence, arrivedNs()).acdNs(arrivedNs()).startedNs(second(linked) * 1_000_000_000L);
        uniqueId(call, linked);
        uniqueId(leg, channel);
        event.text(CallText.CALL, call, 0, call.length).text(CallText.LEG, leg, 0, leg.length);
    }

    private void queueAndAgent(int channel) {
        queue(channel);
        event.text(CallText.AGENT, agent, 0, agent.length);
    }

    private void queue(int channel) {
        final byte[] queue = QUEUES[channel >> 1 & QUEUES.length - 1];
        event.text(CallText.QUEUE, queue, 0, queue.length);
    }

    private void cause() {
        event.text(CallText.CAUSE, NORMAL_CLEARING, 0, NORMAL_CLEARING.length);
    }

    private long arrivedNs() {
        return FIRST_SECOND * 1_000_000_000L + sequence * 100_000;
    }

    private static int agent(int channel) {
        return (channel >> 1) % AGENTS;
    }

    private static int second(int channel) {
        return FIRST_SECOND + channel / 100;
    }

    private static void uniqueId(byte[] to, int channel) {
        decimal(to, 0, 10, second(channel));
        decimal(to, 11, 7, channel);
    }

    /** Two digits at a time: what makes the events must not cost as much as what is measured. */
    private static void decimal(byte[] to, int from, int digits, int value) {
        int rest = value;
        int at = from + digits - 2;
        for (; at >= from; at -= 2) {
            final int pair = rest % 100 * 2;
            to[at] = PAIRS[pair];
            to[at + 1] = PAIRS[pair + 1];
            rest /= 100;
        }
        if (at == from - 1) {
            to[from] = (byte) ('0' + rest % 10);
        }
    }

    private static byte[] pairs() {
        final byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    private static void hex(byte[] to, int value) {
        int rest = value;
        for (int at = to.length - 1; at >= to.length - 8; at--) {
            to[at] = HEX[rest & 15];
            rest >>>= 4;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
