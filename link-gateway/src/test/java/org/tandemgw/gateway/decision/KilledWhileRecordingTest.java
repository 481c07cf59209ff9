package org.tandemgw.gateway.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.journal.ChildJvm;

/** A real process is killed at each system call that makes a record. */
@Timeout(600)
class KilledWhileRecordingTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({"write,1", "write,2", "rename,1", "rename,2"})
    void shouldHaveTheRecordAsItWasOrAsItIs(String call, int when) throws Exception {
        Assumptions.assumeTrue(ChildJvm.canRun("strace", "true"), "strace is missing");
        final Path folder = Files.createDirectories(data.toRealPath().resolve(DecisionLog.FOLDER));
        final Process child = ChildJvm.of(
                        List.of(
                                "strace",
                                "-f",
                                "-qq",
                                "-o",
                                data.resolve("trace").toString(),
                                "-P",
                                folder.resolve("000001.json.new").toString(),
                                "-e",
                                "trace=write,rename",
                                "-e",
                                "inject=" + call + ":signal=SIGKILL:when=" + when),
                        Writer.class,
                        data.toRealPath().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();

        assertTrue(Files.size(data.resolve("trace")) > 0, "the calls were seen");
        assertEquals(when - 1, said.lines().count(), said);
        final DecisionLog log = new DecisionLog(data);
        final DecisionLog.Found found = log.newest(10);
        assertEquals(List.of(), found.damaged());
        if (when == 2) {
            final DecisionRecord record = found.records().get(0);
            assertTrue(
                    record.decision().equals(Decisions.opened(1))
                            || record.decision().equals(Decisions.switched(1)),
                    record::toString);
        }
        new Recorder(data, Decisions.rules(), "1.0.0").close();
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".new")), "what was half written is gone");
        }
    }

    /** A decision begins and ends; says so after each. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            final DecisionLog log = new DecisionLog(Path.of(args[0]));
            log.write(Decisions.record(Decisions.opened(1)));
            System.out.println("opened");
            System.out.flush();
            log.write(Decisions.record(Decisions.switched(1)));
            System.out.println("closed");
            System.out.flush();
        }
    }
}
