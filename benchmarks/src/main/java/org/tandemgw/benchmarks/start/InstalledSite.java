package org.tandemgw.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.tandemgw.benchmarks.rig.Child;
import org.tandemgw.benchmarks.rig.Scratch;

/**
 * A Tandem as {@code ./tandem install} lays it down, in a folder of its own and without the rest of the machine: launcher, jars, options, and the archive of the classes, made in the same way. Started
 * by its launcher, so what the shell takes is part of a start.
 */
public final class InstalledSite {
    private static final String ARCHIVE = "classes.jsa";
    private static final String MAIN = "org.tandemgw.gateway.cli.Tandem";

    private final Path folder;

    /** Lays it down in a new folder. */
    public InstalledSite(Path folder) throws IOException {
        this.folder = folder;
        final Path tree = Path.of(System.getProperty("tandem.root", ".")).toAbsolutePath();
        final Path jars = gateway(tree);
        copyJars(jars, folder.resolve("gateway"));
        copyJars(jars.resolve("lib"), folder.resolve("gateway/lib"));
        final Path options = Files.createDirectories(folder.resolve("jvm"));
        for (final String each : List.of("tandem-jvm.options", "tandem-jvm-24.options")) {
            Files.copy(tree.resolve(".mvn").resolve(each), options.resolve(each));
        }
        Files.copy(tree.resolve("tandem"), folder.resolve("tandem"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** The jars: as they were built elsewhere, as {@code ./tandem} keeps them, or as Maven has just packed them. */
    private static Path gateway(Path tree) throws IOException {
        final String built = System.getenv("TANDEM_BUILT");
        return Stream.of(
                        Path.of(built == null ? "nowhere" : built, "gateway"),
                        tree.resolve("target/apps/newest/gateway"),
                        tree.resolve("link-gateway/target"))
                .filter(each -> Files.isDirectory(each.resolve("lib")))
                .findFirst()
                .orElseThrow(() -> new IOException("no jars: start this by ./tandem bench"))
                .toRealPath();
    }

    /** Makes the archive of the classes: a run over this site, which ends as soon as it is ready, says which they are. */
    public void archive(Path site) throws IOException {
        final Path log = folder.resolve("archive.log");
        final Path list = folder.resolve("classes.list");
        final List<String> run = java("-XX:DumpLoadedClassList=" + list);
        run.addAll(List.of(MAIN, "run", site.toString()));
        try (Child life = new Child(log, run)) {
            life.line("ready");
            life.end();
        }
        // One lambda twice in the list, and Java 17 dies of it.
        Files.write(list, new LinkedHashSet<>(Files.readAllLines(list)));
        final List<String> dump = java(
                "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + folder.resolve(ARCHIVE));
        try (Child archiver = new Child(log, dump)) {
            archiver.untilItEnds();
        }
        if (!Files.exists(folder.resolve(ARCHIVE))) {
            throw new IOException("no archive: " + Files.readString(log));
        }
    }

    private List<String> java(String... options) throws IOException {
        final List<String> command = new ArrayList<>(Child.javaAlone());
        command.addAll(List.of("-Dtandem.root=" + folder, "-cp", classPath()));
        command.addAll(List.of(options));
        return command;
    }

    /** As the launcher makes it: the archive holds for exactly these, in this order. */
    private String classPath() throws IOException {
        try (Child shell = new Child(
                folder.resolve("shell.log"),
                List.of(
                        "sh",
                        "-c",
                        "path=; for jar in \"$1\"/*.jar \"$1\"/lib/*.jar; do path=$path${path:+:}$jar; done; echo \"path=$path\"",
                        "sh",
                        folder.resolve("gateway").toString()))) {
            return shell.line("path=").substring("path=".length());
        }
    }

    /** Starts; the archive is used if {@code shared}. */
    public Child run(Path site, boolean shared) throws IOException {
        final Path archive = folder.resolve(ARCHIVE);
        final Path hidden = folder.resolve(ARCHIVE + ".hidden");
        if (shared && Files.exists(hidden)) {
            Files.move(hidden, archive);
        } else if (!shared && Files.exists(archive)) {
            Files.move(archive, hidden);
        }
        return new Child(
                folder.resolve("run.log"), List.of(folder.resolve("tandem").toString(), "run", site.toString()));
    }

    /** A configuration with one ACD and two servers in a folder that has everything it needs. */
    public static Path site(Scratch scratch, String profile, int[] legs, int[] servers) throws IOException {
        scratch.secret("bench.secret", "bench");
        return scratch.write("tandem.yaml", """
                data: data
                acds: [ { name: acd1, profile: %s, legs: [ { connect: "127.0.0.1:%d" }, { connect: "127.0.0.1:%d" } ] } ]
                journal: { min-free: 64MiB, retention: 365d }
                servers:
                  - { name: east, feed: { soupbintcp: { listen: "127.0.0.1:%d", user: east, secret-file: bench.secret } } }
                  - { name: west, feed: { soupbintcp: { listen: "127.0.0.1:%d", user: west, secret-file: bench.secret } } }
                """.formatted(profile, legs[0], legs[1], servers[0], servers[1]));
    }

    private static void copyJars(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (final Path each :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
    }
}
