package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tandemgw.gateway.house.Chance;

/**
 * A disk that fills up while frames are written, by ourselves or by somebody else, to 0 bytes free. Never a fault, nothing
 * lost, damaged, repeated or left out; and it goes on by itself when there is space. On this Java, and on a newer one if
 * there is one beside it.
 */
@Tag("chance")
class FullDiskJournalTest {
    @TempDir
    Path folder;

    static Stream<Arguments> runs() throws IOException {
        final List<Path> homes = ChildJvm.homes();
        return homes.stream()
                // What differs between Javas is how they tell of a page that cannot be had, and that shows on a tmpfs.
                .flatMap(home -> (home == homes.get(0) || Chance.isLongRun()
                                ? Stream.of("tmpfs", "ext4")
                                : Stream.of("tmpfs"))
                        .flatMap(kind -> Stream.of("ourselves", "foreign", "start")
                                .map(what -> Arguments.of(home, kind, what))));
    }

    @ParameterizedTest
    @MethodSource("runs")
    @Timeout(600)
    void shouldWaitForSpaceAndLoseNothing(Path java, String kind, String what) throws Exception {
        final Path mount = Files.createDirectory(folder.resolve("mount"));
        mount(kind, mount);
        try {
            final long seed = Chance.seed();
            final Process child = ChildJvm.of(java, List.of(), FullDiskRun.class, mount.toString(), what, "" + seed)
                    .redirectErrorStream(true)
                    .start();
            final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, child.waitFor(), () -> "replay with -Dtandem.seed=" + seed + "\n" + said);
            assertTrue(said.endsWith("well\n"), said);
        } finally {
            assertTrue(ChildJvm.canRun("umount", "-l", mount.toString()));
        }
    }

    private void mount(String kind, Path mount) throws Exception {
        if (kind.equals("tmpfs")) {
            Assumptions.assumeTrue(
                    ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mount.toString()),
                    "needs root to mount a tmpfs");
            return;
        }
        final Path image = folder.resolve("image");
        Assumptions.assumeTrue(
                ChildJvm.canRun("truncate", "-s", "32M", image.toString())
                        && ChildJvm.canRun("mkfs.ext4", "-q", "-F", image.toString())
                        && ChildJvm.canRun("mount", "-o", "loop", image.toString(), mount.toString()),
                "needs root to mount an image");
    }
}
