package org.tandemgw.gateway.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A SIP server on UDP and TCP, on one port number, that answers as a test wants. */
final class SipResponder implements AutoCloseable {
    /** What came. */
    record Request(String text, int number) {
        /** A response with this status, as RFC 3261 section 8.2.6 makes it. */
        String answer(String status) {
            return "SIP/2.0 " + status + "\r\n"
                    + text.lines()
                            .filter(line -> line.matches("(Via|From|Call-ID|CSeq): .*"))
                            .map(line -> line + "\r\n")
                            .collect(Collectors.joining())
                    + text.lines()
                            .filter(line -> line.startsWith("To: "))
                            .findFirst()
                            .orElse("") + ";tag=here\r\n"
                    + "Content-Length: 0\r\n\r\n";
        }
    }

    private final Function<Request, List<String>> manner;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    SipResponder(Function<Request, List<String>> manner) throws IOException {
        this.manner = manner;
        ServerSocket stream = null;
        DatagramSocket datagrams = null;
        while (datagrams == null) {
            stream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            try {
                datagrams = new DatagramSocket(stream.getLocalPort(), InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                stream.close(); // the same port of the other kind is somebody else's
            }
        }
        tcp = stream;
        udp = datagrams;
        start(this::serveUdp);
        start(this::acceptTcp);
    }

    private interface Serving {
        void run() throws IOException;
    }

    private static void start(Serving serving) {
        final Thread thread = new Thread(() -> {
            try {
                serving.run();
            } catch (IOException e) {
                // closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() throws IOException {
        final byte[] buffer = new byte[4_096];
        while (true) {
            final DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            for (final String each : answers(new String(buffer, 0, packet.getLength(), StandardCharsets.US_ASCII))) {
                final byte[] bytes = each.getBytes(StandardCharsets.US_ASCII);
                udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
            }
        }
    }

    private void acceptTcp() throws IOException {
        while (true) {
            final Socket connection = tcp.accept();
            connections.add(connection);
            start(() -> {
                final BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                final List<String> head = new ArrayList<>();
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    head.add(line);
                    if (line.isEmpty()) {
                        for (final String each : answers(String.join("\r\n", head) + "\r\n")) {
                            connection.getOutputStream().write(each.getBytes(StandardCharsets.US_ASCII));
                        }
                        head.clear();
                    }
                }
            });
        }
    }

    private List<String> answers(String request) {
        requests.add(request);
        return manner.apply(new Request(request, number.incrementAndGet()));
    }

    List<String> requests() {
        return requests;
    }

    int port() {
        return tcp.getLocalPort();
    }

    String udpProbe() {
        return "{ name: udp, sip: \"127.0.0.1:" + port() + "\", every: 21s, timeout: 20s }";
    }

    String tcpProbe() {
        return "{ name: tcp, sip: \"127.0.0.1:" + port() + ";transport=tcp\", every: 21s, timeout: 20s }";
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        for (final Socket each : connections) {
            each.close();
        }
    }
}
