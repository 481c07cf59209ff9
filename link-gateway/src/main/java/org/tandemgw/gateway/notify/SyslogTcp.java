package org.tandemgw.gateway.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.tandemgw.gateway.feed.TcpPeer;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * Syslog over TCP, each message behind its length (RFC 6587, octet counting). The protocol confirms nothing: a message counts as taken once the target's machine
 * has acknowledged all of it and has not closed the connection a moment later. So one may come twice after a break, and what a target's program had not read yet
 * when it died is lost to it.
 */
final class SyslogTcp implements Receiver {
    private static final int LOOK_MS = 100;

    private final HostPort target;
    private final SyslogText text;
    private final TcpPeer peer = new TcpPeer();
    private final byte[] ignored = new byte[512];
    private Socket socket;

    SyslogTcp(HostPort target, SyslogText text) {
        this.target = target;
        this.text = text;
    }

    @Override
    public void send(Message message, long dropped) throws IOException {
        try {
            if (socket != null && isOver()) {
                close(); // between two messages: no fault of this one
            }
            if (socket == null) {
                connect();
            }
            final byte[] bytes = text.of(message, dropped);
            final ByteArrayOutputStream framed = new ByteArrayOutputStream();
            framed.writeBytes((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
            framed.writeBytes(bytes);
            socket.getOutputStream().write(framed.toByteArray());
            awaitAcknowledged();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByName(target.host()), target.port()), LIMIT_MS);
        } catch (UnknownHostException e) {
            throw new IOException("its name is not known", e);
        } catch (ConnectException e) {
            throw new IOException("no connection: " + e.getMessage(), e);
        } catch (SocketTimeoutException e) {
            throw new IOException("no connection within " + LIMIT_MS + " ms", e);
        }
    }

    private void awaitAcknowledged() throws IOException {
        for (int looks = 0; looks < LIMIT_MS / LOOK_MS; looks++) {
            if (isOver()) {
                throw new IOException("the target closed the connection");
            }
            if (unacknowledged() == 0) {
                return;
            }
        }
        throw new IOException("its machine did not acknowledge a message within " + LIMIT_MS + " ms");
    }

    /** Where the kernel does not tell, nobody knows better. */
    private long unacknowledged() throws IOException {
        try {
            return peer.unacknowledged((InetSocketAddress) socket.getLocalSocketAddress(), (InetSocketAddress)
                    socket.getRemoteSocketAddress());
        } catch (IOException e) {
            return 0;
        }
    }

    /** Looks for a moment whether the target ends it. What it says is nothing to us. */
    private boolean isOver() throws IOException {
        socket.setSoTimeout(LOOK_MS);
        try {
            return socket.getInputStream().read(ignored) < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
