package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.benchmarks.rig.Child;

/** What stands between: the processes of one run, how servers get at their frames, and what of the machine it took. */
public final class Middle implements AutoCloseable {
    /** What can stand there. */
    public enum Kind {
        TANDEM_NONE("Tandem, sync: none", "soup", 2),
        TANDEM_GROUP("Tandem, sync: group", "soup", 2),
        HAPROXY("haproxy, each leg to one server", "dial", 2),
        SOCAT("socat, each leg to one server", "dial", 2),
        RSYSLOG_ASSISTED("rsyslog, two disk-assisted queues", "listen", 1),
        RSYSLOG_DISK("rsyslog, two disk queues, synced", "listen", 1);

        final String says;
        /** How the reader comes to its frames. */
        final String reading;
        /** How many legs it reads. */
        final int legs;

        Kind(String says, String reading, int legs) {
            this.says = says;
            this.reading = reading;
            this.legs = legs;
        }

        boolean isTandem() {
            return this == TANDEM_NONE || this == TANDEM_GROUP;
        }

        /** Whether it is part of a short look: one of ours and one peer. */
        boolean isShort() {
            return this == TANDEM_NONE || this == HAPROXY;
        }

        /** Whether a connection of a server carries what came on one leg: then there are as many as legs. */
        boolean isOneToOne() {
            return this == HAPROXY || this == SOCAT;
        }

        /** What it is, for people. */
        public String says() {
            return says;
        }

        /** Whether its program is on this machine. */
        public boolean isHere() {
            return isTandem()
                    || Files.isExecutable(
                            Path.of(program(this == HAPROXY ? "haproxy" : this == SOCAT ? "socat" : "rsyslogd")));
        }
    }

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;

    private final List<String> options;

    private Middle(Path folder, List<String> options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * Starts one.
     *
     * @param legs where the ACDs listen, two each
     * @param servers where servers dial in, or, for one that dials them, where they listen
     * @param options more options for the Java that runs Tandem
     */
    static Middle start(Kind kind, Path folder, int[] legs, int[] servers, List<String> options) throws IOException {
        final Middle middle = new Middle(folder, options);
        switch (kind) {
            case HAPROXY -> middle.run("haproxy", "-db", "-f", middle.write("haproxy.cfg", haproxy(legs, servers)));
            case SOCAT -> {
                for (int i = 0; i < legs.length; i++) {
                    middle.run(
                            "socat",
                            "-b65536",
                            "TCP-LISTEN:" + servers[i] + ",bind=127.0.0.1,nodelay",
                            "TCP:127.0.0.1:" + legs[i] + ",nodelay");
                }
            }
            case RSYSLOG_ASSISTED, RSYSLOG_DISK ->
                middle.run(
                        "rsyslogd",
                        "-n",
                        "-i",
                        folder.resolve("rsyslog.pid").toString(),
                        "-f",
                        middle.write("rsyslog.conf", middle.rsyslog(kind == Kind.RSYSLOG_DISK, legs[0], servers)));
            default -> middle.tandem(kind == Kind.TANDEM_GROUP, legs, servers);
        }
        return middle;
    }

    private void tandem(boolean group, int[] legs, int[] servers) throws IOException {
        Files.setPosixFilePermissions(
                Path.of(write("bench.secret", "bench\n")), PosixFilePermissions.fromString("rw-------"));
        final StringBuilder acds = new StringBuilder("data: data\nacds:\n");
        for (int acd = 0; acd < legs.length / 2; acd++) {
            acds.append(
                    ("  - { name: acd%d, profile: opaque-line, legs: [ { connect: \"127.0.0.1:%d\" }, { connect: \"127.0.0.1:%d\" } ] }\n")
                            .formatted(acd + 1, legs[2 * acd], legs[2 * acd + 1]));
        }
        final String file =
                write("tandem.yaml", acds + """
                journal: { sync: %s, min-free: 64MiB }
                servers:
                  - name: east
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: east, secret-file: bench.secret } }
                  - name: west
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: west, secret-file: bench.secret } }
                """.formatted(group ? "group" : "none", servers[0], servers[1]));
        final List<String> command = new ArrayList<>(Child.java());
        command.addAll(1, options);
        command.addAll(List.of("org.tandemgw.gateway.cli.Tandem", "run", file));
        run(command.toArray(String[]::new));
    }

    private static String haproxy(int[] legs, int[] servers) {
        final StringBuilder text = new StringBuilder("global\n  nbthread 1\ndefaults\n  mode tcp\n"
                + "  timeout connect 5s\n  timeout client 1h\n  timeout server 1h\n");
        for (int i = 0; i < legs.length; i++) {
            text.append(
                    "listen leg%d\n  bind 127.0.0.1:%d\n  server acd 127.0.0.1:%d\n".formatted(i, servers[i], legs[i]));
        }
        return text.toString();
    }

    private String rsyslog(boolean disk, int port, int[] servers) {
        final StringBuilder text = new StringBuilder(
                "global(workDirectory=\"" + folder + "\" maxMessageSize=\"8k\")\n"
                        + "module(load=\"imptcp\")\ntemplate(name=\"line\" type=\"string\" string=\"%rawmsg%\")\n"
                        + "input(type=\"imptcp\" port=\"" + port
                        + "\" address=\"127.0.0.1\" supportOctetCountedFraming=\"off\" ruleset=\"both\")\nruleset(name=\"both\") {\n");
        for (final int server : servers) {
            text.append("  action(type=\"omfwd\" target=\"127.0.0.1\" port=\"" + server
                    + "\" protocol=\"tcp\" template=\"line\""
                    + " action.resumeRetryCount=\"-1\" queue.filename=\"q" + server
                    + "\" queue.timeoutEnqueue=\"60000\" queue.dequeueBatchSize=\"1024\" "
                    + (disk
                            ? "queue.type=\"Disk\" queue.syncqueuefiles=\"on\" queue.checkpointInterval=\"1024\")\n"
                            : "queue.type=\"LinkedList\" queue.size=\"100000\" queue.saveOnShutdown=\"on\")\n"));
        }
        return text.append("}\n").toString();
    }

    /** The first of its processes. */
    long pid() {
        return processes.get(0).pid();
    }

    /** The processor time of all its processes so far. */
    double cpuSeconds() throws IOException {
        double seconds = 0;
        for (final Process each : processes) {
            seconds += Child.cpuSeconds(each.pid());
        }
        return seconds;
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8)
                .toString();
    }

    private void run(String... command) throws IOException {
        command[0] = command[0].startsWith("/") ? command[0] : program(command[0]);
        final Path log = folder.resolve("middle-" + processes.size() + ".log");
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    private static String program(String name) {
        final Path sbin = Path.of("/usr/sbin", name);
        return Files.isExecutable(sbin) ? sbin.toString() : "/usr/bin/" + name;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        try {
            for (final Process each : processes) {
                each.waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
