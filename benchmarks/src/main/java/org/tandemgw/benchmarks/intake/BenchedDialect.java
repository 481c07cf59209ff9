package org.tandemgw.benchmarks.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * A dialect whose intake is measured: the shipped profile, and frames of {@link #LENGTH} bytes as an ACD of it sends them, all different. Another dialect is one
 * line more in {@link #ALL}.
 *
 * @param frame the frame with this number
 */
record BenchedDialect(String profile, IntFunction<byte[]> frame) {
    static final int LENGTH = 256;
    private static final byte[] NOISE = noise();

    /** All that are measured. */
    static final List<BenchedDialect> ALL = List.of(
            new BenchedDialect("opaque-line", BenchedDialect::line),
            new BenchedDialect("opaque-length", BenchedDialect::block),
            new BenchedDialect("asterisk-ami", number -> padded(newState(number), "\r\nAccountCode: ", "\r\n\r\n")),
            new BenchedDialect("avaya-cdr", number -> padded(callDetails(number), " ", "\r\n")),
            new BenchedDialect("freeswitch-esl", BenchedDialect::channelState));

    static BenchedDialect of(String profile) {
        return ALL.stream()
                .filter(each -> each.profile.equals(profile))
                .findFirst()
                .orElseThrow();
    }

    /** So many frames, one behind the other, numbered from there on. */
    byte[] stream(int first, int frames) {
        final byte[] stream = new byte[frames * LENGTH];
        for (int i = 0; i < frames; i++) {
            final byte[] next = frame.apply(first + i);
            if (next.length != LENGTH) {
                throw new IllegalStateException("a frame of " + profile + " has " + next.length + " bytes");
            }
            System.arraycopy(next, 0, stream, i * LENGTH, LENGTH);
        }
        return stream;
    }

    private static byte[] line(int number) {
        final byte[] frame = noisy(number);
        for (int i = 0; i < LENGTH; i++) {
            frame[i] = frame[i] == '\n' ? (byte) ' ' : frame[i];
        }
        frame[LENGTH - 1] = '\n';
        return frame;
    }

    private static byte[] block(int number) {
        final byte[] frame = noisy(number);
        ByteBuffer.wrap(frame).putInt(0, LENGTH - Integer.BYTES);
        return frame;
    }

    private static String newState(int number) {
        return String.format(
                "Event: Newstate\r\nPrivilege: call,all\r\nChannel: PJSIP/4001-%08x\r\nChannelState: 6\r\nCallerIDNum: 49%07d\r\nUniqueid: 1795251600.%d\r\nLinkedid: 1795251600.%d",
                number, number, number, number);
    }

    private static String callDetails(int number) {
        return String.format("%04d 00142 7 %05d 9 0049%09d 0%03d", number / 60 % 2_400, 4_001, number, number % 900);
    }

    private static byte[] channelState(int number) {
        final String inside = String.format(
                "Event-Name: CHANNEL_STATE\nCore-UUID: 5f0a8c1e-7f3b-4b52-9c1d-0a7b6c5d4e3f\nEvent-Sequence: %d\nUnique-ID: %08x-7f3b",
                number, number);
        final String head = "Content-Length: %03d\nContent-Type: text/event-plain\n\n";
        return padded(String.format(head, LENGTH - String.format(head, 0).length()) + inside, "\nvariable_x: ", "\n\n");
    }

    /** Text, its filler, its end: as long as all others. */
    private static byte[] padded(String text, String filler, String end) {
        final StringBuilder out = new StringBuilder(LENGTH).append(text).append(filler);
        while (out.length() < LENGTH - end.length()) {
            out.append('7');
        }
        return out.append(end).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The number in the middle of what looks like chance. */
    private static byte[] noisy(int number) {
        final int from = (number & 0xff) * LENGTH / 4;
        final byte[] frame = Arrays.copyOfRange(NOISE, from, from + LENGTH);
        final byte[] digits = String.format("%010d", number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, frame, LENGTH / 2, digits.length);
        return frame;
    }

    private static byte[] noise() {
        final byte[] noise = new byte[256 * LENGTH];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
