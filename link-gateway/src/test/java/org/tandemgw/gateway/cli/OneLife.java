package org.tandemgw.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.house.FreePort;

/** A whole {@code tandem run} begins, some verbs are typed, and it ends: what all of them need of the libraries is loaded then. Ends the process. */
public final class OneLife {
    private static final List<String> VERBS = List.of(
            "check",
            "status",
            "status --json",
            "alarms",
            "why-not",
            "trunks show",
            "mode manual --reason one --yes",
            "switch west --dry-run --reason one --json",
            "maintenance on --reason one --for 1h --yes --json",
            "why --list --json",
            "journal ls --json",
            "audit --json");

    private OneLife() {}

    /** The folder to live in. */
    public static void main(String[] folder) throws IOException {
        final Path file = write(Path.of(folder[0]));
        final PipedInputStream said = new PipedInputStream();
        final PrintStream told = new PrintStream(new PipedOutputStream(said), true, StandardCharsets.UTF_8);
        final Thread appliance = new Thread(() -> Tandem.run(console(file, told), "run", file.toString()), "run");
        appliance.setDaemon(true);
        appliance.start();
        final String ready = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8)).readLine();
        if (!"ready".equals(ready)) {
            System.exit(1);
        }
        final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        VERBS.forEach(line -> Tandem.run(console(file, nowhere), line.split(" ")));
        System.exit(0);
    }

    private static Console console(Path file, PrintStream out) {
        return new Console(out, System.err, null, file.getParent(), Map.of());
    }

    private static Path write(Path folder) throws IOException {
        final Path secret = Files.writeString(folder.resolve("a.secret"), "sesame\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(folder.resolve("tandem.yaml"), """
                site: test
                data: data
                acds:
                  - name: acd1
                    profile: asterisk-ami
                    legs:
                      - { connect: "127.0.0.1:1", bind: "127.0.0.2", user: tandem, secret-file: a.secret }
                      - { connect: "127.0.0.1:1", bind: "127.0.0.3", user: tandem, secret-file: a.secret }
                servers:
                  - name: east
                    profile: generic
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: east, secret-file: a.secret } }
                    probes: [ { name: app, tcp: "127.0.0.1:1", every: 100ms, timeout: 50ms } ]
                  - name: west
                    profile: generic
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: west, secret-file: a.secret } }
                    probes: [ { name: app, tcp: "127.0.0.1:1", every: 100ms, timeout: 50ms } ]
                switches:
                  - name: trunks
                    profile: dataprobe-k16
                    tcp: "127.0.0.1:1"
                    secret-file: a.secret
                    confirmed: "2026-11-21 jd"
                    cards: [1, 2]
                    positions: { A: east, B: west }
                switchover: { mode: manual, initial: east }
                """.formatted(FreePort.next(), FreePort.next()));
    }
}
