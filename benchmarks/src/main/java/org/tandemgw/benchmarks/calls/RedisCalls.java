package org.tandemgw.benchmarks.calls;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallView;

/**
 * Calls in a Redis as it is usually done: a hash for each, and a set of their ids. Written from a table, read into one. The least of a client: it speaks the protocol itself, and sends as many
 * commands at once as it is told.
 */
final class RedisCalls implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private static final byte[] PREFIX = ascii("call:");
    private static final byte[] HGETALL = ascii("HGETALL");
    private static final String SET = "calls";
    private static final int WRITTEN_TOGETHER = 500;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final CallEvent event = new CallEvent();
    private long restored;

    RedisCalls(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /** Writes every call of a table. */
    void write(CallTable table) throws IOException {
        final List<String[]> hashes = new ArrayList<>();
        table.calls(call -> hashes.add(hash(call)));
        for (int from = 0; from < hashes.size(); from += WRITTEN_TOGETHER) {
            final List<String[]> some = hashes.subList(from, Math.min(hashes.size(), from + WRITTEN_TOGETHER));
            for (final String[] hash : some) {
                command(hash);
                command("SADD", SET, hash[1].substring(PREFIX.length));
            }
            out.flush();
            for (int i = 0; i < 2 * some.size(); i++) {
                number(':');
            }
        }
    }

    private static String[] hash(CallView call) {
        return new String[] {
            "HSET",
            "call:" + call.id(),
            "leg",
            call.legIds().get(0),
            "state",
            call.state().name(),
            "startedNs",
            Long.toString(call.startedNs()),
            "queue",
            call.queue(),
            "agent",
            call.agent(),
            "calling",
            call.calling(),
            "called",
            call.called(),
            "trunk",
            call.trunk(),
            "sequence",
            Long.toString(call.sequence())
        };
    }

    /** Reads all of them into a table, with so many questions under way. */
    void read(CallTable into, int together) throws IOException {
        command("SMEMBERS", SET);
        out.flush();
        final byte[][] ids = new byte[number('*')][];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bulk();
        }
        for (int from = 0; from < ids.length; from += together) {
            final int to = Math.min(ids.length, from + together);
            for (int i = from; i < to; i++) {
                ask(ids[i]);
            }
            out.flush();
            for (int i = from; i < to; i++) {
                answer(ids[i], into);
            }
        }
    }

    private void ask(byte[] id) throws IOException {
        out.write('*');
        out.write('2');
        end();
        part(HGETALL, HGETALL.length, new byte[0]);
        part(PREFIX, PREFIX.length + id.length, id);
    }

    private void part(byte[] first, int length, byte[] second) throws IOException {
        out.write('$');
        out.write(ascii(Integer.toString(length)));
        end();
        out.write(first);
        out.write(second);
        end();
    }

    private void answer(byte[] id, CallTable into) throws IOException {
        event.begin(CallEventKind.BORN, ++restored, 0).text(CallText.CALL, id, 0, id.length);
        boolean queued = false;
        byte[] leg = id;
        byte[] queue = id;
        for (int left = number('*'); left > 0; left -= 2) {
            final String name = new String(bulk(), StandardCharsets.US_ASCII);
            final byte[] value = bulk();
            switch (name) {
                case "leg" -> leg = value;
                case "queue" -> queue = value;
                case "state" -> queued = new String(value, StandardCharsets.US_ASCII).equals("QUEUED");
                case "startedNs" -> event.startedNs(decimal(value));
                case "sequence" -> decimal(value); // the table counts anew
                case "trunk" -> event.text(CallText.TRUNK, value, 0, value.length);
                case "agent" -> event.text(CallText.AGENT, value, 0, value.length);
                case "calling" -> event.text(CallText.CALLING, value, 0, value.length);
                case "called" -> event.text(CallText.CALLED, value, 0, value.length);
                default -> throw new IOException("a field that nobody wrote: " + name);
            }
        }
        into.apply(event.text(CallText.LEG, leg, 0, leg.length));
        if (queued) {
            into.apply(event.begin(CallEventKind.QUEUED, restored, 0)
                    .text(CallText.CALL, id, 0, id.length)
                    .text(CallText.LEG, leg, 0, leg.length)
                    .text(CallText.QUEUE, queue, 0, queue.length));
        }
    }

    private void command(String... words) throws IOException {
        out.write(ascii("*" + words.length));
        end();
        for (final String word : words) {
            final byte[] bytes = ascii(word);
            part(bytes, bytes.length, new byte[0]);
        }
    }

    private void end() throws IOException {
        out.write('\r');
        out.write('\n');
    }

    private byte[] bulk() throws IOException {
        final int length = number('$');
        final byte[] bytes = in.readNBytes(length);
        in.skipNBytes(2);
        return bytes;
    }

    private int number(char kind) throws IOException {
        final int first = in.read();
        if (first != kind) {
            throw first < 0
                    ? new EOFException()
                    : new IOException("redis said '" + (char) first + "…', not '" + kind + "…'");
        }
        int number = 0;
        for (int digit = in.read(); digit != '\r'; digit = in.read()) {
            number = 10 * number + digit - '0';
        }
        in.read();
        return number;
    }

    private static long decimal(byte[] digits) {
        long number = 0;
        for (final byte digit : digits) {
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
