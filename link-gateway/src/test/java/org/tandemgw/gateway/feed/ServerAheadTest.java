package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has more than the journal tries again each second while the journal grows past it. */
class ServerAheadTest {
    @TempDir
    Path data;

    @Test
    void shouldRefuseUntilItLogsInAtOne() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(4).start()) {
            assertTrue(refusal(rig, "east", "", 17).contains("beyond the end of acd1; the next one is 5"));
            rig.append(30);
            final String text = refusal(rig, "east", "", 17);
            assertTrue(text.contains("sequence 17 is beyond the end of acd1; the next one is 5"), text);
            assertTrue(text.contains("Log in at 1") && text.contains("acd1 at 5 or below"), text);
            refusal(rig, "east", "acd1", 35);
            refusal(rig, "east", "acd1", 17);
            assertEquals(1, rig.events.count("serverAhead"), "it is told once");
            try (Received onlyNew = rig.receive("", 0)) {
                assertEquals(35, onlyNew.login.sequence());
            }
            assertEquals(4, rig.server().claims().get("acd1").had(), "a login at 0 claims nothing and proves nothing");
            try (Received anew = rig.receive("", 1)) {
                anew.awaitLast(34);
            }
            assertEquals(0, rig.server().claims().size());
            try (Received goesOn = rig.receive("", 17)) {
                assertEquals(17, goesOn.login.sequence());
            }
        }
    }

    @Test
    void shouldAcceptWhatAnOperatorLetsPassAndWhatIsComparedWell() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(4).start()) {
            refusal(rig, "east", "", 17);
            rig.append(30);
            rig.server().claim("acd1", null);
            try (Received server = rig.receive("", 17)) {
                assertEquals(17, server.login.sequence());
            }
            refusal(rig, "east", "", 99);
            rig.append(100);
            refusal(rig, "east", "", 35);
            try (Received server = rig.receive("acd1", 35)) {
                assertEquals(35, server.login.sequence());
            }
            assertEquals(2, rig.events.count("serverAhead"));
        }
    }

    @Test
    void shouldHoldAnotherGenerationAgainstItAndNothingAgainstAnObserver() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(4).start()) {
            refusal(rig, "watch", "", 17);
            assertEquals(0, rig.server().claims().size());
            refusal(rig, "east", "acd1.2", 17);
            rig.append(30);
            refusal(rig, "east", "acd1", 17);
            try (SoupClient watch = rig.connect()) {
                assertTrue(watch.login("watch", "looking", "", 17, 30_000, (s, f, b, o, l) -> {})
                        .accepted());
            }
        }
    }

    private static String refusal(FeedRig rig, String user, String session, long sequence) throws Exception {
        try (RawClient client = new RawClient(rig.address())) {
            client.send(SoupPackets.login(user, user.equals("east") ? "secret" : "looking", session, sequence));
            final List<String> packets = client.packetsToEnd();
            assertEquals("JS", packets.get(1), packets.toString());
            return packets.get(0);
        }
    }
}
