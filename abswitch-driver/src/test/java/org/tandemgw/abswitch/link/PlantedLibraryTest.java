package org.tandemgw.abswitch.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with an account on the machine has prepared the temporary directory for the day on which a serial line is opened. */
@Timeout(600)
class PlantedLibraryTest {
    private static final String VERSION = "2.11.4";

    @TempDir
    private Path folder;

    private Path temporary;
    private Path victim;
    private Path planted;

    /** Runs in a process of its own: initialises the serial driver and prints which files of that name are mapped. */
    static final class Loader {
        private Loader() {}

        /** With a directory: our way. Without: the library's own. */
        public static void main(String... args) throws IOException {
            if (args.length > 0) {
                SerialLibrary.load(Path.of(args[0]));
            } else {
                SerialPort.getVersion();
            }
            Files.readAllLines(Path.of("/proc/self/maps")).stream()
                    .filter(line -> line.endsWith("libjSerialComm.so"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .forEach(System.out::println);
        }
    }

    @BeforeEach
    void plant() throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "plants a library for x86_64");
        temporary = Files.createDirectory(folder.resolve("tmp"));
        planted = Files.createDirectories(temporary.resolve("jSerialComm").resolve(VERSION))
                .resolve("libjSerialComm.so");
        try (InputStream library = SerialPort.class.getResourceAsStream("/Linux/x86_64/libjSerialComm.so")) {
            Files.copy(library, planted);
        }
        victim = Files.createDirectory(folder.resolve("victim"));
        Files.writeString(victim.resolve("journal"), "dear");
        Files.createSymbolicLink(temporary.resolve("jSerialComm").resolve("link"), victim);
    }

    @Test
    void shouldLoadOnlyWhatItUnpackedItself() throws IOException, InterruptedException {
        final Path ours = folder.resolve("native");
        assertEquals(
                List.of(folder.toRealPath()
                        .resolve("native/Linux/x86_64/libjSerialComm.so")
                        .toString()),
                load(ours.toString()));
        assertTrue(Files.exists(victim.resolve("journal")), "nothing is deleted through a link");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ours)));
    }

    @Test
    void shouldBeInDangerWithoutThat() throws IOException, InterruptedException {
        assertEquals(List.of(planted.toRealPath().toString()), load(), "or the test above proves nothing");
        assertFalse(Files.exists(victim.resolve("journal")), "or the test above proves nothing");
    }

    @Test
    void shouldRefuseADirectoryThatOthersCanWrite() throws IOException {
        final Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        final Path linked = Files.createSymbolicLink(folder.resolve("linked"), victim);
        final Path below = Files.createDirectory(open.resolve("below"));
        for (final Path each : List.of(open, linked, below)) {
            final String why = assertThrows(IOException.class, () -> SerialLibrary.check(each))
                    .getMessage();
            assertTrue(why.startsWith(each + " is to hold the native part"), why);
        }
    }

    private List<String> load(String... directory) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + Files.createDirectories(folder.resolve("home")),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Loader.class.getName()));
        command.addAll(List.of(directory));
        final Process java = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String out = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor());
        return out.lines().collect(Collectors.toList());
    }
}
