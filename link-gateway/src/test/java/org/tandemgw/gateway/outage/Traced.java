package org.tandemgw.gateway.outage;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that was started by another one ({@code strace}), and is frozen, thawed and killed itself. Frozen by a control
 * group: a signal would not do, for {@code strace} loses its delays over stops by signals.
 */
public final class Traced implements AutoCloseable {
    private final Process starter;
    private final ProcessHandle program;
    private final Path group;

    /** Waits until the starter has started it. Needs root. */
    public Traced(Process starter) throws IOException {
        this.starter = starter;
        await().until(() -> !starter.isAlive() || starter.children().findAny().isPresent());
        this.program = starter.children().findAny().orElseThrow(() -> new IOException("it did not start"));
        this.group = groups().resolve("tandem-test-" + program.pid());
        Files.createDirectory(group);
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(program.pid()));
    }

    /** Whether programs can be frozen here; an error where they cannot and everything has to run. */
    public static boolean canFreeze() {
        final boolean can = Files.isWritable(groups().resolve("cgroup.procs"));
        if (!can && "all".equals(System.getenv("TANDEM_TESTS"))) {
            throw new AssertionError("no control group can be made in " + groups() + ", and TANDEM_TESTS=all");
        }
        return can;
    }

    /** Returns once no thread of it runs any more, so that its files stay as they are. */
    public void freeze() throws IOException {
        Files.writeString(group.resolve("cgroup.freeze"), "1");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Files.readString(group.resolve("cgroup.events")).contains("frozen 1"));
    }

    /** It goes on. */
    public void thaw() throws IOException {
        Files.writeString(group.resolve("cgroup.freeze"), "0");
    }

    /** SIGKILL, and waits for the end of both. */
    public void kill() throws InterruptedException {
        kill(starter);
    }

    /** SIGKILL for what {@code starter} has started, or for itself if it has started nothing; waits for the end. */
    public static void kill(Process starter) throws InterruptedException {
        // strace dies with its program; if it died first, the program would go on.
        try (Stream<ProcessHandle> programs = starter.children()) {
            if (programs.filter(ProcessHandle::destroyForcibly).count() == 0
                    || !starter.waitFor(60, TimeUnit.SECONDS)) {
                starter.destroyForcibly().waitFor();
            }
        }
    }

    @Override
    public void close() throws IOException {
        thaw();
        program.destroyForcibly();
        starter.destroyForcibly();
        await().ignoreExceptions().until(() -> Files.deleteIfExists(group));
    }

    private static Path groups() {
        final Path all = Path.of("/sys/fs/cgroup");
        return Files.exists(all.resolve("cgroup.procs")) ? all : all.resolve("unified");
    }
}
