package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** The active server says nothing: is it me, the network, the machine, or the service? */
class SilentServerTest {
    private static Rig silent(RigRules rules) {
        final Rig rig = Rig.of(rules).well();
        for (int i = 0; i < 3; i++) {
            rig.pass(700);
            rig.look(EAST, Sight.SILENT);
        }
        return rig;
    }

    /** One more look is silent, and the gateways, asked once more, show that it is not us. */
    private static void confirm(Rig rig) {
        rig.pass(700);
        rig.look(EAST, Sight.SILENT);
        rig.pass(2);
        rig.rules.gateways().forEach(gateway -> rig.network(gateway, Sight.ANSWERED));
    }

    /** Our own network comes and goes: proved by one answer, lost again for the look that confirms the silence. */
    @Test
    void shouldNotTakeAnOutageOfItsOwnThatComesBackForTheConfirmation() {
        for (final String gateways : new String[] {"gateways=gw1,gw2", "gateways=none"}) {
            final Rig rig = silent(RigRules.site()
                    .with("reconnect=0s")
                    .with("pings=0")
                    .with("net-test=no")
                    .with(gateways));
            rig.answerAll(WEST);
            rig.pass(700);
            rig.look(EAST, Sight.SILENT);
            assertEquals(Phase.DIAGNOSING, rig.phase(), gateways);
            rig.pass(2_500);
            assertEquals(Phase.BLOCKED, rig.phase(), gateways);
            assertTrue(
                    rig.view().conditions().stream()
                            .anyMatch(each -> each.name().equals("own network again") && !each.met()),
                    gateways);

            rig.answerAll(WEST);
            assertEquals(
                    Phase.WATCHING, rig.phase(), gateways + ": an answer so late may be the end of our own outage");
            rig.look(EAST, Sight.ANSWERED);
            rig.pass(60_000);
            assertTrue(rig.taken(Action.Opened.class).isEmpty(), gateways);
        }
    }

    @Test
    void shouldActOnOneThatStaysSilentAfterAnOutageOfItsOwn() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s").with("pings=0"));
        rig.answerAll(WEST);
        rig.pass(700);
        rig.look(EAST, Sight.SILENT);
        rig.pass(2_500);
        rig.answerAll(WEST);
        assertEquals(Phase.WATCHING, rig.phase());

        for (int i = 0; i < 3; i++) {
            rig.pass(700);
            rig.look(EAST, Sight.SILENT);
        }
        rig.answerAll(WEST);
        confirm(rig);
        rig.pass(2_500);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldNeverActWhileItsOwnGatewaysAreSilent() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s"));
        for (int i = 0; i < 20; i++) {
            rig.pass(1_000);
            rig.network("gw1", Sight.SILENT);
            rig.network("gw2", Sight.SILENT);
            rig.look(WEST, Sight.SILENT);
        }

        assertEquals(Phase.ISOLATED, rig.phase());
        assertEquals("isolated", rig.view().state());

