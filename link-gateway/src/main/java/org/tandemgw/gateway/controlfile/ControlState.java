package org.tandemgw.gateway.controlfile;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.time.ClockMemory;

/**
 * What the control file holds: all that a start must know of the runs before it. Immutable; component names are the JSON keys. A
 * key that a version must not forget is only ever added together with a new {@link ControlFile#FORMAT}.
 *
 * @param acds one entry per ACD that has a journal, also of those that the configuration names no longer
 * @param clock what is known of the clock; null while nothing is
 * @param trunks one entry per trunk switch that was ever given an order, also of those that the configuration names no longer
 * @param deciding which server is active, the newest epoch, what is open; null: nothing was ever decided here
 */
public record ControlState(List<Acd> acds, ClockMemory clock, List<Trunk> trunks, Durable deciding) {
    /** Nothing is known. */
    public static final ControlState EMPTY = new ControlState(List.of(), null, List.of());

    /** Of a site that has never decided anything. */
    public ControlState(List<Acd> acds, ClockMemory clock, List<Trunk> trunks) {
        this(acds, clock, trunks, null);
    }

    /** Of a site without a trunk switch. */
    public ControlState(List<Acd> acds, ClockMemory clock) {
        this(acds, clock, List.of());
    }

    /** Copies the lists. */
    public ControlState {
        acds = List.copyOf(acds);
        trunks = trunks == null ? List.of() : List.copyOf(trunks);
    }

    /** The entry of an ACD; null if there is none. */
    public Acd acd(String name) {
        return acds.stream().filter(acd -> acd.name().equals(name)).findFirst().orElse(null);
    }

    /** The word for a run's {@code sync}. */
    public static String word(JournalSync sync) {
        return sync.name().toLowerCase(Locale.ROOT);
    }

    /**
     * One ACD's journal, as it was last known.
     *
     * @param generation which one
     * @param synced the last sequence known to survive a power loss
     * @param appended the last sequence known to be appended; beyond {@code synced} only a kill leaves it there
     * @param run the run that wrote this
     * @param holds per server that has ever been here
     * @param notice what operators must still be told of this generation; null once every server has found it
     * @param ahead the servers that claimed to have what this generation did not hold, as far as that stands
     * @param marks of the newest switchover, as far as {@code appended}; null: there are none
     * @param owed the beginning of a switchover that is to be marked and is not durable yet; null: there is none
     */
    public record Acd(
            String name,
            int generation,
            long synced,
            long appended,
            Run run,
            List<Hold> holds,
            String notice,
            List<Ahead> ahead,
            Marks marks,
            OwedMark owed) {
        /** Without a switchover. */
        public Acd(
                String name,
                int generation,
                long synced,
                long appended,
                Run run,
                List<Hold> holds,
                String notice,
                List<Ahead> ahead) {
            this(name, generation, synced, appended, run, holds, notice, ahead, null, null);
        }

        /** Copies the lists. */
        public Acd {
            holds = List.copyOf(holds);
            ahead = ahead == null ? List.of() : List.copyOf(ahead);
        }

        /** The last sequence that a server or a power loss can prove to have existed. */
        public long proved() {
            return Math.max(
                    synced, holds.stream().mapToLong(Hold::through).max().orElse(0));
        }

        /** The hold of a server; null if there is none. */
        public Hold hold(String server) {
            return holds.stream()
                    .filter(hold -> hold.server().equals(server))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * The marks of the newest switchover in a journal.
     *
     * @param from null: no server was known to be in control
     * @param commence the sequence of the first
     * @param switched that of the second; 0: there is none
     */
    public record Marks(long epoch, long decision, String from, String to, long commence, long switched) {}

    /**
     * The beginning of a switchover that is to be marked in a journal.
     *
     * @param from null: no server was known to be in control
     * @param at when it began
     */
    public record OwedMark(long epoch, long decision, String from, String to, Instant at) {}

    /**
     * The run of the gateway that last had a journal open.
     *
     * @param boot the machine's boot; empty if unknown
     * @param sync {@code group} or {@code none}
     * @param clean true if it ended in order, with everything synced
     */
    public record Run(String boot, String sync, boolean clean) {}

    /**
     * Up to where a server has everything.
     *
     * @param through the last sequence
     * @param kind {@code confirmed} or {@code acknowledged}: what that rests on; {@link #NONE}: it was never fed from this generation
     */
    public record Hold(String server, long through, String kind) {
        /** Records are held for a server that has not logged in to this generation. */
        public static final String NONE = "none";

        /** True if the server has logged in to this generation, or an operator has answered for it. */
        public boolean fed() {
            return !NONE.equals(kind);
        }
    }

    /**
     * A server was refused as ahead.
     *
     * @param had the last sequence of the journal at that moment, and that it may have
     * @param neverFed this generation was never fed to it by then
     * @param what why it was refused
     */
    public record Ahead(String server, long had, boolean neverFed, String what) {}

    /**
     * What was ordered of a trunk switch.
     *
     * @param name of the switch
     * @param epoch the newest that an order carried: an older one is refused
     * @param moves the newest of the last hour, each {@code milliseconds:card:position:a} for an automatic one, {@code :m} for
     *     another, with blanks between; text, because there may be hundreds and the file is small
     * @param lost why more may have been ordered than this file knows; null once an operator has adopted what the box says
     * @param open the order that a command was sent for and that is not known to be over; null: none
     */
    public record Trunk(String name, long epoch, String moves, String lost, OpenOrder open) {
        /** Nothing is open, nothing was lost. */
        public Trunk(String name, long epoch, String moves) {
            this(name, epoch, moves, null, null);
        }
    }

    /**
     * An order to a trunk switch that is under way.
     *
     * @param cards all of the order, with commas
     * @param card the one that the last command was about to be sent for, and when
     */
    public record OpenOrder(Instant at, String who, String why, long epoch, String position, String cards, int card) {}
}
