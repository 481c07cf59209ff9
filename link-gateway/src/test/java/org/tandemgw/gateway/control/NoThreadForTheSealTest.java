package org.tandemgw.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.time.SystemClock;

/** The machine lets us have no more threads: lines are written all the same, by whoever has something to write. */
class NoThreadForTheSealTest {
    @TempDir
    Path data;

    private final AtomicBoolean shortOfThreads = new AtomicBoolean();

    @Test
    void shouldWriteOnTellOfItAndSealLater() throws IOException {
        final AuditSealer sealer = new AuditSealer(work -> {
            if (shortOfThreads.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work, "tandem-audit");
        });
        final Path path = data.resolve(AuditFile.NAME);
        shortOfThreads.set(true);
        try (AuditFile audit = new AuditFile(path, new SystemClock(), AuditFile.MAX_BYTES, sealer)) {
            append(audit); // begins the file, and seals it itself
            append(audit);
            append(audit);
            assertEquals(4, Files.readAllLines(path).size());
            assertTrue(sealer.trouble().contains("written, but not sealed"), sealer.trouble());
            assertEquals(2, sealer.refused());
            final long sealed = AuditSeal.read(path).lines();
            assertTrue(sealed < 4, "sealed " + sealed);

            shortOfThreads.set(false);
            append(audit);
            sealer.settle();
            assertNull(sealer.trouble());
            assertEquals(5, AuditSeal.read(path).lines());
        }
    }

    @Test
    void shouldSealNoMoreFilesThanItCanRemember() throws IOException {
        final AuditSealer sealer = new AuditSealer(work -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        for (int i = 0; i < AuditSealer.MOST_FILES + 3; i++) {
            final Path folder = Files.createDirectory(data.resolve("site" + i));
            sealer.soon(new AuditFile(folder.resolve(AuditFile.NAME), new SystemClock(), 1, sealer));
        }
        assertEquals(AuditSealer.MOST_FILES + 6, sealer.refused());
        assertFalse(sealer.trouble().isEmpty());
    }

    private static void append(AuditFile audit) {
        audit.append("mode", "held", new Operator("jd", "patching"), Answer.done("the operator's mode is held"));
    }
}
