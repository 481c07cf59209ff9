package org.tandemgw.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.status.GatewayStatus.Acd;

/** Eight ACDs on a small screen. */
class LiveScreenOfALargeSiteTest {
    @Test
    void shouldFitOnTheSmallestTerminalWhileAllIsWell() {
        final List<String> lines = LivePicture.lines(large(1_234), null, 23, 80, false, true);

        assertTrue(lines.size() <= 23, () -> String.join("\n", lines));
        for (int acd = 1; acd <= 8; acd++) {
            final String name = "acd" + acd;
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(name) && line.contains("both")), name);
        }
    }

    @Test
    void shouldTellHowFastRecordsCome() {
        final GatewayStatus now = at(large(2_234), SampleStatus.AT.plusSeconds(2));
        final List<String> lines = LivePicture.lines(now, large(1_234), 60, 120, false, true);
        assertTrue(lines.stream().anyMatch(line -> line.contains("500/s")), () -> String.join("\n", lines));

        final List<String> first = LivePicture.lines(now, now, 60, 120, false, true);
        assertTrue(first.stream().noneMatch(line -> line.contains("/s")), "nothing to compare with");
        assertEquals(
                LivePicture.lines(now, null, 60, 120, false, true),
                first,
                "a picture compared with itself is one compared with none");
    }

    private static GatewayStatus large(long sequence) {
        final GatewayStatus one = SampleStatus.example();
        final Acd like = one.acds().get(0);
        final List<Acd> acds = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            acds.add(new Acd(
                    "acd" + i, like.profile(), like.mode(), false, 1, sequence, sequence, 1, 0, 0, like.legs()));
        }
        return with(one, acds, SampleStatus.AT);
    }

    private static GatewayStatus at(GatewayStatus status, java.time.Instant at) {
        return with(status, status.acds(), at);
    }

    private static GatewayStatus with(GatewayStatus like, List<Acd> acds, java.time.Instant at) {
        return new GatewayStatus(
                like.site(),
                like.version(),
                like.pid(),
                like.upSince(),
                at,
                like.mode(),
                like.modeFile(),
                like.modeOperator(),
                like.state(),
                like.phase(),
                like.because(),
                like.active(),
                like.epoch(),
                like.decision(),
                like.holdDownLeftMs(),
                like.protected_(),
                like.next(),
                acds,
                like.servers(),
                like.switches(),
                like.calls(),
                like.disk(),
                like.alarms(),
                like.notified());
    }
}
