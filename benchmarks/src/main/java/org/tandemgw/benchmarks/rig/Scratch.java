package org.tandemgw.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A folder for one run that goes away with it, also where the run is interrupted. */
public final class Scratch implements AutoCloseable {
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_NS = 100_000_000;

    private final Path folder;
    private final Thread atTheEnd;

    /** Makes one. */
    public Scratch() throws IOException {
        folder = Files.createTempDirectory("tandem-bench-");
        atTheEnd = new Thread(() -> delete(folder));
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** A file in it. */
    public Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    /** A file in it that nobody else may read. */
    public Path secret(String name, String text) throws IOException {
        return Files.setPosixFilePermissions(write(name, text + "\n"), PosixFilePermissions.fromString("rw-------"));
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** A folder with all that is in it; nothing if it is not there. Whoever is just ending may still write to it: then what is left is tried again. */
    public static void delete(Path folder) {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (final Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException | UncheckedIOException e) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        if (Files.exists(folder)) {
            System.out.println("bench: " + folder + " could not be deleted");
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
        delete(folder);
    }
}
