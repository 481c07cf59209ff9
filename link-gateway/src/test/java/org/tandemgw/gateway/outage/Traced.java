package org.tandemgw.gateway.outage;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that was started by another one ({@code strace}), and is stopped, continued and killed itself. Its starter ends
 * with it.
 */
public final class Traced implements AutoCloseable {
    private final Process starter;
    private final ProcessHandle program;
    private final Process shell;

    /** Waits until the starter has started it. */
    public Traced(Process starter) throws IOException {
        this.starter = starter;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !starter.isAlive() || starter.children().findAny().isPresent());
        this.program = starter.children().findAny().orElseThrow(() -> new IOException("it did not start"));
        this.shell =
                new ProcessBuilder("/bin/sh").start(); // Java sends no signals but two; one shell sends all of ours
    }

    /** SIGSTOP; returns once no thread of it runs any more, so that its files stay as they are. */
    public void freeze() throws IOException {
        signal("STOP");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(this::frozen);
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** SIGKILL, and waits for the end of both. */
    public void kill() throws InterruptedException {
        kill(starter);
    }

    /** SIGKILL for what {@code starter} has started, or for itself if that is all there is; waits for the end. */
    public static void kill(Process starter) throws InterruptedException {
        // strace dies with its program; if it died first, the program would go on.
        starter.children().forEach(ProcessHandle::destroyForcibly);
        if (!starter.waitFor(500, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            starter.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() {
        program.destroyForcibly();
        starter.destroyForcibly();
        shell.destroyForcibly();
    }

    private void signal(String name) throws IOException {
        final OutputStream commands = shell.getOutputStream();
        commands.write(("kill -" + name + " " + program.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        commands.flush();
    }

    private boolean frozen() throws IOException {
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(program.pid()), "task"))) {
            for (final Path thread : threads) {
                final String stat = Files.readString(thread.resolve("stat"));
                final char state = stat.charAt(stat.lastIndexOf(')') + 2);
                if (state != 'T' && state != 't') {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            return false; // a thread has ended meanwhile: look again
        }
    }
}
