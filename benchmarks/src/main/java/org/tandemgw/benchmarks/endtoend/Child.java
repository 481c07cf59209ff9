package org.tandemgw.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of the rig, and the lines that it prints. */
final class Child implements AutoCloseable {
    /** A run that has not ended by then hangs. */
    private static final List<String> LIMIT = List.of("timeout", "300");

    private final Process process;
    private final BufferedReader lines;

    Child(Class<?> main, String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(LIMIT);
        command.addAll(java());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader();
    }

    /** This Java, with the options of the product and the class path of this process. */
    static List<String> java() {
        final String options = Path.of(System.getProperty("tandem.root", "."), ".mvn", "tandem-jvm.options")
                .toString();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + options,
                "-cp",
                System.getProperty("java.class.path"));
    }

    /** The next line that begins like this. */
    String line(String begin) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(begin)) {
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

    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
