package org.tandemgw.gateway.feed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The other end of a native feed: a plain socket that reads message by message. It shares no code with what it talks to. */
final class AmiClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;
    final String banner;

    AmiClient(InetSocketAddress to) throws IOException {
        this(to, 0);
    }

    /** With a small buffer in the kernel. */
    AmiClient(InetSocketAddress to, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setSoTimeout(30_000);
        socket.connect(to, 10_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        banner = line();
    }

    AmiClient login(String user, String secret, String... more) throws Exception {
        final String answer = ask("Challenge", "AuthType: MD5");
        final String challenge = header(answer, "Challenge");
        final String key = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest((challenge + secret).getBytes(StandardCharsets.ISO_8859_1)));
        final List<String> lines = new ArrayList<>(List.of("AuthType: MD5", "Username: " + user, "Key: " + key));
        lines.addAll(List.of(more));
        final String said = ask("Login", lines.toArray(String[]::new));
        if (!said.startsWith("Response: Success")) {
            throw new IllegalStateException(said);
        }
        return this;
    }

    /** Sends an action and returns the next message, which has to be the answer. */
    String ask(String action, String... lines) throws IOException {
        send(action, lines);
        return message();
    }

    void send(String action, String... lines) throws IOException {
        final StringBuilder text = new StringBuilder("Action: ").append(action).append("\r\n");
        for (final String line : lines) {
            text.append(line).append("\r\n");
        }
        raw(text.append("\r\n").toString());
    }

    void raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The next message with the empty line that ends it; null at the end of the connection. */
    String message() throws IOException {
        final StringBuilder text = new StringBuilder();
        while (true) {
            final String line = line();
            if (line == null) {
                return text.isEmpty() ? null : text + "(cut)";
            }
            text.append(line);
            if (line.equals("\r\n") || line.equals("\n")) {
                return text.toString();
            }
        }
    }

    List<String> messages(int count) throws IOException {
        final List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(message());
        }
        return all;
    }

    /** Everything until the message that contains this, with it. */
    List<String> until(String text) throws IOException {
        final List<String> all = new ArrayList<>();
        do {
            all.add(message());
        } while (all.get(all.size() - 1) != null && !all.get(all.size() - 1).contains(text));
        return all;
    }

    private String line() throws IOException {
        final StringBuilder text = new StringBuilder();
        int next = in.read();
        while (next >= 0) {
            text.append((char) next);
            if (next == '\n') {
                return text.toString();
            }
            next = in.read();
        }
        return text.isEmpty() ? null : text.toString();
    }

    static String header(String message, String name) {
        for (final String line : message.split("\r\n")) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return null;
    }

    /** The end of what we say; the other end may go on. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
