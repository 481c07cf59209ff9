package org.tandemgw.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;
import org.tandemgw.gateway.status.Checklist.Grade;

/** Row A13: what somebody looks at each morning. */
class DailyChecklistTest {
    private static final Instant NOW = SampleStatus.AT.plusSeconds(1);
    private static final Duration DAY = Duration.ofHours(26);

    @Test
    void shouldFindAllWellOnAGoodDay() {
        final Checklist.Health health = list(quiet(), List.of(), Map.of("acd1", NOW.minus(Duration.ofHours(20))));
        assertEquals(Grade.OK, health.status(), health.toString());
        assertEquals("2 of 2 legs are up", said(health, "links"));
    }

    @Test
    void shouldBeCriticalInTrouble() {
        final Checklist.Health health = list(SampleStatus.trouble(), List.of(), null);
        assertEquals(Grade.CRITICAL, health.status());
        assertEquals(Grade.CRITICAL, grade(health, "links"), "acd2 has no leg");
        assertEquals(Grade.WARNING, grade(health, "journals"), "the disk is low");
        assertEquals(Grade.WARNING, grade(health, "servers"), "one of them is fed");
        assertEquals(Grade.CRITICAL, grade(health, "alarms"), "a gap is major");
        assertTrue(said(health, "servers").contains("cms-west is not connected"), said(health, "servers"));
    }

    @Test
    void shouldNoticeThatNothingIsSeenAnyMore() {
        final Checklist.Health health = Checklist.of(quiet(), List.of(), NOW.plusSeconds(60), NOW, null, DAY);
        assertEquals(Grade.CRITICAL, grade(health, "running"));
    }

    @Test
    void shouldAskForYoungBackups() {
        assertEquals(Grade.OK, grade(list(quiet(), List.of(), null), "backups"));
        final Map<String, Instant> none = new HashMap<>();
        none.put("acd1", null);
        assertEquals(Grade.WARNING, grade(list(quiet(), List.of(), none), "backups"));
        assertEquals(
                Grade.WARNING,
                grade(list(quiet(), List.of(), Map.of("acd1", NOW.minus(Duration.ofHours(27)))), "backups"));
    }

    @Test
    void shouldTellOfWhatWasUnusualSinceYesterday() {
        final Alarm over = new Alarm(
                3,
                AlarmName.LINK_LOST,
                Severity.CRITICAL,
                "acd1",
                NOW.minusSeconds(7200),
                "x",
                NOW.minusSeconds(7000),
                null);
        final Checklist.Health health = list(quiet(), List.of(over, over), null);
        assertEquals(Grade.WARNING, health.status());
        assertEquals("linkLost acd1 (2 times)", said(health, "unusual"));
        assertEquals(
                Grade.OK, grade(Checklist.of(quiet(), List.of(over), NOW, NOW.minusSeconds(60), null, DAY), "unusual"));
    }

    private static Checklist.Health list(GatewayStatus status, List<Alarm> history, Map<String, Instant> backups) {
        return Checklist.of(status, history, NOW, NOW.minus(Duration.ofDays(1)), backups, DAY);
    }

    /** The example of the manual, without its alarm. */
    private static GatewayStatus quiet() {
        final GatewayStatus all = SampleStatus.example();
        return new GatewayStatus(
                all.site(),
                all.version(),
                all.pid(),
                all.upSince(),
                all.at(),
                all.mode(),
                all.modeFile(),
                all.modeOperator(),
                all.state(),
                all.phase(),
                all.because(),
                all.active(),
                all.epoch(),
                all.decision(),
                all.holdDownLeftMs(),
                all.protected_(),
                all.next(),
                all.acds(),
                all.servers(),
                all.switches(),
                all.calls(),
                all.disk(),
                List.of(),
                all.notified());
    }

    private static Grade grade(Checklist.Health health, String name) {
        return find(health, name).grade();
    }

    private static String said(Checklist.Health health, String name) {
        return find(health, name).said();
    }

    private static Checklist.Check find(Checklist.Health health, String name) {
        return health.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
