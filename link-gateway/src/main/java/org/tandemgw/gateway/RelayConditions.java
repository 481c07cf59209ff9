package org.tandemgw.gateway;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.relay.RelayIntake;
import org.tandemgw.gateway.relay.RelayLegStatus;

/** What is wrong at this moment with legs that are passed through. Status thread only. */
final class RelayConditions {
    /** Who takes less than comes for longer than this is an alarm. */
    private static final long STALLED_MS = 10_000;

    private RelayConditions() {}

    /** @param arriving nobody is blamed yet for not being there */
    static List<Condition> of(AcdParts acd, boolean arriving) {
        final List<Condition> all = new ArrayList<>();
        acd.relaying().ifPresent(relay -> link(acd, relay, arriving, all));
        return all;
    }

    static boolean isWhole(AcdParts acd) {
        return acd.relaying()
                .filter(relay -> relay.leg(1).isUp() && relay.leg(2).isUp())
                .isPresent();
    }

    private static void link(AcdParts acd, RelayIntake relay, boolean arriving, List<Condition> all) {
        final RelayLegStatus one = relay.leg(1);
        final RelayLegStatus two = relay.leg(2);
        leg(acd, one, two, arriving, all);
        leg(acd, two, one, arriving, all);
        if (!relay.paused() && !arriving && !one.isUp() && !two.isUp()) {
            all.add(new Condition(
                    AlarmName.LINK_LOST,
                    relay.name(),
                    "neither leg is up: what the ACD sends now reaches neither server"));
        }
    }

    private static void leg(
            AcdParts acd, RelayLegStatus leg, RelayLegStatus other, boolean arriving, List<Condition> all) {
        final String object = acd.config().name() + "/leg-" + leg.leg();
        final String feed = leg.server() + "/" + acd.config().name();
        if (leg.listenMissing()) {
            all.add(new Condition(AlarmName.ADDRESS_MISSING, leg.server(), leg.why()));
        }
        if (leg.portInUse()) {
            all.add(new Condition(AlarmName.CONFIG_MISMATCH, leg.server(), leg.why()));
        }
        if (leg.bindMissing()) {
            all.add(new Condition(AlarmName.ADDRESS_MISSING, object, leg.why()));
        }
        if (leg.isUp()) {
            up(acd, leg, other, object, feed, all);
        } else if (leg.state() != LegState.BUSIED_OUT && leg.state() != LegState.PAUSED && !arriving) {
            all.add(new Condition(
                    AlarmName.FEED_DOWN,
                    feed,
                    leg.ofAcd()
                            ? "its connection was closed, as that of its leg to the ACD is: it dials again by itself"
                            : "the server is not connected"));
        }
        if (!leg.isUp() && leg.ofAcd()) {
            all.add(new Condition(AlarmName.LEG_DOWN, object, leg.why()));
        }
    }

    private static void up(
            AcdParts acd, RelayLegStatus leg, RelayLegStatus other, String object, String feed, List<Condition> all) {
        final long limitMs = acd.config().silence().toMillis();
        if (limitMs > 0 && silentMs(leg) > limitMs && other.isUp() && silentMs(other) <= limitMs) {
            all.add(new Condition(
                    AlarmName.LEG_SILENT,
                    object,
                    "connected, and the ACD has said nothing on it for more than " + limitMs / 1_000
                            + " s, while the other leg brings something: look at the link at both ends"));
        }
        if (leg.toAcd().stalledMs() > STALLED_MS) {
            all.add(new Condition(
                    AlarmName.LEG_SILENT,
                    object,
                    "connected, and the ACD takes less than " + leg.server()
                            + " sends: the server has been slowed down for more than " + STALLED_MS / 1_000 + " s"));
        }
        if (leg.fromAcd().stalledMs() > STALLED_MS) {
            all.add(new Condition(
                    AlarmName.FEED_LAG,
                    feed,
                    "the server takes less than comes: the ACD has been slowed down on this leg for more than "
                            + STALLED_MS / 1_000 + " s"));
        }
    }

    /** Within this session. */
    private static long silentMs(RelayLegStatus leg) {
        final Long silenceMs = leg.fromAcd().silenceMs();
        return silenceMs == null ? leg.upMs() : Math.min(silenceMs, leg.upMs());
    }
}
