package org.tandemgw.profiles;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tandemgw.profiles.yaml.Bytes;

/**
 * What is known, and what is only assumed, of one kind of trunk switch. Data only: whoever composes the appliance makes the
 * driver's rules of it. Immutable.
 *
 * @param about name, evidence and hazards
 * @param models what it is written on
 * @param transports how it is reached
 * @param password whether a password rides in each frame, and what it must not hold
 * @param frame the commands
 * @param cards the slots
 * @param positions for A and B, and others where the box has them, what a frame calls them
 * @param reply what it answers
 * @param timing how long things take
 * @param readBack whether a move can be proved by reading it back
 * @param dropsInputWhileBusy whether it loses what comes while a command runs
 */
public record SwitchProfile(
        ProfileAbout about,
        List<String> models,
        Transports transports,
        Password password,
        Frame frame,
        Cards cards,
        Map<String, Bytes> positions,
        Reply reply,
        Timing timing,
        boolean readBack,
        boolean dropsInputWhileBusy) {

    /** What the word {@code absent} stands for among {@link Reply#words()}: no card in this slot. */
    public static final String ABSENT = "absent";

    /** Copies the collections. */
    public SwitchProfile {
        models = List.copyOf(models);
        positions = Collections.unmodifiableMap(new LinkedHashMap<>(positions));
    }

    /** @return the name by which a configuration names it */
    public String name() {
        return about.name();
    }

    /**
     * What each part rests on, in the order of the file: sections by their keys, patterns as {@code reply.patterns name}.
     *
     * @return part to evidence
     */
    public Map<String, Evidence> evidence() {
        Map<String, Evidence> all = new LinkedHashMap<>();
        all.put("transports", transports.evidence());
        all.put("password", password.evidence());
        all.put("frame", frame.evidence());
        all.put("cards", cards.evidence());
        reply.patterns().forEach(pattern -> all.put("reply.patterns " + pattern.name(), pattern.evidence()));
        all.put("reply", reply.evidence());
        all.put("timing", timing.evidence());
        return all;
    }

    /**
     * The parts that nobody has seen in a manual or on a wire.
     *
     * @return their names, in the order of the file
     */
    public List<String> assumed() {
        List<String> parts = new ArrayList<>();
        evidence().forEach((part, evidence) -> {
            if (evidence == Evidence.ASSUMED) {
                parts.add(part);
            }
        });
        return parts;
    }

    /** What a part of a profile rests on. */
    public enum Evidence {
        /** The maker's manual says so. */
        MANUAL,
        /** It was captured from a real box. */
        CAPTURED,
        /** It is our choice, so that work can go on. */
        ASSUMED
    }

    /**
     * How it is reached.
     *
     * @param tcp over TCP
     * @param serial over a serial line
     * @param snmp over SNMP: its frames are lines {@code get OID} and {@code set OID TYPE VALUE}
     * @param port usual TCP or UDP port
     * @param persistent whether a connection is kept between commands
     * @param sessions most connections at a time
     * @param evidence what this rests on
     */
    public record Transports(
            boolean tcp, boolean serial, boolean snmp, int port, boolean persistent, int sessions, Evidence evidence) {}

    /**
     * Its password.
     *
     * @param used whether it has one
     * @param forbidden bytes that it must not hold
     * @param evidence what this rests on
     */
    public record Password(boolean used, Bytes forbidden, Evidence evidence) {}

    /**
     * Its commands, with {password}, {card} and {position} to be filled in.
     *
     * @param select moves a card
     * @param query asks for its position; empty where no move can be proved
     * @param evidence what this rests on
     */
    public record Frame(Bytes select, Optional<Bytes> query, Evidence evidence) {}

    /**
     * Its slots.
     *
     * @param first lowest number
     * @param last highest number
     * @param all what stands for all of them; empty: nothing does
     * @param allIsAtomic whether all move together
     * @param evidence what this rests on
     */
    public record Cards(int first, int last, String all, boolean allIsAtomic, Evidence evidence) {}

    /**
     * What it answers.
     *
     * @param patterns forms to try, in order
     * @param words what it calls a position, in any case of letters: to A, B, {@link #ABSENT}, or another name in capitals
     * @param lines after so many lines a reply is over; 0: only silence or the end of the connection ends it
     * @param limitBytes longest reply
     * @param echo whether commands come back first
     * @param toCommands whether a select is answered too
     * @param aggregateStatusTrusted whether what it says of all cards at once can be believed
     * @param evidence what the keys beside the patterns rest on
     */
    public record Reply(
            List<ReplyPattern> patterns,
            Map<String, String> words,
            int lines,
            int limitBytes,
            boolean echo,
            boolean toCommands,
            boolean aggregateStatusTrusted,
            Evidence evidence) {

        /** Copies the collections. */
        public Reply {
            patterns = List.copyOf(patterns);
            words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }
    }

    /** What a reply says. */
    public enum Meaning {
        /** Where a card is. */
        POSITION,
        /** In use by somebody else: come back later. */
        BUSY,
        /** The password is wrong. */
        PASSWORD_WRONG,
        /** Refused for another reason. */
        ERROR
    }

    /**
     * One form of a reply. Where it says a position, its expression has a group {@code position} and, where the box says it, a
     * group {@code card}; or a group {@code row} with one character per card.
     *
     * @param name for people: status and {@code trunks query} say which one matched
     * @param evidence what it rests on
     * @param wholeReply whether it reads the last line even if that has not ended; else only lines that have
     * @param means what it says
     * @param match the expression
     */
    public record ReplyPattern(String name, Evidence evidence, boolean wholeReply, Meaning means, Pattern match) {}

    /**
     * How long things take.
     *
     * @param connect to open a connection
     * @param firstByte until a reply begins
     * @param quiet so long without a byte ends a reply
     * @param wholeReply until it has ended
     * @param gap between commands
     * @param settle between select and query
     * @param readBack until the wanted position must be seen
     * @param retries of a frame without an answer, and of a select that did not work
     * @param backoff before the first retry
     * @param backoffMax before later ones
     * @param poll how often it is asked without cause
     * @param pollAfterMove the same for a while after a move
     * @param afterMove how long that while is
     * @param pollMax how seldom a box that does not answer is asked at the most
     * @param late how late a reply may come at worst on a line that stays open
     * @param evidence what this rests on
     */
    public record Timing(
            Duration connect,
            Duration firstByte,
            Duration quiet,
            Duration wholeReply,
            Duration gap,
            Duration settle,
            Duration readBack,
            int retries,
            Duration backoff,
            Duration backoffMax,
            Duration poll,
            Duration pollAfterMove,
            Duration afterMove,
            Duration pollMax,
            Duration late,
            Evidence evidence) {}
}
