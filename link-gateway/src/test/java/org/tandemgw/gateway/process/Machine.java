package org.tandemgw.gateway.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Another machine: a network namespace at the other end of a cable of its own. Needs root. */
final class Machine implements AutoCloseable {
    private static final long PID = ProcessHandle.current().pid();

    private final String namespace;
    private final String cable;
    private final String net;
    private final int number;

    /** The n-th machine of this test. */
    Machine(int number) throws IOException {
        this.number = number;
        namespace = "tdm-" + number + "-" + PID;
        cable = "tdm" + number + "x" + PID % 1_000_000;
        // A net of 16 addresses for each machine, the nets of two tests that run side by side far from each other.
        net = "10." + (64 + PID / 250 % 60) + "." + PID % 250 + ".";
        run("ip", "netns", "add", namespace);
        run("ip", "link", "add", cable, "type", "veth", "peer", "name", "wire", "netns", namespace);
        run("ip", "address", "add", here() + "/28", "dev", cable);
        run("ip", "link", "set", cable, "up");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "address", "add", there() + "/28", "dev", "wire");
        run("ip", "-n", namespace, "link", "set", "wire", "up");
    }

    /** Our address on the cable. */
    String here() {
        return net + (16 * number + 1);
    }

    /** Its address. */
    String there() {
        return net + (16 * number + 2);
    }

    /** What starts a program there. */
    List<String> starter() {
        return List.of("ip", "netns", "exec", namespace);
    }

    void cut() throws IOException {
        run("ip", "-n", namespace, "link", "set", "wire", "down");
    }

    void join() throws IOException {
        run("ip", "-n", namespace, "link", "set", "wire", "up");
    }

    static void run(String... command) throws IOException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        run("ip", "netns", "delete", namespace);
    }
}
