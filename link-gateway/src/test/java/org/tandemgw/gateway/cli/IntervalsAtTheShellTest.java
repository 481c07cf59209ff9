package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.books.IntervalFile;

/** Interval statistics of a stopped site, asked for by name. */
class IntervalsAtTheShellTest {
    private static final String FROM = "2026-11-21T06:00Z";

    @TempDir
    Path folder;

    private OnTheConsole shell;

    @BeforeEach
    void haveFiles() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "site: hq-east\ndata: run\n");
        Files.writeString(
                Files.createDirectories(folder.resolve("run/intervals")).resolve("acd1-2026-11-21.csv"),
                IntervalFile.HEADER + "\r\n" + line("queue", "sales", 1) + line("queue", "support", 2)
                        + line("agent", "PJSIP/4001", 3) + line("acd", "", 4));
        shell = new OnTheConsole(folder, null);
    }

    private static String line(String kind, String name, int part) {
        return "acd1,2026-11-21T06:00:00Z,2026-11-21T06:30:00Z,1800,interval,yes,east," + kind + "," + name
                + ",0,3,0,3,0,0,0,0,1.500000000,0.000000000,20.250000000,0.000000000,0.000000000,0.000000000,1,900,"
                + part + "\r\n";
    }

    @Test
    void shouldNameThoseThatThereAreWhereOneIsNot() {
        assertEquals(1, shell.type("intervals", "--acd", "acd1", "--from", FROM, "--queue", "sale"), shell.err());
        assertEquals(
                "nothing was counted there of that name; there are sales, support",
                shell.out().strip());
        assertEquals(1, shell.type("intervals", "--acd", "acd1", "--from", FROM, "--trunk", "DAHDI/i1"), shell.err());
        assertEquals("nothing was counted there", shell.out().strip());
    }

    @Test
    void shouldShowTheOneThatWasAskedFor() {
        assertEquals(0, shell.type("intervals", "--acd", "acd1", "--from", FROM, "--queue", "sales"), shell.err());
        assertTrue(shell.out().contains("sales") && !shell.out().contains("support"), shell.out());
    }
}
