package org.tandemgw.profiles;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.profiles.yaml.Bytes;

/**
 * What is known, and what is only assumed, of one kind of trunk switch. Data only: this version sends nothing to any. Immutable.
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
        boolean readBack) {

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
     * How it is reached.
     *
     * @param tcp over TCP
     * @param serial over a serial line
     * @param port usual TCP port
     * @param persistent whether a connection is kept between commands
     * @param sessions most connections at a time
     */
    public record Transports(boolean tcp, boolean serial, int port, boolean persistent, int sessions) {}

    /**
     * Its password.
     *
     * @param used whether it has one
     * @param forbidden bytes that it must not hold
     */
    public record Password(boolean used, Bytes forbidden) {}

    /**
     * Its commands, with {password}, {card} and {position} to be filled in.
     *
     * @param select moves a card
     * @param query asks for its position
     */
    public record Frame(Bytes select, Bytes query) {}

    /**
     * Its slots.
     *
     * @param first lowest number
     * @param last highest number
     * @param all what stands for all of them; empty: nothing does
     * @param allIsAtomic whether all move together
     */
    public record Cards(int first, int last, String all, boolean allIsAtomic) {}

    /**
     * What it answers.
     *
     * @param parsers forms to try, in order
     * @param quiet so long without a byte ends a reply
     * @param limitBytes longest reply
     * @param busy replies that mean: in use by somebody else
     * @param echo whether commands come back first
     * @param optional whether a select may stay without a reply
     */
    public record Reply(
            List<Form> parsers, Duration quiet, int limitBytes, List<String> busy, boolean echo, boolean optional) {

        /** Copies the lists. */
        public Reply {
            parsers = List.copyOf(parsers);
            busy = List.copyOf(busy);
        }
    }

    /** Forms of a reply. */
    public enum Form {
        /** Card, blank, position, CR LF. */
        LINE,
        /** The same, ended by LF CR. */
        LINE_LFCR,
        /** The position alone. */
        BARE,
        /** One character for each card. */
        BITMAP
    }

    /**
     * How long things take.
     *
     * @param connect to open a connection
     * @param firstByte until a reply begins
     * @param wholeReply until it has ended
     * @param gap between commands
     * @param settle between select and query
     * @param readBack until the wanted position must be seen
     * @param readBackAll the same for all cards
     * @param poll how often it is asked without cause
     * @param retries of a select
     */
    public record Timing(
            Duration connect,
            Duration firstByte,
            Duration wholeReply,
            Duration gap,
            Duration settle,
            Duration readBack,
            Duration readBackAll,
            Duration poll,
            int retries) {}
}
