package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.CstaTraffic;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.house.FreePort;
import org.tandemgw.gateway.house.SharedClasses;

/** A site in a temporary folder: its configuration file, its secrets, and the real {@code tandem} processes run on it. */
final class Site {
    static final String PASSWORD = "sesame";

    private final Path folder;
    private final int eastPort;
    private final int westPort;

    /**
     * A site of one ACD, two legs and two servers, and nothing else.
     *
     * @param more further lines of the configuration file, with its indentation
     */
    Site(Path folder, String profile, int leg1Port, int leg2Port, String... more) throws IOException {
        this(folder, profile, leg1Port, leg2Port, List.of(), List.of(), more);
    }

    /**
     * The same.
     *
     * @param ofEast further lines of the first server, without its indentation
     * @param ofWest the same of the second
     */
    Site(
            Path folder,
            String profile,
            int leg1Port,
            int leg2Port,
            List<String> ofEast,
            List<String> ofWest,
            String... more)
            throws IOException {
        this(
                folder,
                profile,
                AcdDialect.of(profile) != null
                        && (AcdDialect.of(profile).logsIn() || AcdDialect.of(profile) == AcdDialect.CSTA_XML),
                leg1Port,
                leg2Port,
                ofEast,
                ofWest,
                more);
    }

    private Site(
            Path folder,
            String profile,
            boolean logsIn,
            int leg1Port,
            int leg2Port,
            List<String> ofEast,
            List<String> ofWest,
            String... more)
            throws IOException {
        this.folder = folder;
        this.eastPort = freePort();
        this.westPort = freePort();
        secret("east.secret");
        secret("west.secret");
        secret("acd.secret");
        final String login = logsIn ? ", user: tandem, secret-file: acd.secret" : "";
        final List<String> lines = new ArrayList<>(List.of(
                "site: test",
                "data: data",
                "acds:",
                "  - name: acd1",
                "    profile: " + profile,
                profile.startsWith("csta-xml")
                        ? "    devices: [\"" + String.join("\", \"", CstaTraffic.devices()) + "\"]"
                        : "    mode: merge",
                "    legs:",
                "      - { connect: \"127.0.0.1:" + leg1Port + "\", bind: \"127.0.0.2\"" + login + " }",
                "      - { connect: \"127.0.0.1:" + leg2Port + "\", bind: \"127.0.0.3\"" + login + " }",
                "servers:",
                "  - name: east",
                "    profile: generic",
                "    feed: { soupbintcp: { listen: \"127.0.0.1:" + eastPort
                        + "\", user: east, secret-file: east.secret } }"));
        ofEast.forEach(line -> lines.add("    " + line));
        lines.addAll(List.of(
                "  - name: west",
                "    profile: generic",
                "    feed: { soupbintcp: { listen: \"127.0.0.1:" + westPort
                        + "\", user: west, secret-file: west.secret } }"));
        ofWest.forEach(line -> lines.add("    " + line));
        lines.addAll(List.of(more));
        Files.write(file(), lines);
    }

    /** A site whose legs dial this ACD. */
    Site(Path folder, AcdDialect dialect, AcdSimulator acd) throws IOException {
        this(
                folder,
                dialect.profile(),
                acd.leg(1).address().getPort(),
                acd.leg(2).address().getPort());
    }

    /** A site whose legs dial this ACD by another profile of its dialect. */
    Site(Path folder, AcdDialect dialect, AcdSimulator acd, String profile, String... more) throws IOException {
        this(
                folder,
                profile,
                dialect.logsIn(),
                acd.leg(1).address().getPort(),
                acd.leg(2).address().getPort(),
                List.of(),
                List.of(),
                more);
    }

    Path file() {
        return folder.resolve("tandem.yaml");
    }

    Path data() {
        return folder.resolve("data");
    }

    int eastPort() {
        return eastPort;
    }

    int westPort() {
        return westPort;
    }

    /** Starts {@code tandem run} and returns once it has printed {@code ready}. */
    Running run() throws IOException {
        return run(Path.of(System.getProperty("java.home")));
    }

