package org.tandemgw.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An earlier version made files that everybody could read. */
class UpgradedFolderTest {
    @TempDir
    Path data;

    @Test
    void shouldTakeFromOthersWhatIsForOwnerAndGroup() throws IOException {
        final Path decisions = Files.createDirectory(data.resolve("decisions"));
        mode(decisions, "rwxr-xr-x");
        file("decisions/000001.json", "rw-r--r--");
        file("audit.jsonl", "rw-rw-rw-");
        file("audit-2026-01-01T00-00-00Z.jsonl", "rw-r--r--");
        file("alarms.jsonl", "rw-r--r--");
        file("tandem.log", "rw-r--r--");

        OthersOut.of(data);

        assertEquals("rwxr-x---", mode("decisions"));
        assertEquals("rw-r-----", mode("decisions/000001.json"));
        assertEquals("rw-rw----", mode("audit.jsonl"), "the group's rights are the site's own");
        assertEquals("rw-r-----", mode("audit-2026-01-01T00-00-00Z.jsonl"));
        assertEquals("rw-r-----", mode("alarms.jsonl"));
        assertEquals("rw-r--r--", mode("tandem.log"), "not one of ours");
    }

    @Test
    void shouldGiveNothingAndFollowNoLink() throws IOException {
        file("elsewhere", "rw-r--r--");
        Files.createSymbolicLink(data.resolve("alarms.jsonl"), data.resolve("elsewhere"));
        file("audit.jsonl", "rw-------");

        OthersOut.of(data);
        OthersOut.of(data.resolve("nowhere"));

        assertEquals("rw-r--r--", mode("elsewhere"));
        assertEquals("rw-------", mode("audit.jsonl"));
    }

    private void file(String name, String mode) throws IOException {
        mode(Files.createFile(data.resolve(name)), mode);
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name)));
    }
}
