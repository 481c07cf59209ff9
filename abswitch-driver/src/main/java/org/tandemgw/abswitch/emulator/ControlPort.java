package org.tandemgw.abswitch.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The control channel on a loopback TCP port: one command a line, one line of answer. One client at a time. */
final class ControlPort implements AutoCloseable {
    private static final int LINE_LIMIT = 400;

    private final SwitchEmulator emulator;
    private final ServerSocket listening;

    ControlPort(SwitchEmulator emulator, int port) throws IOException {
        this.emulator = emulator;
        listening = new ServerSocket(port, 8, InetAddress.getByName("127.0.0.1"));
        final Thread thread = new Thread(this::serve, "box-control");
        thread.setDaemon(true);
        thread.start();
    }

    int number() {
        return listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8), LINE_LIMIT)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    final String answer = line.length() > LINE_LIMIT
                            ? "error: longer than " + LINE_LIMIT + " characters"
                            : emulator.command(line);
                    client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // That client has gone, or we are closed; the next one gets its turn.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
