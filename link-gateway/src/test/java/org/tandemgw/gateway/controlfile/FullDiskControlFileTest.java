package org.tandemgw.gateway.controlfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;

/** Not a byte is free, and the control file is written all the same. */
@Timeout(600)
class FullDiskControlFileTest {
    @TempDir
    Path mount;

    @TempDir
    Path beside;

    @Test
    void shouldBeWrittenOnAFullTmpfs() throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()),
                "needs root to mount a tmpfs");
        writeOnAFullDisk();
    }

    @Test
    void shouldBeWrittenOnAFullDisk() throws Exception {
        final Path image = beside.resolve("disk");
        try (OutputStream out = Files.newOutputStream(image)) {
            out.write(new byte[8 << 20]);
        }
        Assumptions.assumeTrue(
                ChildJvm.canRun("mkfs.ext4", "-q", "-F", image.toString())
                        && ChildJvm.canRun("mount", "-o", "loop", image.toString(), mount.toString()),
                "needs root and a loop device");
        writeOnAFullDisk();
    }

    private void writeOnAFullDisk() throws Exception {
        try {
            try (ControlFile file = ControlFile.open(mount, ControlFile.read(mount))) {
                fill();
                assertThrows(IOException.class, () -> Files.write(mount.resolve("more"), new byte[100_000]));
                for (int n = 1; n <= 50; n++) {
                    file.write(ControlFileTest.state(n));
                }
            }
            try (ControlFile file = ControlFile.open(mount, ControlFile.read(mount))) {
                file.write(ControlFileTest.state(51));
            }
            assertEquals(ControlFileTest.state(51), ControlFile.read(mount).state());
        } finally {
            assertTrue(ChildJvm.canRun("umount", "-l", mount.toString()));
        }
    }

    private void fill() throws IOException {
        for (int size = 1 << 16; size > 0; size /= 2) {
            try (OutputStream out = Files.newOutputStream(mount.resolve("ballast-" + size))) {
                while (true) {
                    out.write(new byte[size]);
                }
            } catch (IOException full) {
                assertTrue(full.getMessage().contains("No space left"), full.toString());
            }
        }
    }
}
