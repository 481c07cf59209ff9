package org.tandemgw.gateway.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.journal.ChildJvm;

/** Two services in a network of their own, behind a cable that can be pulled. Needs root. */
final class FarServices implements AutoCloseable {
    private static final String HERE = "10.213.77.1";
    private static final String THERE = "10.213.77.2";

    private final String name;
    private final String cable;
    private final Process process;
    private final List<Integer> ports = new ArrayList<>();

    FarServices() throws IOException, InterruptedException {
        final long number = ProcessHandle.current().pid() % 1_000_000;
        name = "tandem" + number;
        cable = "tdm" + number + "a";
        final String far = "tdm" + number + "b";
        run("ip", "netns", "add", name);
        run("ip", "link", "add", cable, "type", "veth", "peer", "name", far, "netns", name);
        run("ip", "address", "add", HERE + "/30", "dev", cable);
        plug();
        run("ip", "netns", "exec", name, "ip", "address", "add", THERE + "/30", "dev", far);
        run("ip", "netns", "exec", name, "ip", "link", "set", far, "up");
        process = ChildJvm.of(ChildJvm.homes().get(0), List.of("ip", "netns", "exec", name), FarServices.class, THERE)
                .start();
        final var out = process.inputReader();
        ports.add(Integer.parseInt(out.readLine()));
        ports.add(Integer.parseInt(out.readLine()));
    }

    /** Whether this machine lets us. */
    static boolean possible() throws InterruptedException {
        return ChildJvm.canRun("unshare", "-n", "ip", "link", "add", "tdm", "type", "veth");
    }

    String host() {
        return THERE;
    }

    int port(int number) {
        return ports.get(number);
    }

    void pull() throws IOException, InterruptedException {
        run("ip", "link", "set", cable, "down");
    }

    void plug() throws IOException, InterruptedException {
        run("ip", "link", "set", cable, "up");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            run("ip", "link", "delete", cable);
            run("ip", "netns", "delete", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process there: says its two ports and answers until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName(args[0]));
            final Thread thread = new Thread(() -> answer(door));
            thread.start();
            System.out.println(door.getLocalPort());
        }
    }

    private static void answer(ServerSocket door) {
        while (!door.isClosed()) {
            try (Socket come = door.accept()) {
                come.setSoTimeout(1_000); // who was cut off never says that he has gone
                come.getInputStream().read();
            } catch (IOException e) {
                // He has gone otherwise.
            }
        }
    }
}
