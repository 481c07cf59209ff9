package org.tandemgw.gateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.journal.JournalCheck;
import org.tandemgw.gateway.status.GatewayStatus;

class DemoSummaryTest {
    private static final String DIGEST = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static DemoSummary.Server server(String name, String digest, long last, long gaps, long lost) {
        return new DemoSummary.Server(
                new DemoServer.Standing(
                        name, true, true, false, "acd1", last, last, gaps, 0, 0, 0, 1, 0, 0, "", last, 0, 0, 0, true, 0,
                        null),
                digest,
                List.of(new DemoServer.Note(
                        5, "gap", "2026-01-01T08:00:01.123456Z", "2026-01-01T08:00:02.5Z", "{\"kind\":\"gap\"}")),
                new StreamComparison.Verdict(
                        last,
                        last,
                        lost,
                        0,
                        0,
                        0,
                        0,
                        3,
                        false,
                        List.of(new StreamComparison.BreakSeen("gap", 5, 3, 0))));
    }

    private static DemoSummary summary(int gapsExpected, int exitStatus, DemoSummary.Server... servers) {
        return summary(gapsExpected, exitStatus, List.of(), servers);
    }

    private static DemoSummary summary(
            int gapsExpected, int exitStatus, List<JournalCheck.Damage> damages, DemoSummary.Server... servers) {
        return new DemoSummary(
                100,
                List.of(1L, 2L),
                List.of(90L, 95L),
                3,
                gapsExpected,
                0,
                exitStatus,
                new JournalCheck(1, 100, 100, 0, 1, 1, 10_000, damages, 0),
                proof(true, "west", "B", "BB"),
                null,
                new GatewayStatus.Calls(7L, null, null, 2L, 30L, true, null, 0, 0, 0, 0, 0),
                List.of(servers));
    }

    private static String text(DemoSummary summary) {
        return String.join("\n", summary.text());
    }

    @Test
    void shouldProveNoTrunkThatIsElsewhereThanWasRead() {
        assertTrue(proof(true, "west", "B", "BB").proved());
        assertFalse(proof(true, "west", "B", "BA").proved());
        assertFalse(proof(true, "west", "mixed", "BA").proved());
        assertFalse(proof(false, "west", "B", "BB").proved());
        assertFalse(proof(true, "east", "B", "BB").proved(), "the trunks lead to the wrong one");
        assertFalse(proof(true, null, "B", "BB").proved());
    }

    private static DemoTrunks.Proof proof(boolean handSeen, String active, String claimed, String truth) {
        return new DemoTrunks.Proof(handSeen, "OK", true, 4.2, true, active, 3, claimed, "west", truth);
    }

    @Test
    void shouldProveWhatIsIdenticalCompleteAndInOrder() {
        final DemoSummary summary = summary(1, 0, server("east", DIGEST, 100, 1, 0), server("west", DIGEST, 100, 1, 0));
        assertTrue(summary.proved());
        assertTrue(text(summary).contains("PROVED: identical"));
        assertTrue(text(summary).contains("gap, sequence 5: 08:00:01.123 to 08:00:02.5Z, 3 frames inside"));
        assertTrue(summary.json().startsWith("{\"proved\":true,\"identical\":true,\"sent\":100"));
    }

    @Test
    void shouldNotProveOneLostFrame() {
        final DemoSummary summary = summary(1, 0, server("east", DIGEST, 100, 1, 0), server("west", DIGEST, 100, 1, 1));
        assertFalse(summary.proved());
        assertTrue(text(summary).contains("LOST 1"));
    }

    @Test
    void shouldNotProveServersThatDiffer() {
        final String other = "f" + DIGEST.substring(1);
        assertFalse(summary(1, 0, server("east", DIGEST, 100, 1, 0), server("west", other, 100, 1, 0))
                .proved());
        assertFalse(summary(1, 0, server("east", DIGEST, 100, 1, 0), server("west", DIGEST, 99, 1, 0))
                .proved());
    }

    @Test
    void shouldNotProveAGapTooMany() {
        assertFalse(summary(0, 0, server("east", DIGEST, 100, 1, 0), server("west", DIGEST, 100, 1, 0))
                .proved());
    }

    @Test
    void shouldNotProveADamagedJournal() {
        final DemoSummary summary = summary(
                1,
                0,
                List.of(new JournalCheck.Damage("a.cq4", 7L, 3L, 3L, "bytes do not match their checksum")),
                server("east", DIGEST, 100, 1, 0),
                server("west", DIGEST, 100, 1, 0));
        assertFalse(summary.proved());
        assertTrue(text(summary).contains("THE JOURNAL IS DAMAGED"));
    }

    @Test
    void shouldNotProveAnApplianceThatDidNotEndWell() {
        final DemoSummary summary =
                summary(1, 143, server("east", DIGEST, 100, 1, 0), server("west", DIGEST, 100, 1, 0));
        assertFalse(summary.proved());
        assertTrue(text(summary).contains("STATUS 143"));
        assertEquals(2, summary.servers().size());
    }
}