    /** The same with further options. */
    Running runWith(String... options) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("run", file().toString()));
        arguments.addAll(List.of(options));
        return ready(start(List.of(), Path.of(System.getProperty("java.home")), arguments, "run-" + System.nanoTime()));
    }

    /** The same with another Java. */
    Running run(Path javaHome) throws IOException {
        return ready(start(List.of(), javaHome, List.of("run", file().toString()), "run-" + System.nanoTime()));
    }

    /** The same under a program that starts it. */
    Running runUnder(List<String> starter) throws IOException {
        final Path javaHome = Path.of(System.getProperty("java.home"));
        return ready(start(starter, javaHome, List.of("run", file().toString()), "run-" + System.nanoTime()));
    }

    /** Starts {@code tandem run} under a program that starts it, and does not wait. */
    Process launch(List<String> starter, Path javaHome) throws IOException {
        return start(starter, javaHome, List.of("run", file().toString()), "run-" + System.nanoTime());
    }

    private Running ready(Process process) throws IOException {
        final InputStream out = process.getInputStream();
        final String line = readLine(out);
        if (!line.equals("ready")) {
            process.destroyForcibly();
            throw new IOException("run said '" + line + "' in place of 'ready'; its log:\n" + logs());
        }
        return new Running(process);
    }

    /** Runs a verb to its end. */
    Ended tandem(String... arguments) throws IOException, InterruptedException {
        final StringBuilder out = new StringBuilder();
        final Ended ended = tandem(line -> out.append(line).append('\n'), arguments);
        return new Ended(ended.status(), out.toString(), ended.err());
    }

    /** The same; what it prints may be longer than the memory holds, and goes to {@code out} line by line. */
    Ended tandem(LineReader out, String... arguments) throws IOException, InterruptedException {
        final String name = "verb-" + System.nanoTime();
        final Process process = start(List.of(), Path.of(System.getProperty("java.home")), List.of(arguments), name);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.line(line);
            }
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("tandem " + List.of(arguments) + " does not end");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), "", Files.readString(folder.resolve(name + ".err")));
    }

    /** {@code status --json} of the running site. */
    Map<String, Object> status() throws IOException {
        final ControlClient.Reply reply = new ControlClient(data().resolve("tandem.sock"), 30_000).get("/v1/status");
        return JSON.std.mapFrom(reply.json());
    }

    /** The states of leg 1 and leg 2. */
    List<String> legStates() throws IOException {
        return legs().stream().map(leg -> (String) leg.get("state")).toList();
    }

    /** What status says of the two legs. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> legs() throws IOException {
        return (List<Map<String, Object>>) acd().get("legs");
    }

    /** What status says of the feeds of both servers. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> feeds() throws IOException {
        return ((List<Map<String, Object>>) status().get("servers"))
                .stream()
                        .flatMap(server -> ((List<Map<String, Object>>) server.get("feeds")).stream())
                        .toList();
    }

    /** What status says of the ACD. */
    @SuppressWarnings("unchecked")
    Map<String, Object> acd() throws IOException {
        return ((List<Map<String, Object>>) status().get("acds")).get(0);
    }

    /** The names of the active alarms, each with its object: {@code legDown acd1/leg-1}. */
    @SuppressWarnings("unchecked")
    List<String> alarms() throws IOException {
        return ((List<Map<String, Object>>) status().get("alarms"))
                .stream()
                        .map(alarm -> alarm.get("name") + " " + alarm.get("object"))
                        .toList();
    }

    /** The command line of a Java that runs the main class: in the long run as shipped, else for a short life. */
    static List<String> java(Path javaHome) {
        final Path root = Path.of(System.getProperty("tandem.root"));
        final List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.add("@" + root.resolve(".mvn/tandem-jvm.options"));
        if (!Chance.isLongRun()) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(SharedClasses.options(javaHome));
        command.add("-cp");
        command.add(SharedClasses.classPath());
        command.add("org.tandemgw.gateway.cli.Tandem");
        return command;
    }

    /** Waits until the next start would know that a server has so much, even after a kill. */
    void awaitKept(String server, long through) {
        await().until(() -> {
            final ControlState.Acd acd = ControlFile.read(data()).state().acd("acd1");
            final ControlState.Hold hold = acd == null ? null : acd.hold(server);
            return hold != null && hold.through() >= through;
        });
    }

    String logs() throws IOException {
        final StringBuilder all = new StringBuilder();
        try (var files = Files.newDirectoryStream(folder, "*.err")) {
            for (final Path file : files) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    static int freePort() throws IOException {
        return FreePort.next();
    }

    private Process start(List<String> starter, Path javaHome, List<String> arguments, String name) throws IOException {
        final List<String> command = new ArrayList<>(starter);
        command.addAll(java(javaHome));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    private void secret(String name) throws IOException {
        final Path file = folder.resolve(name);
        Files.writeString(file, PASSWORD + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String readLine(InputStream in) throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** Takes what a verb prints. */
    @FunctionalInterface
    interface LineReader {
        /** The next line, without its end. */
        void line(String line) throws IOException;
    }

    /** A verb that has ended. */
    record Ended(int status, String out, String err) {}

    /** A {@code tandem run} that is ready. */
    record Running(Process process) implements AutoCloseable {
        /** SIGTERM, and the status that it ends with. */
        int terminate() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        }

        /** SIGKILL. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
