package org.tandemgw.gateway.probe;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.SystemClock;

/** A site of which only the looking runs, with everything it saw. */
final class ProbedSite implements AutoCloseable, LookListener {
    /**
     * One look.
     *
     * @param target {@code east/app}, or an address of the network
     */
    record Seen(String target, boolean second, Look look) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Probes probes;

    /**
     * Starts to look.
     *
     * @param probes of the server east, each in the braces of the configuration file
     */
    ProbedSite(Path folder, String... probes) throws IOException {
        this(configuration(folder, List.of(), probes), (server, acd) -> null, new SystemClock());
    }

    ProbedSite(SiteConfiguration site, FeedFacts feeds, Clock clock) {
        this.probes = new Probes(site, feeds, clock, new Random(), this);
        this.probes.start();
    }

    /** Reads a file made of these. */
    static SiteConfiguration configuration(Path folder, List<String> more, String... probes) throws IOException {
        final ConfigurationFile.Result result = ConfigurationFile.read(file(folder, more, probes));
        return result.configuration()
                .orElseThrow(() -> new IOException(result.problems().toString()));
    }

    /** Writes that file. */
    static Path file(Path folder, List<String> more, String... probes) throws IOException {
        for (final String secret : List.of("east.secret", "community.secret")) {
            final Path file =
                    Files.writeString(folder.resolve(secret), secret.startsWith("east") ? "sesame" : "private");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        final List<String> lines = new ArrayList<>(List.of(
                "data: data",
                "acds:",
                "  - name: acd1",
                "    profile: opaque-line",
                "    legs: [ { connect: \"127.0.0.1:1\" }, { connect: \"127.0.0.1:2\" } ]",
                "servers:",
                "  - name: west",
                "    feed: { soupbintcp: { listen: \"127.0.0.1:7002\", user: west, secret-file: east.secret } }",
                "  - name: east",
                "    feed: { soupbintcp: { listen: \"127.0.0.1:7001\", user: east, secret-file: east.secret } }",
                "    probes:"));
        for (final String probe : probes) {
            lines.add("      - " + probe);
        }
        lines.addAll(more);
        return Files.write(folder.resolve("tandem.yaml"), lines);
    }

    @Override
    public void looked(String server, String probe, boolean secondPath, Look look) {
        seen.add(new Seen(server + "/" + probe, secondPath, look));
    }

    @Override
    public void networkLooked(String target, Look look) {
        seen.add(new Seen(target, false, look));
    }

    List<Seen> seen() {
        return seen;
    }

    /** What a probe of east has seen. */
    List<Seen> by(String probe) {
        return seen.stream().filter(each -> each.target.equals("east/" + probe)).toList();
    }

    /** Looks without waiting for the rhythm until there were so many looks. */
    void lookUntil(String probe, int looks) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            probes.lookNow(List.of("east/" + probe));
            return by(probe).size() >= looks;
        });
    }

    Probes probes() {
        return probes;
    }

    /** The first look at a probe of east, or the first such one. */
    Look first(String probe, Predicate<Look> such) {
        return await().pollInterval(Duration.ofMillis(5))
                .until(
                        () -> seen.stream()
                                .filter(each -> each.target.equals("east/" + probe) && such.test(each.look))
                                .map(Seen::look)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The first look that was one at all: a machine that is busy may be late once. */
    Look first(String probe) {
        return first(probe, look -> look.sight() != Sight.NOT_ASKED);
    }

    /** Forgets what was seen. */
    void forget() {
        seen.clear();
    }

    @Override
    public void close() {
        probes.close();
    }
}
