package org.tandemgw.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.ManualClock;
import org.tandemgw.gateway.control.AuditFile;

/** A program that is logged in makes up actions for hours: the audit says so, and does not grow without end. */
class ManyDeniedActionsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWriteABoundedNumberOfLinesADay() throws Exception {
        final ManualClock clock = new ManualClock();
        final Path path = folder.resolve(AuditFile.NAME);
        try (AuditFile audit = new AuditFile(path, clock)) {
            final DeniedActions denied = new DeniedActions(clock);
            denied.add("acd1", "wallboard", "");
            for (int minute = 0; minute < 60; minute++) {
                for (int i = 0; i < 100; i++) {
                    denied.add("acd1", "wallboard", "Made-" + minute + "-up-" + i);
                }
                denied.writeTo(audit);
                clock.forward(Duration.ofMinutes(1));
            }
            final long lines = lines(path);
            assertTrue(lines <= DeniedActions.LINES_A_DAY + DeniedActions.KINDS + 1 + 60, lines + " lines");
            assertTrue(Files.readString(path).contains("an action without a name was refused"));
            clock.forward(Duration.ofDays(1));
            denied.writeTo(audit);
            denied.add("acd1", "wallboard", "Originate");
            denied.writeTo(audit);
            assertEquals(1, Files.readString(path).split("Originate was refused", -1).length - 1);
        }
    }

    private static long lines(Path path) throws Exception {
        return Files.readAllLines(path).stream()
                .filter(line -> line.contains("native action"))
                .count();
    }
}
