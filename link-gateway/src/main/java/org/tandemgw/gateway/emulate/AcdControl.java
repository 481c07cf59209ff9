package org.tandemgw.gateway.emulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The control channel of a simulated ACD: one command a line on a loopback TCP port, one line of answer each. One
 * client at a time; a second one waits.
 */
public final class AcdControl implements AutoCloseable {
    /** What can be asked for, a line each. */
    public static final String COMMANDS = """
            cut N [rst]          end the connection of leg N (with a reset)
            pull N               cut it and refuse new connections
            refuse N on|off      refuse new connections, or, where the ACD dials, make none
            half-open N [off]    carry nothing, close nothing
            silence N [off]      send nothing on a connection that stays up
            lag N 200ms          send so much later than produced
            slow N BYTES         send at most so many bytes a second; 0: no limit
            garbage N BYTES      put noise between two frames
            truncate N           cut in the middle of the next frame
            rate FRAMES          frames a second; 0: as fast as possible
            burst FRAMES         produce so many at once
            stop | resume        produce nothing | produce
            stats                one JSON object
            """;

    private static final int LINE_LIMIT = 200;

    private final AcdSimulator acd;
    private final ServerSocket listening;

    /**
     * Listens on this loopback port; 0: any free one.
     *
     * @throws IOException if it cannot be had
     */
    public AcdControl(AcdSimulator acd, int port) throws IOException {
        this.acd = acd;
        listening = new ServerSocket(port, 8, InetAddress.getByName("127.0.0.1"));
        final Thread thread = new Thread(this::serve, "acd-control");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Does what one line says, and answers with one line: {@code ok}, {@code error …} or the statistics. */
    public String command(String line) {
        final String[] words = line.strip().split("\\s+");
        try {
            return obey(words);
        } catch (NumberFormatException e) {
            return "error: not a number in: " + line.strip();
        } catch (ArrayIndexOutOfBoundsException e) {
            return "error: something is missing after: " + line.strip();
        } catch (IllegalArgumentException e) {
            return "error: " + e.getMessage();
        }
    }

    private String obey(String[] words) {
        switch (words[0]) {
            case "cut" -> leg(words[1]).cut(words.length > 2 && words[2].equals("rst"));
            case "pull" -> leg(words[1]).pull();
            case "refuse" -> leg(words[1]).refuse(on(words[2]));
            case "half-open" -> leg(words[1]).halfOpen(words.length < 3 || on(words[2]));
            case "silence" -> leg(words[1]).silence(words.length < 3 || on(words[2]));
            case "lag" -> leg(words[1]).lag(millis(words[2]));
            case "slow" -> leg(words[1]).slow(natural(words[2]));
            case "garbage" -> leg(words[1]).garbage((int) Math.min(65_536, natural(words[2])));
            case "truncate" -> leg(words[1]).truncate();
            case "rate" -> acd.rate((int) Math.min(10_000_000, natural(words[1])));
            case "burst" -> acd.burst(natural(words[1]));
            case "stop" -> acd.stop();
            case "resume" -> acd.resume();
            case "stats" -> {
                return stats();
            }
            default -> {
                return "error: unknown command: " + words[0];
            }
        }
        return "ok";
    }

    private SimulatedLeg leg(String word) {
        if (!word.equals("1") && !word.equals("2")) {
            throw new IllegalArgumentException("leg 1 or 2, not " + word);
        }
        return acd.leg(Integer.parseInt(word));
    }

    private static boolean on(String word) {
        if (!word.equals("on") && !word.equals("off")) {
            throw new IllegalArgumentException("on or off, not " + word);
        }
        return word.equals("on");
    }

    private static long millis(String word) {
        final long unit = word.endsWith("ms") || !word.endsWith("s") ? 1 : 1_000;
        return Math.min(600_000, natural(word.replaceFirst("m?s$", "")) * unit);
    }

    private static long natural(String word) {
        final long number = Long.parseLong(word);
        if (number < 0) {
            throw new IllegalArgumentException("not below 0: " + word);
        }
        return number;
    }

    private String stats() {
        return "{\"produced\":" + acd.oracle().produced() + ",\"legs\":[" + stats(1) + "," + stats(2) + "]}";
    }

    private String stats(int number) {
        final SimulatedLeg leg = acd.leg(number);
        return String.format(
                Locale.ROOT,
                "{\"leg\":%d,\"connected\":%b,\"connections\":%d,\"cuts\":%d,\"carried\":%d,\"unsent\":%d,"
                        + "\"dropped\":%d,\"queued\":%d}",
                number,
                leg.connected(),
                leg.connections(),
                leg.cuts(),
                leg.carried(),
                leg.unsent(),
                leg.dropped(),
                leg.queued());
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                talk(client);
            } catch (IOException e) {
                // That client is gone, or the channel is closed: the loop knows.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        final BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        final OutputStream out = client.getOutputStream();
        String line = line(in);
        while (line != null) {
            out.write((command(line) + "\n").getBytes(StandardCharsets.US_ASCII));
            line = line(in);
        }
    }

    /** A line; null at the end, or if it is too long to be a command. */
    private static String line(BufferedReader in) throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && line.length() < LINE_LIMIT; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
        return null;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
    }
}