        rig.network("gw1", Sight.ANSWERED);
        rig.network("gw2", Sight.ANSWERED);
        assertEquals(Phase.WATCHING, rig.phase());
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(60_000);
        assertTrue(rig.taken(Action.Opened.class).isEmpty());
    }

    @Test
    void shouldActOnADeadMachineWhoseNeighbourAnswers() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s"));

        rig.answerAll(WEST);
        rig.network("east-neighbour", Sight.ANSWERED);
        rig.network("east-machine", Sight.SILENT);
        assertEquals(Phase.DIAGNOSING, rig.phase());
        confirm(rig);

        assertEquals(Phase.SELECTING, rig.phase());
        assertEquals(
                "the machine of cms-east: its neighbour east-neighbour answers",
                rig.last(Action.Opened.class).decision().diagnosis());
    }

    @Test
    void shouldActOnAHungServiceOfAMachineThatAnswers() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s"));

        rig.network("east-machine", Sight.ANSWERED);
        rig.answerAll(WEST);
        confirm(rig);

        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldCountSetsOfLooksWhileItIsMerelyUnreachable() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s"));
        rig.answerAll(WEST);
        confirm(rig);
        rig.network("east-neighbour", Sight.SILENT);
        rig.network("east-machine", Sight.SILENT);
        rig.pass(2_500);

        assertEquals(Phase.UNREACHABLE, rig.phase());
        rig.pass(20_000);
        assertEquals(Phase.UNREACHABLE, rig.phase());
        rig.pass(10_000);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldNeverActOnOneMerelyUnreachableIfTheFileSaysSo() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s").with("pings=-1"));
        rig.answerAll(WEST);
        confirm(rig);
        rig.pass(3_600_000);

        assertEquals(Phase.BLOCKED, rig.phase());
        assertTrue(rig.taken(Action.Opened.class).isEmpty());
    }

    /** Without gateways, what the server said itself would prove our own network as well: a program that fails here must not. */
    @Test
    void shouldNotTakeAProgramThatFailsHereForTheServersOwnWord() {
        final Rig rig = Rig.of(RigRules.site()
                        .with("reconnect=0s")
                        .with("pings=-1")
                        .with("gateways=none")
                        .with("net-test=no"))
                .well();
        rig.now(new Event.LegsSeen(false));
        for (int i = 0; i < 10; i++) {
            rig.pass(700);
            rig.look(EAST, Sight.FAILED);
        }
        assertEquals(Phase.ISOLATED, rig.phase(), "nothing proves that it is not us");

        rig.look(WEST, Sight.ANSWERED);
        for (int i = 0; i < 10; i++) {
            rig.pass(700);
            rig.look(EAST, Sight.FAILED);
        }
        rig.pass(3_600_000);
        assertTrue(rig.taken(Action.Opened.class).isEmpty());
        assertTrue(
                rig.view().conditions().stream()
                        .noneMatch(each -> String.valueOf(each.value()).contains("not needed")),
                () -> rig.view().conditions().toString());
    }

    @Test
    void shouldNeedASecondWitness() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s"));
        rig.now(new Event.LegsSeen(false));
        rig.pass(1);
        rig.network("gw1", Sight.ANSWERED);
        rig.network("east-machine", Sight.ANSWERED);
        confirm(rig);
        rig.pass(2_500);

        assertEquals(Phase.BLOCKED, rig.phase());
        assertTrue(
                rig.view().conditions().stream().anyMatch(each -> each.name().equals("second witness") && !each.met()));
        rig.look(WEST, Sight.ANSWERED);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldForgetWhatItSawBeforeAStall() {
        final Rig rig = silent(RigRules.site().with("reconnect=0s"));

        rig.now(new Event.Stalled(3_000));
        rig.answerAll(WEST);
        rig.network("east-machine", Sight.ANSWERED);
        confirm(rig);

        assertEquals(Phase.SUSPECTING, rig.phase());
    }

    @Test
    void shouldDecideNothingWhileTheClockIsSuspect() {
        final Rig rig = Rig.of(RigRules.site().with("reconnect=0s")).well();
        rig.now(new Event.ClockSeen(true, "it jumped by 3600 s"));

        rig.refuse(EAST);
        rig.pass(60_000);
        assertEquals(Phase.BLOCKED, rig.phase());

        rig.now(new Event.ClockSeen(false, null));
        rig.pass(6_000);
        rig.refuse(EAST);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldCountAnewWhenBothWereSilentAndOneAnswersAgainBeforeTheVerdict() {
        final Rig rig = Rig.of(RigRules.site()
                        .with("gateways=none")
                        .with("reconnect=0s")
                        .with("pings=0"))
                .well();
        for (int i = 0; i < 2; i++) {
            rig.pass(700);
            rig.look(EAST, Sight.SILENT);
            rig.look(WEST, Sight.SILENT);
        }
        rig.pass(100);
        rig.look(WEST, Sight.ANSWERED);
        rig.look(EAST, Sight.SILENT);

        assertEquals(Phase.SUSPECTING, rig.phase());
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(60_000);
        assertTrue(rig.taken(Action.Opened.class).isEmpty());
    }

    @Test
    void shouldNotLetOneLostLookOfTheStandbyDelayTheVerdict() {
        final Rig rig = Rig.of(RigRules.site()
                        .with("gateways=none")
                        .with("reconnect=0s")
                        .with("pings=0"))
                .well();
        rig.look(WEST, Sight.SILENT);
        for (int i = 0; i < 3; i++) {
            rig.pass(700);
            rig.look(EAST, Sight.SILENT);
        }
        rig.look(WEST, Sight.ANSWERED);
        confirm(rig);
        rig.look(WEST, Sight.ANSWERED);
        rig.pass(2_500);

        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldTakeNoLegForAWitnessWhileNoServerAnswers() {
        final Rig rig = Rig.of(RigRules.site()
                        .with("gateways=none")
                        .with("reconnect=0s")
                        .with("pings=0"))
                .well();
        for (int i = 0; i < 10; i++) {
            rig.pass(700);
            rig.look(EAST, Sight.SILENT);
            rig.look(WEST, Sight.SILENT);
        }

        assertEquals(Phase.ISOLATED, rig.phase());
        assertEquals("isolated", rig.view().state());
        assertEquals("tandem why-not", rig.view().next());
    }
}
