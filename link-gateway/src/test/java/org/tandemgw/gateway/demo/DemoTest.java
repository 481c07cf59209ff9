package org.tandemgw.gateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.house.Chance;

/** The demo with the real appliance as a process of its own. */
class DemoTest {
    private static final Pattern CONFIGURATION = Pattern.compile("configuration +(\\S+)");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long seed = Chance.seed() & 0xFFFF;

    private DemoOptions options(int seconds, boolean quiet, AcdDialect dialect, boolean json, Path keep) {
        return new DemoOptions(Duration.ofSeconds(seconds), quiet, seed, 500, dialect, json, true, keep);
    }

    private int run(DemoOptions options) {
        return Demo.run(options, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String report() {
        return "tandem.seed=" + seed + "\n" + said();
    }

    /** The appliances that a demo of this process has started. */
    private static List<ProcessHandle> appliances() {
        return ProcessHandle.current().children().filter(DemoTest::isOfDemo).toList();
    }

    private static boolean isOfDemo(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("tandem-demo-");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Timeout(600)
    void shouldProveItselfWhileThingsAreBroken() {
        assertEquals(0, run(options(8, false, AcdDialect.OPAQUE_LINE, false, null)), this::report);
        assertTrue(said().contains("PROVED: identical, complete and in order"), this::report);
        assertTrue(said().contains("lost 0, repeated 0, out of order 0"), this::report);
        final Matcher configuration = CONFIGURATION.matcher(said());
        assertTrue(configuration.find(), this::report);
        assertFalse(Files.exists(Path.of(configuration.group(1)).getParent()), this::report);
        assertEquals(List.of(), appliances());
    }

    @Test
    @Timeout(600)
    void shouldKeepItsFolderAndEndWithJsonIfAskedTo(@TempDir Path folder) {
        assertEquals(0, run(options(1, true, AcdDialect.OPAQUE_LENGTH, true, folder)), this::report);
        assertTrue(said().startsWith("{\"proved\":true,"), this::report);
        assertTrue(Files.exists(folder.resolve("tandem.yaml")));
        assertTrue(Files.exists(folder.resolve("data/journal/acd1")));
        bytes.reset();
        assertEquals(1, run(options(1, true, AcdDialect.OPAQUE_LENGTH, true, folder)), this::report);
        assertTrue(said().contains("holds a tandem.yaml already"), this::report);
    }

    @Test
    @Timeout(600)
    void shouldSayThatTheApplianceDied() throws Exception {
        final CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> run(options(20, true, AcdDialect.OPAQUE_LINE, false, null)));
        Awaitility.await().until(() -> said().contains("traffic begins"));
        assertEquals(1, appliances().size());
        appliances().forEach(ProcessHandle::destroyForcibly);
        assertEquals(1, status.get(), this::report);
        assertTrue(said().contains("ended with status 137 although nobody asked it to"), this::report);
        assertTrue(said().contains("NOT PROVED"), this::report);
    }

    @Test
    @Tag("slow")
    @Timeout(400)
    void shouldProveItselfOverAWholeRoundInBothDialects() {
        for (final AcdDialect dialect : AcdDialect.values()) {
            assertEquals(0, run(options(60, false, dialect, false, null)), this::report);
            for (final DemoFault fault : DemoFault.values()) {
                assertTrue(said().contains(fault.begins()), () -> fault + " " + report());
            }
        }
    }
}
