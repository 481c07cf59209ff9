package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.profiles.SwitchProfile;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * One trunk switch; {@code tcp}, {@code serial} or both lead to it, or {@code snmp}.
 *
 * @param name unique
 * @param profile what it is
 * @param tcp its address
 * @param serial its serial line
 * @param snmp its SNMP agent
 * @param secret its password
 * @param confirmed who confirmed that the box is this profile; until then nothing is sent
 * @param cards which cards, at least one, in rising order
 * @param positionA the server at position A
 * @param positionB the server at position B
 * @param circuits for a card the trunks, as the ACD names them, that run through it
 * @param dwell least time between opposite moves of a card
 * @param movesPerHour most automatic moves in an hour
 * @param onPartial what to do when only some cards moved
 * @param dscp how packets to it by tcp are marked; 0: not
 */
public record SwitchConfig(
        String name,
        SwitchProfile profile,
        Optional<HostPort> tcp,
        Optional<SerialLine> serial,
        Optional<SnmpAgent> snmp,
        Optional<Secret> secret,
        Optional<String> confirmed,
        List<Integer> cards,
        String positionA,
        String positionB,
        Map<Integer, List<String>> circuits,
        Duration dwell,
        int movesPerHour,
        OnPartial onPartial,
        int dscp) {

    /** What to do when only some cards moved. */
    public enum OnPartial {
        /** Nothing; an operator decides. */
        HOLD,
        /** Try again, then promote all the same. */
        RETRY_THEN_PROMOTE,
        /** Move back what moved, when no calls are up. */
        ROLL_BACK
    }

    /** Parity of a serial line. */
    public enum Parity {
        /** No parity bit. */
        NONE,
        /** Even. */
        EVEN,
        /** Odd. */
        ODD
    }

    /** Flow control of a serial line. */
    public enum Flow {
        /** None. */
        NONE,
        /** RTS and CTS. */
        RTS_CTS,
        /** XON and XOFF. */
        XON_XOFF
    }

    /**
     * A serial line.
     *
     * @param device such as /dev/ttyS0
     * @param baud speed
     * @param bits 7 or 8
     * @param parity parity
     * @param stop 1 or 2
     * @param flow flow control
     */
    public record SerialLine(String device, int baud, int bits, Parity parity, int stop, Flow flow) {}

    /**
     * An SNMP agent.
     *
     * @param target its UDP address
     * @param version which SNMP it speaks
     * @param community for version 2c: one that may write
     * @param user for version 3
     */
    public record SnmpAgent(
            HostPort target, SnmpVersion version, Optional<Secret> community, Optional<SnmpConfig.User> user) {}

    /** Versions of SNMP. */
    public enum SnmpVersion {
        /** With a community. */
        V2C,
        /** With a user. */
        V3
    }

    /** Copies the collections. */
    public SwitchConfig {
        cards = List.copyOf(cards);
        circuits = Collections.unmodifiableMap(new LinkedHashMap<>(circuits));
    }

    /**
     * Which server a position leads to.
     *
     * @param position a position's name
     * @return the server; null for a position that leads to none
     */
    public String server(String position) {
        return "A".equals(position) ? positionA : "B".equals(position) ? positionB : null;
    }

    /** What the profile's pauses alone make of one card: look, command, settle, look; a gap behind any of them, and silence to end each answer. */
    public Duration cardAtBest() {
        SwitchProfile.Timing timing = profile.timing();
        Duration quiet = profile.reply().lines() > 0 ? Duration.ZERO : timing.quiet();
        return timing.settle().plus(timing.gap().multipliedBy(3)).plus(quiet.multipliedBy(3));
    }
}
