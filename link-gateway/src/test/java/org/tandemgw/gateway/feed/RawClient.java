package org.tandemgw.gateway.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A socket that sends whatever it is told to. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();

    RawClient(InetSocketAddress address) throws IOException {
        socket.connect(address, 30_000);
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
    }

    RawClient send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends what may no longer be wanted. False once the other end has closed. */
    boolean trySend(byte... bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Everything until the gateway closes. */
    byte[] readToEnd() throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                all.write(next);
            }
        } catch (SocketException reset) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    /** The packets until the gateway closes: type and payload as text. */
    List<String> packetsToEnd() throws IOException {
        final List<String> packets = new ArrayList<>();
        final byte[] all = readToEnd();
        new SoupDecoder(SoupPackets.MAX_LENGTH)
                .accept(
                        all,
                        0,
                        all.length,
                        (type, bytes, offset, length) -> packets.add((char) type
                                + new String(bytes, offset, length, java.nio.charset.StandardCharsets.ISO_8859_1)));
        return packets;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
