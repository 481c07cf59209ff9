package org.tandemgw.abswitch.link;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two pseudo-terminals, crossed like a null modem cable, made by socat(1). */
final class SocatPair implements AutoCloseable {
    final Path ours;
    final Path box;
    private Process socat;

    SocatPair(Path folder) throws IOException {
        ours = folder.resolve("ours");
        box = folder.resolve("box");
        plug();
    }

    /** False where a test may skip itself because socat is missing; an error where everything has to run. */
    static boolean available() {
        boolean there;
        try {
            there = new ProcessBuilder("socat", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            there = false;
        }
        if (!there && "all".equals(System.getenv("TANDEM_TESTS"))) {
            throw new AssertionError("socat is missing, and TANDEM_TESTS=all");
        }
        return there;
    }

    void plug() throws IOException {
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + ours, "pty,raw,echo=0,link=" + box)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        await().atMost(Told.LONG).until(() -> Files.exists(ours) && Files.exists(box));
    }

    /** Both ends hang up. */
    void unplug() throws IOException {
        socat.destroyForcibly();
        await().atMost(Told.LONG).until(() -> !socat.isAlive());
        Files.deleteIfExists(ours);
        Files.deleteIfExists(box);
    }

    @Override
    public void close() throws IOException {
        unplug();
    }
}
