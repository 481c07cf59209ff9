package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.RelayEmulator;
import org.tandemgw.gateway.house.FreePort;

/** The program that a site rehearses a relay with: both ends of both legs, which talk, part and find each other again. */
@Timeout(300)
class TwoWayEmulatorTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path data;

    private int run(String... arguments) {
        return RelayEmulator.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    @Test
    void shouldFindEveryByteInItsPlaceThroughCutsAtEitherEnd() throws Exception {
        try (RelayRig rig = new RelayRig(data)) {
            final int acd1 = rig.acdPort(1);
            final int acd2 = rig.acdPort(2);
            rig.acdLeaves(1); // the emulator is the ACD now
            rig.acdLeaves(2);
            final AtomicInteger status = new AtomicInteger(-1);
            final Thread program = new Thread(() -> status.set(run(
                    "--acd1", "127.0.0.1:" + acd1,
                    "--acd2", "127.0.0.1:" + acd2,
                    "--server1", "127.0.0.1:" + rig.relay().listeningPort(1),
                    "--server2", "127.0.0.1:" + rig.relay().listeningPort(2),
                    "--rate", "200000",
                    "--redial", "20ms",
                    "--cut-every", "100ms")));
            program.start();
            await().until(() -> hasTalked(rig.leg(1)) && hasTalked(rig.leg(2)));
            program.interrupt();
            program.join();
            assertEquals(0, status.get(), out.toString(StandardCharsets.UTF_8) + err);
        }
        final String said = out.toString(StandardCharsets.UTF_8);
        assertTrue(said.startsWith("ready acd1=127.0.0.1:"), said);
        assertTrue(said.contains("leg1 sessions=") && said.contains("differences=0\nleg2 sessions="), said);
    }

    private static boolean hasTalked(RelayLegStatus leg) {
        return leg.sessions() > 3
                && leg.fromAcd().bytes() > 50_000
                && leg.toAcd().bytes() > 50_000;
    }

    @Test
    void shouldSayWhatIsMissingOnItsLine() {
        assertEquals(2, run("--server1", "127.0.0.1:1"));
        assertEquals(2, run("--server1", "127.0.0.1:1", "--server2", "127.0.0.1:1", "--rate", "fast"));
        assertEquals(2, run("--nonsense"));
        final String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("--server2 is missing") && said.contains("--rate: a number, not fast"), said);
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("tandem emulate relay"));
    }

    @Test
    void shouldNotCallItProvedWhereNobodyCouldTalk() throws Exception {
        final int nobody = FreePort.next(); // it is tried until the time is over
        assertEquals(
                1,
                run(
                        "--server1",
                        "127.0.0.1:" + nobody,
                        "--server2",
                        "127.0.0.1:" + nobody,
                        "--redial",
                        "10ms",
                        "--for",
                        "200ms"));
        final String said = out.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("nothing is proved: nobody came to the ACD (the server's call: "), said);
    }
}
