package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and passwords of a feed are changed while it is read: who is in stays in, as far as he still may be. Row B14. */
class ChangedPasswordTest {
    @TempDir
    Path data;

    private static FeedSettings settings(FeedRig rig, String user, String password, Map<String, String> observers) {
        return new FeedSettings(
                "cms-east",
                rig.address(),
                user,
                password,
                false,
                observers,
                Map.of(),
                FeedRig.QUICK.withCatchUp(50_000));
    }

    @Test
    void shouldKeepTheServerConnectedAndAskForTheNewPasswordNextTime() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(50).start();
                Received server = rig.receive("", 1).awaitLast(50)) {
            rig.server().follow(settings(rig, FeedRig.USER, "other", Map.of("watch", "looking")));
            rig.append(50);
            server.awaitLast(100);
            assertFalse(server.ended());
            try (Received stranger = rig.receive("", 1)) {
                assertFalse(stranger.login.accepted());
                assertEquals('A', stranger.login.code());
            }
            try (Received again = new Received(rig.connect(), FeedRig.USER, "other", "", 101)) {
                assertTrue(again.login.accepted());
                rig.append(10);
                again.awaitLast(110);
            }
        }
    }

    @Test
    void shouldEndAnObserverWhoIsNoneAnyMoreAndKeepTheOther() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(5).start();
                Received watch = new Received(rig.connect(), "watch", "looking", "", 1)) {
            watch.awaitLast(5);
            rig.server()
                    .follow(settings(rig, FeedRig.USER, FeedRig.PASSWORD, Map.of("watch", "looking", "more", "seen")));
            try (Received more = new Received(rig.connect(), "more", "seen", "", 1)) {
                more.awaitLast(5);
                rig.server().follow(settings(rig, FeedRig.USER, FeedRig.PASSWORD, Map.of("more", "seen")));
                FeedRig.await().until(watch::ended);
                rig.append(5);
                more.awaitLast(10);
            }
        }
    }

    @Test
    void shouldLetAServerGoOnUnderAnotherName() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(5).start();
                Received server = rig.receive("", 1).awaitLast(5)) {
            rig.server().follow(settings(rig, "orient", FeedRig.PASSWORD, Map.of()));
            FeedRig.await().until(server::ended);
            rig.append(5);
            try (Received again = new Received(rig.connect(), "orient", FeedRig.PASSWORD, "", 6)) {
                again.awaitLast(10);
                assertTrue(rig.feed().connected());
            }
        }
    }
}
