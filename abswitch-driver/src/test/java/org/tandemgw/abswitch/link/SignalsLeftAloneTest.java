package org.tandemgw.abswitch.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading the library of serial lines changes nothing in how the process, and what it starts, takes signals. */
@Timeout(600)
class SignalsLeftAloneTest {
    @TempDir
    private Path folder;

    /** Runs in a process of its own: prints what it ignores, before and after the library is there, and what a child of it does. */
    static final class Loader {
        private Loader() {}

        /** With a directory: our way. Without: the library's own. */
        public static void main(String... args) throws IOException {
            System.out.println(ignored());
            if (args.length > 0) {
                SerialLibrary.load(Path.of(args[0]));
            } else {
                SerialPort.getVersion();
            }
            System.out.println(ignored());
            new ProcessBuilder("grep", "^SigIgn", "/proc/self/status")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .onExit()
                    .join();
        }

        private static String ignored() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("SigIgn"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void shouldIgnoreNoSignalMoreThanBefore() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "as PlantedLibraryTest");
        final List<String> said = load(folder.resolve("native").toString());
        assertEquals(List.of(said.get(0), said.get(0), said.get(0)), said);
    }

    @Test
    void shouldIgnoreSomeWithoutThat() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "as PlantedLibraryTest");
        final List<String> said = load();
        assertNotEquals(said.get(0), said.get(1), "or this class is not needed any more");
        assertEquals(said.get(1), said.get(2), "and so does what it starts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "armv8_64", "armv7hf", "ppc64le"})
    void shouldFindThePlaceOnEveryMachine(String machine) throws IOException {
        final byte[] library = shipped(machine);
        final int length = library.length;
        SignalsLeftAlone.by(library);
        assertEquals(length, library.length);
        final String text = new String(library, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("sigaction"));
        final String why = assertThrows(IOException.class, () -> SignalsLeftAlone.by(library))
                .getMessage();
        assertEquals("the native part of the serial driver is not the one that Tandem ships with", why);
    }

    /** The signals that programs use; those above are between Java and its C library. */
    private static String below32(String line) {
        return Long.toHexString(Long.parseLong(line.replaceAll(".*\\s", ""), 16) & 0x7FFF_FFFFL);
    }

    private static byte[] shipped(String machine) throws IOException {
        try (InputStream library = SerialPort.class.getResourceAsStream("/Linux/" + machine + "/libjSerialComm.so")) {
            return library.readAllBytes();
        }
    }

    private List<String> load(String... directory) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
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
        return out.lines().map(SignalsLeftAloneTest::below32).toList();
    }
}
