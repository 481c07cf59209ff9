package org.tandemgw.gateway.action;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.time.Clock;

/**
 * Runs one program and waits for its end, on the caller's thread: no arguments, nothing to read, a small environment, and a session of its own,
 * so that everything it starts can be found again and killed when the time is over. What a program leaves running when it ends in time is left alone, but
 * loses the output that it inherited.
 */
public final class ProgramRun {
    private static final long LOOK_MS = 10;
    private static final long DEATH_MS = 1_000;
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private static final Path SHELL = Path.of("/bin/sh");
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "USER");

    private ProgramRun() {}

    /**
     * Runs it.
     *
     * @param program absolute path
     * @param environment beside PATH, HOME, USER, TZ and the language, all it gets
     * @param timeoutMs after which it is killed
     * @throws InterruptedException if the caller is to stop: the program has been killed
     */
    public static ProgramEnd run(String program, Map<String, String> environment, long timeoutMs, Clock clock)
            throws InterruptedException {
        return run(program, environment, timeoutMs, clock, false);
    }

    /** The same; {@code marked}: it can be told from what it leaves running, also once it has become another program ({@link LeftBehind}). */
    static ProgramEnd run(String program, Map<String, String> environment, long timeoutMs, Clock clock, boolean marked)
            throws InterruptedException {
        final Path path = Path.of(program);
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            return notStarted(
                    "there is no program " + program + " that may be run here: create it and make it executable");
        }
        final Process process;
        try {
            process = builder(path, environment, marked).start();
        } catch (IOException e) {
            return notStarted("cannot be started: " + e.getMessage());
        }
        final ProgramOutput output = new ProgramOutput();
        final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        try (InputStream in = process.getInputStream()) {
            final byte[] buffer = new byte[8_192];
            boolean over = false;
            while (!over && clock.nanoTime() - endNs < 0) {
                over = process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
                drain(in, buffer, output);
            }
            if (over || !process.isAlive()) { // also if we were too late to see it in time
                return new ProgramEnd(
                        ProgramEnd.Kind.EXITED, process.exitValue(), output.firstLines(), output.lastLine());
            }
            killAll(process);
            final String last = output.lastLine();
            return new ProgramEnd(
                    ProgramEnd.Kind.TIMED_OUT,
                    -1,
                    output.firstLines(),
                    "not over after " + timeoutMs + " ms, killed" + (last.isEmpty() ? "" : "; last it said: " + last));
        } catch (IOException e) {
            killAll(process);
            return notStarted("its output cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            killAll(process);
            throw e;
        }
    }

    private static ProcessBuilder builder(Path program, Map<String, String> environment, boolean marked) {
        final ProcessBuilder builder = new ProcessBuilder(command(program, marked))
                .directory(program.toAbsolutePath().getParent().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Nobody but the process itself knows its number before it runs: a shell notes it, and becomes the program. */
    static List<String> command(Path program, boolean marked) {
        final List<String> command = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> command.add(setsid.toString()));
        if (marked && Files.isExecutable(SHELL)) {
            command.addAll(List.of(
                    SHELL.toString(), "-c", LeftBehind.ITSELF + "=$$; export " + LeftBehind.ITSELF + "; exec \"$0\""));
        }
        command.add(program.toString());
        return command;
    }

    /** Never more than is there: whoever the program leaves behind may hold the pipe for ever. */
    private static void drain(InputStream in, byte[] buffer, ProgramOutput output) throws IOException {
        // One pipe full at most each time: a program that writes without end is slowed down, and does not keep us here.
        for (int there = in.available(), round = 0; there > 0 && round < 8; there = in.available(), round++) {
            output.take(buffer, in.read(buffer, 0, Math.min(there, buffer.length)));
        }
    }

    /** The program, its descendants, and what is in its session but no longer a descendant. */
    private static void killAll(Process process) {
        ProcessSession.kill(process.toHandle());
        final boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(DEATH_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProgramEnd notStarted(String why) {
        return new ProgramEnd(ProgramEnd.Kind.NOT_STARTED, -1, List.of(), why);
    }
}
