package org.tandemgw.gateway.status;

import java.time.Instant;
import java.util.List;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;
import org.tandemgw.gateway.status.GatewayStatus.Acd;
import org.tandemgw.gateway.status.GatewayStatus.Calls;
import org.tandemgw.gateway.status.GatewayStatus.Card;
import org.tandemgw.gateway.status.GatewayStatus.Digest;
import org.tandemgw.gateway.status.GatewayStatus.Disk;
import org.tandemgw.gateway.status.GatewayStatus.Feed;
import org.tandemgw.gateway.status.GatewayStatus.Leg;
import org.tandemgw.gateway.status.GatewayStatus.Probe;
import org.tandemgw.gateway.status.GatewayStatus.Server;
import org.tandemgw.gateway.status.GatewayStatus.TrunkSwitch;
import org.tandemgw.gateway.status.Relayed.Flow;

/** The site of the manual's example, well and in trouble. */
public final class SampleStatus {
    /** The time of both pictures. */
    public static final Instant AT = Instant.parse("2026-11-21T07:00:00Z");

    private static final Instant UP_SINCE = Instant.parse("2026-11-21T06:00:00Z");

    private SampleStatus() {}

    /** Exactly the example of the manual. */
    public static GatewayStatus example() {
        return new GatewayStatus(
                "hq-east",
                "1.0.0",
                4711,
                UP_SINCE,
                AT,
                "auto",
                "auto",
                null,
                SiteState.PROTECTED,
                null,
                List.of(),
                "cms-east",
                3,
                7,
                0,
                true,
                null,
                List.of(new Acd(
                        "acd1",
                        "asterisk-ami",
                        "merge",
                        false,
                        1,
                        1234,
                        1234,
                        1,
                        0,
                        0,
                        List.of(
                                new Leg(
                                        1,
                                        LegState.UP,
                                        "10.1.1.10:5038",
                                        700,
                                        534,
                                        0,
                                        3,
                                        12L,
                                        0,
                                        0,
                                        null,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0),
                                new Leg(
                                        2,
                                        LegState.UP,
                                        "10.2.1.10:5038",
                                        534,
                                        700,
                                        0,
                                        0,
                                        9L,
                                        1,
                                        0,
                                        null,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0)))),
                List.of(new Server(
                        "cms-east",
                        ServerRole.ACTIVE,
                        Health.UP,
                        List.of(new Probe("app", Health.UP, 0.4, 0, "answered", AT)),
                        List.of(new Feed(
                                "acd1",
                                "soupbintcp",
                                true,
                                "10.1.1.20:40112",
                                1230,
                                "confirmed",
                                1234,
                                1234,
                                1230L,
                                4,
                                2,
                                "atParity",
                                0L,
                                0,
                                0,
                                0,
                                0,
                                new Digest(1000, "…"),
                                null)))),
                List.of(new TrunkSwitch(
                        "trunks",
                        "A",
                        true,
                        List.of(new Card(1, "A", "MOVED", "cms-east", 1_200L, false)),
                        "dataprobe-k16",
                        "cms-east",
                        "reachable",
                        "it answers",
                        "tcp 10.1.1.140:9100",
                        1_200L,
                        false,
                        3,
                        "2026-11-21 jd",
                        false)),
                new Calls(12L, 0L, 0L, 3L, 30L, true, null, 0, 0, 0, 0, 0),
                new Disk(123_456_789, 83_886_080, DiskState.OK, null),
                List.of(new Alarm(
                        12,
                        AlarmName.LEG_DOWN,
                        Severity.MINOR,
                        "acd1/leg-2",
                        Instant.parse("2026-11-21T06:10:00Z"),
                        "…",
                        null,
                        null)),
                List.of());
    }

    /** An ACD whose legs are passed through: one is up, the other one was ended by the ACD. */
    public static GatewayStatus relayed() {
        final GatewayStatus of = example();
        final Leg up = relayedLeg(
                1,
                LegState.UP,
                null,
                new Relayed(
                        "cms-east",
                        "10.1.1.20:41022",
                        new Flow(19_084_083, 48_000, 16_384, 400_384, 843, 40L, 0),
                        new Flow(1_153_433, 9_000, 1_400, 22_528, 102, 1_200L, 0),
                        0,
                        0));
        final Leg down = relayedLeg(
                2,
                LegState.DOWN,
                "closed by the ACD",
                new Relayed(
                        "cms-west", null, new Flow(0, 0, 0, 0, 0, null, 0), new Flow(0, 0, 0, 0, 0, null, 0), 0, 9));
        return new GatewayStatus(
                of.site(),
                of.version(),
                of.pid(),
                of.upSince(),
                of.at(),
                of.mode(),
                of.modeFile(),
                of.modeOperator(),
                of.state(),
                of.phase(),
                of.because(),
                of.active(),
                of.epoch(),
                of.decision(),
                of.holdDownLeftMs(),
                of.protected_(),
                of.next(),
                List.of(new Acd(
                        "acd3", "avaya-spi-relay", "relay", false, 1, 48_211, 48_211, 1, 1, 0, List.of(up, down))),
                of.servers(),
                of.switches(),
                of.calls(),
                of.disk(),
                of.alarms(),
                of.notified());
    }

