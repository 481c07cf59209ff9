package org.tandemgw.gateway.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The real appliance, {@code tandem run}, as a child of this process: same Java, same class path, same options. Its
 * standard error goes to {@code tandem.log} beside the configuration file; the last lines are kept to show.
 */
final class ApplianceProcess implements AutoCloseable {
    private static final String MAIN = "org.tandemgw.gateway.cli.Tandem";
    private static final int LINES = 20;
    private static final int LINE = 2_000;

    private final Process process;
    private final Path log;
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();
    private final CountDownLatch readyOrEnded = new CountDownLatch(1);
    private volatile boolean ready;
    private volatile boolean wanted = true;

    private ApplianceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        start("appliance-out", this::readOutput);
        start("appliance-log", this::readLog);
    }

    /** Starts it on this configuration file. */
    static ApplianceProcess start(Path config) throws IOException {
        final List<String> command = new ArrayList<>();
        // A Ctrl-C reaches everybody at the terminal. The appliance is to end later, when everything is drained: an
        // ignored signal stays ignored through exec, and a Java that finds it ignored leaves it so.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
        command.addAll(java());
        command.addAll(List.of(MAIN, "run", config.toString()));
        final Process process = new ProcessBuilder(command)
                .directory(config.getParent().toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        return new ApplianceProcess(process, config.resolveSibling("tandem.log"));
    }

    private static List<String> java() {
        final List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-javaagent") && !option.startsWith("-agentlib") && !option.startsWith("-Xrun")) {
                java.add(option);
            }
        }
        java.add("-cp");
        java.add(System.getProperty("java.class.path"));
        return java;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether it ended although nobody asked it to. */
    boolean died() {
        return wanted && !process.isAlive();
    }

    /** Waits for its line {@code ready}. */
    boolean awaitReady(long millis) throws InterruptedException {
        return readyOrEnded.await(millis, TimeUnit.MILLISECONDS) && ready;
    }

    boolean ready() {
        return ready;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        wanted = false;
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; its exit status, or -1 if it had to be killed. */
    int terminate(long millis) throws InterruptedException {
        wanted = false;
        process.destroy();
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return process.exitValue();
        }
        process.destroyForcibly().waitFor();
        return -1;
    }

    /** The last lines of its log. */
    List<String> lastLines() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    /** How it ended, for a person. */
    String ending() {
        return process.isAlive() ? "is running" : "ended with status " + process.exitValue();
    }

    private void readOutput() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("ready")) {
                    ready = true;
                    readyOrEnded.countDown();
                }
            }
        } catch (IOException e) {
            // The pipe of an ended process.
        }
        readyOrEnded.countDown();
    }

    private void readLog() {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
                var file = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                synchronized (lastLines) {
                    lastLines.add(line.length() > LINE ? line.substring(0, LINE) : line);
                    if (lastLines.size() > LINES) {
                        lastLines.remove();
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The pipe of an ended process, or the folder is gone: nothing more to keep.
        }
    }

    private static void start(String name, Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** SIGKILL if it still runs; returns when it has ended, so that its folder can be removed. */
    @Override
    public void close() {
        wanted = false;
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
