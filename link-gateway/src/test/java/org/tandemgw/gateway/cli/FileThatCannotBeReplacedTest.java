package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that the system does not let anybody replace: in words, and nothing is left beside it. */
class FileThatCannotBeReplacedTest {
    @TempDir
    Path folder;

    @Test
    void shouldBeSaidWithoutNamesOfClassesAndLeaveNoDraft() throws IOException {
        final Path config = folder.resolve("tandem.yaml");
        Files.writeString(config, "site: x\n");
        final FileInPlace file = new FileInPlace(config);
        final Path draft = file.draft("site: y\n");
        // A folder that is not empty takes its place: no rename goes over it, not even root's.
        Files.delete(config);
        Files.createDirectories(config.resolve("inside"));
        final IOException refused = assertThrows(IOException.class, () -> file.take(draft));
        final String said = FileInPlace.words(refused);
        assertTrue(said.contains("tandem.yaml cannot be replaced: "), said);
        assertTrue(!said.contains("Exception") && !said.contains("->"), said);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(config), left.toList());
        }
    }
}
