package org.tandemgw.benchmarks.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of a rig, and the lines that it prints. */
public final class Child implements AutoCloseable {
    /** A run that has not ended by then hangs. */
    private static final List<String> LIMIT = List.of("timeout", "1800");

    private static final int PATIENCE_S = 20;
    /** The clock ticks of /proc, a second; the same on every Linux. */
    private static final double TICKS = 100;

    private final Process process;
    private final BufferedReader lines;

    /** A Java process with the options of the product and the class path of this one. */
    public Child(Class<?> main, String... arguments) throws IOException {
        this(List.of(), main, arguments);
    }

    /** The same with options beside. */
    public Child(List<String> options, Class<?> main, String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(LIMIT);
        command.addAll(java());
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader();
    }

    /** Any program; what it says on standard error goes into a file. */
    public Child(Path errors, List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        lines = process.inputReader();
    }

    /** This Java, with the options of the product and the class path of this process. */
    public static List<String> java() {
        final List<String> command = new ArrayList<>(javaAlone());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** This Java, with the options of the product. */
    public static List<String> javaAlone() {
        final Path options = Path.of(System.getProperty("tandem.root", "."), ".mvn");
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + options.resolve("tandem-jvm.options")));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + options.resolve("tandem-jvm-24.options"));
        }
        return command;
    }

    /** The next line that begins like this. */
    public String line(String begin) throws IOException {
        return line(begin, begin);
    }

    /** The next line that begins like one of these. */
    public String line(String begin, String otherBegin) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(begin) && !line.startsWith(otherBegin)) {
            if (line.startsWith("lost") || line.startsWith("leg lost")) {
                throw new IOException(line);
            }
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the process ended without saying \"" + begin + "\"");
        }
        return line;
    }

    /** Waits for a line that has this in it. */
    public void lineWith(String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the process ended without saying \"" + part + "\"");
        }
    }

    /** Waits until it has ended by itself. */
    public void untilItEnds() throws IOException {
        String line = lines.readLine();
        while (line != null) {
            line = lines.readLine();
        }
    }

    /** Sends an empty line. */
    public void go() throws IOException {
        say("");
    }

    /** Sends a line. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** The processor time that a process has had so far. */
    public static double cpuSeconds(long pid) throws IOException {
        final String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /** Asks it to end, waits, and says how it ended. */
    public int end() {
        process.destroy(); // the limit hands it on
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        end();
    }
}
