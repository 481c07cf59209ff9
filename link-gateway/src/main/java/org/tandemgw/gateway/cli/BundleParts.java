package org.tandemgw.gateway.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.DrillLog;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.support.BundleFile;
import org.tandemgw.gateway.support.MachineFacts;
import org.tandemgw.gateway.support.SharedConfiguration;

/** What goes into a support bundle. Each part by itself: what cannot be had is named, and the others are there all the same. */
final class BundleParts {
    private static final int MOST_OF_A_FILE = 4 << 20;
    private static final int MOST_DECISIONS = 200;
    private static final long MOST_OF_DECISIONS = 24L << 20;
    private static final int MOST_DRILLS = 20;
    private static final int MOST_LISTED = 5_000;
    private static final int LOG_LINES = 20_000;
    private static final long VERB_LIMIT_MS = 20_000;

    private final Console console;
    private final Path config;
    private final BundleFile bundle;

    BundleParts(Console console, Path config, BundleFile bundle) {
        this.console = console;
        this.config = config;
        this.bundle = bundle;
    }

    void configuration(SharedConfiguration shared, List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            bundle.miss("configuration.yaml", "it cannot be read as YAML");
        } else {
            bundle.add("configuration.yaml", "the configuration, without secrets and comments", lines);
        }
        bundle.add("configuration-problems.txt", "what check says of it, without values", shared.problems());
        for (final Path profile : SharedConfiguration.profiles(orNull(() -> SiteFolder.profiles(config)))) {
            bundle.add(
                    "profiles/" + profile.getFileName(),
                    "a profile of the site, without what is sent and expected",
                    SharedConfiguration.profile(profile));
        }
    }

    void everything(List<Path> logs, String unit, boolean verify) throws IOException {
        versions();
        final long pid = running();
        verb("profiles.txt", "the hardware profiles", "profiles");
        verb("decisions.txt", "the newest decisions", "why", "--list");
        verb("audit-verify.txt", "is the audit file as it was written?", "audit", "verify");
        verb("journals.txt", "journals and generations", "journal", "ls");
        if (verify) {
            verb("journal-verify.txt", "are the journals sound?", "journal", "verify");
        }
        final Path data = orNull(() -> SiteFolder.data(config));
        if (data == null || !Files.isDirectory(data)) {
            bundle.miss("the data folder", data == null ? "the configuration does not name it" : "there is no " + data);
        } else {
            data(data);
        }
        bundle.add(
                "machine.txt",
                "what the kernel says of machine, disk, addresses" + (pid > 0 ? " and process" : ""),
                MachineFacts.of(data == null ? Path.of("/") : data, pid));
        for (int i = 0; i < logs.size(); i++) {
            file(logs.get(i), "log-" + (i + 1) + ".txt", "the end of " + logs.get(i));
        }
        systemdLog(unit);
    }

    private void versions() throws IOException {
        bundle.add(
                "versions.txt",
                "versions of what made this bundle",
                List.of(
                        "tandem " + Version.current(),
                        "java " + System.getProperty("java.runtime.version") + ", "
                                + System.getProperty("java.vm.vendor"),
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                + System.getProperty("os.arch"),
                        "user " + System.getProperty("user.name")));
    }

    /** What the running appliance says; its process, or 0 if it does not answer. */
    private long running() throws IOException {
        final RunningSite site;
        try {
            site = new RunningSite(config);
            bundle.add("status.json", "the site as it is now", site.get("/v1/status"));
        } catch (Refusal e) {
            bundle.miss("what only a running Tandem can say", e.getMessage());
            return 0;
        }
        verb("status.txt", "the same for people", "status");
        verb("why-not.txt", "what keeps the site from switching by itself", "why-not");
        verb("trunks.json", "the trunk switches", "trunks", "show", "--json");
        asked(site, "/v1/alarms/history", "alarms.json", "the alarms, the newest first");
        asked(site, "/v1/process", "process.json", "memory, options, collections of the running Java");
        threads(site);
        log(site);
        return orNull(() -> site.status().pid()) == null ? 0 : site.status().pid();
    }

    private void asked(RunningSite site, String path, String name, String what) throws IOException {
        try {
            bundle.add(name, what, site.get(path) + "\n");
        } catch (Refusal e) {
            bundle.miss(name, e.getMessage());
        }
    }

    private record ThreadNow(String name, String state, String waitsFor, long cpuMs, List<String> stack) {}

    private void threads(RunningSite site) throws IOException {
        final List<String> lines = new ArrayList<>();
        try {
            for (final ThreadNow thread : site.records(ThreadNow.class, "/v1/threads")) {
                lines.add("\"" + thread.name() + "\" " + thread.state() + ", cpu " + thread.cpuMs() + " ms"
                        + (thread.waitsFor() == null ? "" : ", waits for " + thread.waitsFor()));
                thread.stack().forEach(frame -> lines.add("    " + frame));
            }
            bundle.add("threads.txt", "what each thread does at this moment", lines);
        } catch (Refusal e) {
            bundle.miss("threads.txt", e.getMessage());
        }
    }

    private record LogLine(String line) {}

    private void log(RunningSite site) throws IOException {
        try {
            final List<String> lines = site.records(LogLine.class, "/v1/log").stream()
                    .map(LogLine::line)
                    .toList();
            bundle.add("log.txt", "log of this run: its first lines and the newest", lines);
        } catch (Refusal e) {
            bundle.miss("log.txt", e.getMessage());
        }
    }

    private void data(Path data) throws IOException {
        listing(data);
        file(data.resolve("alarms.jsonl"), "alarms.jsonl", "the end of the alarm file");
        if (Files.exists(data.resolve("holds"))) {
            file(data.resolve("holds"), "holds", "what operators have taken out");
        }
        file(data.resolve(AuditFile.NAME), "audit.jsonl", "the end of the audit file");
        file(data.resolve("audit.seal"), "audit.seal", "how far the audit file was when it was last synced");
        try {
            bundle.add("control.json", "the control file", JsonRecords.write(ControlFile.read(data)) + "\n");
        } catch (IOException e) {
            bundle.miss("control.json", e.getMessage());
        }
        decisions(data);
        drills(data);
        final Path reversal = data.resolve(ReversalNote.NAME);
        if (Files.exists(reversal)) {
            file(reversal, ReversalNote.NAME, "an exchange of roles that is not over");
        }
    }

    private void listing(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data, 5)) {
            bundle.add(
                    "data-folder.txt",
                    "names, sizes and times of what is in " + data,
                    files.limit(MOST_LISTED).map(file -> line(data, file)).toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            bundle.miss("data-folder.txt", "you may not look into all of " + data);
        }
    }

    private static String line(Path data, Path file) {
        try {
            final var attributes = Files.readAttributes(
                    file, java.nio.file.attribute.PosixFileAttributes.class, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            return String.format(
                    "%s %-10s %14d %s %s",
                    java.nio.file.attribute.PosixFilePermissions.toString(attributes.permissions()),
                    attributes.owner().getName(),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant(),
                    data.relativize(file));
        } catch (IOException e) {
            return data.relativize(file) + " (gone meanwhile, or not for you)";
        }
    }

    private void decisions(Path data) throws IOException {
        final DecisionLog log = new DecisionLog(data);
        final List<Long> numbers = new ArrayList<>(log.numbers());
        Collections.reverse(numbers);
        long bytes = 0;
        for (final long number : numbers.stream().limit(MOST_DECISIONS).toList()) {
            final Path file = log.file(number);
            try {
                bytes += Files.size(file);
                if (bytes > MOST_OF_DECISIONS) {
                    bundle.miss("decisions before " + number, "there is no room for more");
                    return;
                }
                bundle.add(
                        "decisions/" + file.getFileName(), "the record of decision " + number, Files.readString(file));
            } catch (IOException e) {
                bundle.miss("decisions/" + file.getFileName(), "it cannot be read");
            }
        }
    }

    private void drills(Path data) throws IOException {
        final DrillLog log = new DrillLog(data);
        final List<Long> numbers = log.numbers();
        for (final long number : numbers.subList(Math.max(0, numbers.size() - MOST_DRILLS), numbers.size())) {
            final Path file = log.file(number);
            file(file, "drills/" + file.getFileName(), "the report of drill " + number);
        }
    }

    /** The end of a file, from the beginning of a line. */
    private void file(Path file, String name, String what) throws IOException {
        if (!Files.exists(file)) {
            bundle.miss(name, "there is no " + file);
            return;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            final long from = Math.max(0, channel.size() - MOST_OF_A_FILE);
            final ByteBuffer end = ByteBuffer.allocate((int) Math.min(MOST_OF_A_FILE, channel.size() - from));
            while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {
                continue;
            }
            final String text = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
            bundle.add(name, what, from == 0 ? text : text.substring(text.indexOf('\n') + 1));
        } catch (IOException e) {
            bundle.miss(name, "you may not read " + file);
        }
    }

    private void systemdLog(String unit) throws IOException {
        final Path journalctl = Path.of("/usr/bin/journalctl");
        if (!Files.isExecutable(journalctl)) {
            return;
        }
        final Path out = Files.createTempFile("tandem-log-", ".txt");
        try {
            final Process process = new ProcessBuilder(
                            journalctl.toString(),
                            "--no-pager",
                            "--quiet",
                            "-o",
                            "short-iso-precise",
                            "-n",
                            Integer.toString(LOG_LINES),
                            "-u",
                            unit)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(VERB_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            if (Files.size(out) > 0) {
                file(out, "log-systemd.txt", "what systemd has of the unit " + unit);
            } else {
                bundle.miss("log-systemd.txt", "systemd has nothing of the unit " + unit + " that you may read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /** What a verb prints; as far as it gets within the limit. */
    private void verb(String name, String what, String... words) throws IOException {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        final Console captured = new Console(out, out, null, console.folder(), Map.of());
        final List<String> line = new ArrayList<>(List.of("-c", config.toString()));
        line.addAll(List.of(words));
        final Thread thread = new Thread(() -> Tandem.run(captured, line.toArray(String[]::new)), "bundle-" + words[0]);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(VERB_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            out.println("(not finished within " + VERB_LIMIT_MS / 1_000 + " s: tandem " + String.join(" ", words)
                    + " says it all)");
        }
        bundle.add(name, what, printed.toString(StandardCharsets.UTF_8));
    }

    private static <T> T orNull(java.util.function.Supplier<T> asked) {
        try {
            return asked.get();
        } catch (Refusal e) {
            return null;
        }
    }
}
