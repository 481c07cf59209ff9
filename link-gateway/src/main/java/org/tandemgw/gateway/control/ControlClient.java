package org.tandemgw.gateway.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.json.JsonRecords;

/** Asks a running gateway. One connection for each request; blocks the calling thread, but never longer than the time limit. Without Netty, so that a verb starts fast. */
public final class ControlClient {
    private static final int MAX_REPLY_BYTES = 64 << 20;
    private static final int CHUNK_BYTES = 65_536;

    private final Path socket;
    private final long limitMs;

    /** What came back. */
    public record Reply(int status, String json) {}

    private record Act(String who, String reason) {}

    /** For the gateway that listens at this socket. */
    public ControlClient(Path socket, long limitMs) {
        this.socket = socket;
        this.limitMs = limitMs;
    }

    /** Reads. */
    public Reply get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: tandem\r\nConnection: close\r\n\r\n");
    }

    /** Acts. {@code reason} may be null. */
    public Answer post(String path, String who, String reason) throws IOException {
        return post(Answer.class, path, who, reason);
    }

    /** Acts, where the answer says more. {@code reason} may be null. */
    public <T extends Record> T post(Class<T> type, String path, String who, String reason) throws IOException {
        final String body = JsonRecords.write(new Act(who, reason));
        final Reply reply = exchange("POST " + path
                + " HTTP/1.1\r\nHost: tandem\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        return JsonRecords.read(reply.json(), type);
    }

    private Reply exchange(String request) throws IOException {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            final SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            final ByteBuffer out = StandardCharsets.UTF_8.encode(request);
            while (out.hasRemaining()) {
                await(selector, endNs);
                channel.write(out);
            }
            key.interestOps(SelectionKey.OP_READ);
            return parse(readAll(channel, selector, endNs));
        }
    }

    private byte[] readAll(SocketChannel channel, Selector selector, long endNs) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (true) {
            await(selector, endNs);
            final int count = channel.read(chunk.clear());
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(chunk.array(), 0, count);
            if (all.size() > MAX_REPLY_BYTES) {
                throw new IOException("the reply is larger than " + MAX_REPLY_BYTES + " bytes");
            }
        }
    }

    private void await(Selector selector, long endNs) throws IOException {
        final long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        selector.selectedKeys().clear();
        if (leftMs <= 0 || selector.select(leftMs) == 0) {
            throw new IOException("no answer within " + limitMs + " ms");
        }
    }

    /** The server ends the connection after its reply; what it announced must be there. */
    private static Reply parse(byte[] bytes) throws IOException {
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        final int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0 || !text.startsWith("HTTP/1.1 ") || text.length() < 12) {
            throw new IOException(bytes.length == 0 ? "the connection was closed without an answer" : "not an answer");
        }
        final int bodyAt = headEnd + 4;
        for (final String line : text.substring(0, headEnd).split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")
                    && bytes.length - bodyAt
                            != Integer.parseInt(line.substring(15).strip())) {
                throw new IOException("the answer is cut off");
            }
        }
        return new Reply(
                Integer.parseInt(text.substring(9, 12)),
                new String(bytes, bodyAt, bytes.length - bodyAt, StandardCharsets.UTF_8));
    }
}
