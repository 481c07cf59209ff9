package org.tandemgw.gateway.controlfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.journal.ChildJvm;

/** A real process is killed at each system call that writes the control file, and meets a disk that fails. */
@Timeout(600)
class KilledControlFileTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({"pwrite64,1", "pwrite64,2", "pwrite64,3", "pwrite64,4", "fdatasync,1", "fdatasync,2", "fdatasync,3"})
    void shouldHaveTheLastStateThatWasWrittenOrTheOneUnderWay(String call, int when) throws Exception {
        ControlFile.open(data, ControlFile.read(data)).close();
        final String said = run(call + ":signal=SIGKILL:when=" + when);
        final long reported = said.isEmpty() ? 0 : said.lines().count();
        assertEquals(when - 1, reported, said);
        final ControlFile.Found found = ControlFile.read(data);
        if (found.condition() == ControlFile.Condition.ABSENT) {
            assertEquals(0, reported);
        } else {
            final long synced = found.state().acd("acd1").synced();
            assertTrue(synced == reported || synced == reported + 1, synced + " after " + reported);
        }
        try (ControlFile file = ControlFile.open(data, found)) {
            file.write(ControlFileTest.state(77));
        }
        assertEquals(ControlFileTest.state(77), ControlFile.read(data).state());
    }

    @ParameterizedTest
    @CsvSource({"pwrite64,2", "fdatasync,2", "pwrite64,3", "fdatasync,3"})
    void shouldTryTheSameSlotAgainAfterAnError(String call, int when) throws Exception {
        ControlFile.open(data, ControlFile.read(data)).close();
        final List<String> said = run(call + ":error=EIO:when=" + when).lines().toList();
        assertEquals(
                Stream.of("1", "2", "3", "4", "5").toList(),
                said.stream().filter(s -> s.length() == 1).toList());
        assertEquals(1, said.stream().filter(s -> s.startsWith("failed")).count(), said.toString());
        assertEquals(5, ControlFile.read(data).state().acd("acd1").synced());
        assertEquals(5, ControlFile.read(data).counter());
    }

    private String run(String inject) throws IOException, InterruptedException {
        Assumptions.assumeTrue(ChildJvm.canRun("strace", "true"), "strace is missing");
        final Path control = data.toRealPath().resolve(ControlFile.NAME);
        final Process child = ChildJvm.of(
                        List.of(
                                "strace",
                                "-f",
                                "-qq",
                                "-o",
                                data.resolve("trace").toString(),
                                "-P",
                                control.toString(),
                                "-e",
                                "trace=pwrite64,fdatasync",
                                "-e",
                                "inject=" + inject),
                        Writer.class,
                        data.toRealPath().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        assertTrue(Files.size(data.resolve("trace")) > 0, "the calls were seen");
        return said;
    }

    /** Writes the states 1 to 5 and says each number once it is durable; tries again after an error. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            final Path data = Path.of(args[0]);
            try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
                for (int n = 1; n <= 5; n++) {
                    try {
                        file.write(ControlFileTest.state(n));
                    } catch (IOException e) {
                        System.out.println("failed " + e.getMessage());
                        file.write(ControlFileTest.state(n));
                    }
                    System.out.println(n);
                    System.out.flush();
                }
            }
        }
    }
}
