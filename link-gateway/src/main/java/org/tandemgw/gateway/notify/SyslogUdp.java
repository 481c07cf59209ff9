package org.tandemgw.gateway.notify;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * Syslog over UDP (RFC 5426): one datagram a message. Nobody confirms it; that the target's machine says at once that nobody listens is all that can be known.
 */
final class SyslogUdp implements Receiver {
    private static final int LISTEN_MS = 250;

    private final HostPort target;
    private final SyslogText text;

    SyslogUdp(HostPort target, SyslogText text) {
        this.target = target;
        this.text = text;
    }

    @Override
    public void send(Message message, long dropped) throws IOException {
        final byte[] bytes = text.of(message, dropped);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getByName(target.host()), target.port());
            socket.setSoTimeout(LISTEN_MS);
            socket.send(new DatagramPacket(bytes, bytes.length));
            socket.receive(new DatagramPacket(new byte[1], 1));
        } catch (SocketTimeoutException e) {
            return; // nobody objected
        } catch (PortUnreachableException e) {
            throw new IOException("nobody listens there", e);
        } catch (UnknownHostException e) {
            throw new IOException("its name is not known", e);
        }
    }

    @Override
    public void close() {
        // a socket for each message
    }
}
