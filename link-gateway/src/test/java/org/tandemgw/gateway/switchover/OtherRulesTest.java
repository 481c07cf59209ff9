package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** The rules are changed while the machine runs: it goes on from where it is, and forgets only what is asked otherwise. Row B14. */
class OtherRulesTest {
    private static final SwitchoverRules RULES = RigRules.site().rules();
    private static final String PROBE =
            RULES.server(RigRules.EAST).probes().get(0).name();

    private static void failedLooks(Switchover machine, long nowMs, int count) {
        for (int i = 0; i < count; i++) {
            machine.on(
                    new Event.Looked(RigRules.EAST, PROBE, false, Look.of(Sight.REFUSED, "connection refused", 300)),
                    nowMs);
        }
    }

    private static String health(Switchover machine) {
        return machine.view().servers().get(0).health().toString();
    }

    @Test
    void shouldBeTheSameMachineUnderTheSameRules() {
        final Rig rig = Rig.of(RigRules.site()).well();
        assertEquals(
                rig.machine().snapshot(), rig.machine().under(RULES, Set.of()).snapshot());
        failedLooks(rig.machine(), rig.nowMs(), 2);
        assertEquals(
                rig.machine().snapshot(), rig.machine().under(RULES, Set.of()).snapshot());
    }

    @Test
    void shouldCountOnWhereAProbeIsAskedAsBefore() {
        final Rig rig = Rig.of(RigRules.site()).well();
        failedLooks(rig.machine(), rig.nowMs(), 2);
        final Switchover other =
                rig.machine().under(RigRules.site().with("reconnect=60s").rules(), Set.of());
        assertEquals("suspect", health(other));
        failedLooks(other, rig.nowMs(), 1);
        assertEquals("down", health(other));
    }

    @Test
    void shouldCountAnewWhereAProbeIsAskedOtherwise() {
        final Rig rig = Rig.of(RigRules.site()).well();
        failedLooks(rig.machine(), rig.nowMs(), 2);
        final Switchover other =
                rig.machine().under(RigRules.site().with("failures=4").rules(), Set.of(RigRules.EAST + "/" + PROBE));
        assertEquals("unknown", health(other));
        failedLooks(other, rig.nowMs(), 3);
        assertEquals("suspect", health(other));
    }

    @Test
    void shouldBeManualUntilTheOtherConfigurationWasCheckedLive() {
        final Rig rig = Rig.of(RigRules.site()).well();
        assertEquals(Mode.AUTO, rig.view().mode());
        final SwitchoverRules r = RULES;
        final SwitchoverRules unchecked = new SwitchoverRules(
                r.site(),
                r.mode(),
                r.servers(),
                r.gateways(),
                r.fence(),
                r.reconnectMs(),
                r.unreachablePings(),
                r.unreachableEveryMs(),
                r.restarts(),
                r.holdDownMs(),
                r.failBack(),
                r.initial(),
                r.switches(),
                r.monitorOnly(),
                r.skewAllowed(),
                "another hash",
                r.timeZone());
        final Switchover other = rig.machine().under(unchecked, Set.of());
        assertEquals(Mode.MANUAL, other.view().mode());
        assertEquals(Mode.AUTO, other.under(RULES, Set.of()).view().mode());
    }

    @Test
    void shouldNotChangeInTheMiddleOfASwitchover() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.now(new Event.Asked(7, new Wish.Switch(RigRules.WEST, false, false), "jd", "a drill"));
        assertThrows(IllegalStateException.class, () -> rig.machine().under(RULES, Set.of()));
    }
}