    private static Leg relayedLeg(int leg, LegState state, String why, Relayed relayed) {
        return new Leg(
                leg,
                state,
                "10." + leg + ".1.10:5001",
                relayed.fromAcd().chunks(),
                0,
                0,
                0,
                40L,
                0,
                0,
                why,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                relayed);
    }

    /** A bad night: one leg busied out, one ACD paused, one server gone, the disk low. */
    public static GatewayStatus trouble() {
        final Leg up =
                new Leg(1, LegState.UP, "10.1.1.10:5038", 70_000, 0, 0, 0, 12L, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0);
        final Leg busiedOut = new Leg(
                2,
                LegState.BUSIED_OUT,
                "10.2.1.10:5038",
                0,
                70_000,
                0,
                0,
                null,
                1,
                3,
                "busied out by jd",
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
        final Leg down =
                new Leg(1, LegState.DOWN, null, 0, 0, 0, 0, null, 0, 0, "paused by jd", 0, 0, 0, 0, 0, 0, 0, 0);
        final Leg down2 =
                new Leg(2, LegState.DOWN, null, 0, 0, 0, 0, null, 0, 0, "paused by jd", 0, 0, 0, 0, 0, 0, 0, 0);
        final Feed live = new Feed(
                "acd1",
                "soupbintcp",
                true,
                "10.1.1.20:40112",
                70_001,
                "confirmed",
                70_001,
                70_001,
                70_001L,
                0,
                0,
                "atParity",
                0L,
                0,
                0,
                0,
                0,
                null,
                null);
        final Feed gone = new Feed(
                "acd1",
                "soupbintcp",
                false,
                null,
                1_000,
                "confirmed",
                1_200,
                1_100,
                1_000L,
                69_001,
                7_384_000,
                "away",
                null,
                0,
                2,
                0,
                0,
                null,
                "wrong password");
        return new GatewayStatus(
                "hq-east",
                "0.1.0",
                4711,
                UP_SINCE,
                AT,
                "none",
                "none",
                null,
                SiteState.UNPROTECTED,
                null,
                List.of("cms-west is not connected to acd1", "acd1 has one leg"),
                null,
                0,
                0,
                0,
                false,
                null,
                List.of(
                        new Acd(
                                "acd1",
                                "opaque-line",
                                "merge",
                                false,
                                1,
                                70_001,
                                70_001,
                                1,
                                1,
                                0,
                                List.of(up, busiedOut)),
                        new Acd("acd2", "opaque-line", "merge", true, 1, 5, 5, 1, 0, 0, List.of(down, down2))),
                List.of(
                        new Server("cms-east", ServerRole.ACTIVE, Health.UNKNOWN, List.of(), List.of(live)),
                        new Server("cms-west", ServerRole.OUT, Health.UNKNOWN, List.of(), List.of(gone))),
                List.of(),
                Calls.NONE,
                new Disk(1_900_000_000L, 83_886_080, DiskState.LOW, "1.8 GiB free, journal.min-free is 2.0 GiB"),
                List.of(
                        new Alarm(
                                11,
                                AlarmName.GAP,
                                Severity.MAJOR,
                                "acd1",
                                Instant.parse("2026-11-21T06:02:00Z"),
                                "nothing could be had for 4.2 s, after sequence 812",
                                null,
                                null),
                        new Alarm(
                                12,
                                AlarmName.FEED_DOWN,
                                Severity.MINOR,
                                "cms-west/acd1",
                                Instant.parse("2026-11-21T06:10:00Z"),
                                "cms-west is not connected",
                                null,
                                new Alarm.Acknowledgement("jd", "being patched", AT))),
                List.of());
    }

    /** The example, with somebody who is told and somebody who is not. */
    public static GatewayStatus told() {
        return told(new GatewayStatus.NotifyTest(AT.minusSeconds(61), "confirmed"));
    }

    /** The same after another test of the station, which ended so. */
    public static GatewayStatus tested(String state) {
        return told(new GatewayStatus.NotifyTest(Instant.now(), state));
    }

    private static GatewayStatus told(GatewayStatus.NotifyTest test) {
        final GatewayStatus like = example();
        return new GatewayStatus(
                like.site(),
                like.version(),
                like.pid(),
                like.upSince(),
                like.at(),
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
                like.acds(),
                like.servers(),
                like.switches(),
                like.calls(),
                like.disk(),
                like.alarms(),
                List.of(
                        new GatewayStatus.Notified(
                                "10.1.1.50:162",
                                "snmp/inform",
                                "reached",
                                7,
                                6,
                                1,
                                2,
                                0,
                                0,
                                null,
                                AT.minusSeconds(60),
                                test),
                        new GatewayStatus.Notified(
                                "https://hooks.example/…",
                                "webhook",
                                "unreachable",
                                9,
                                3,
                                4,
                                0,
                                5,
                                1,
                                "it answered with status 503",
                                null,
                                null)));
    }
}
