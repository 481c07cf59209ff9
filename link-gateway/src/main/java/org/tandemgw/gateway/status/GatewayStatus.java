package org.tandemgw.gateway.status;

import java.time.Instant;
import java.util.List;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.switchover.DrillView;

/**
 * One immutable picture of the whole gateway. Made once a status period on the status thread; control socket, CLI and later SNMP, metrics and panel
 * are views of it. Component names are the keys of {@code status --json} (one trailing underscore is left out), in this order: keys may be added, none renamed.
 *
 * @param mode none, held, manual or auto, as in effect: the more careful of the next two
 * @param modeFile the file's
 * @param modeOperator what an operator has asked for; null if nothing
 * @param phase what deciding waits for, in one sentence; null if it decides nothing
 * @param because why the state is not {@code protected}: one sentence each, the worst first
 * @param active the server in control; null if there is none or it is not known
 * @param decision the number of the newest decision; 0: none yet
 * @param holdDownLeftMs for how long nothing is switched automatically, because something just was; 0: nothing holds it down
 * @param protected_ true if losing any one server would lose nothing
 * @param next the command to type next; null if there is nothing to do
 * @param maintenance what an operator has taken out of service
 * @param drills under way, last and next; null: this site does not switch
 * @param configuration where the file and what runs stand to each other; null if nobody knows
 */
public record GatewayStatus(
        String site,
        String version,
        long pid,
        Instant upSince,
        Instant at,
        String mode,
        String modeFile,
        String modeOperator,
        SiteState state,
        String phase,
        List<String> because,
        String active,
        long epoch,
        long decision,
        long holdDownLeftMs,
        boolean protected_,
        String next,
        List<Acd> acds,
        List<Server> servers,
        List<TrunkSwitch> switches,
        Calls calls,
        Disk disk,
        List<Alarm> alarms,
        List<Notified> notified,
        List<Maintenance> maintenance,
        DrillView drills,
        Configuration configuration) {
    /** Nothing is out of service, it does not switch, and nothing is known of the file. */
    public GatewayStatus(
            String site,
            String version,
            long pid,
            Instant upSince,
            Instant at,
            String mode,
            String modeFile,
            String modeOperator,
            SiteState state,
            String phase,
            List<String> because,
            String active,
            long epoch,
            long decision,
            long holdDownLeftMs,
            boolean protected_,
            String next,
            List<Acd> acds,
            List<Server> servers,
            List<TrunkSwitch> switches,
            Calls calls,
            Disk disk,
            List<Alarm> alarms,
            List<Notified> notified) {
        this(
                site,
                version,
                pid,
                upSince,
                at,
                mode,
                modeFile,
                modeOperator,
                state,
                phase,
                because,
                active,
                epoch,
                decision,
                holdDownLeftMs,
                protected_,
                next,
                acds,
                servers,
                switches,
                calls,
                disk,
                alarms,
                notified,
                List.of(),
                null,
                null);
    }

    /** Takes its own copies of the lists. */
    public GatewayStatus {
        because = List.copyOf(because);
        acds = List.copyOf(acds);
        servers = List.copyOf(servers);
        switches = List.copyOf(switches);
        alarms = List.copyOf(alarms);
        notified = List.copyOf(notified);
        maintenance = List.copyOf(maintenance);
    }

    /**
     * What an operator has taken out of service.
     *
     * @param server who is never promoted meanwhile; null: the whole site, and nothing is switched by itself
     * @param until when he wanted to be done
     * @param overdue whether that time is over
     */
    public record Maintenance(String server, String who, String why, Instant since, Instant until, boolean overdue) {}

    /**
     * Where the configuration file and what runs stand to each other.
     *
     * @param file its path
     * @param digest the SHA-256 of what was read, as {@code sha256sum} prints it
     * @param readAt when it was taken, at the start or by the last reload
     * @param waiting the keys that wait for a restart
     * @param refused why the last reload changed nothing; null: it did what could be done
     * @param reload what a reload that is under way waits for; null: there is none, or it waits for nothing
     */
    public record Configuration(
            String file, String digest, Instant readAt, List<String> waiting, String refused, String reload) {
        /** Takes its own copy of the list. */
        public Configuration {
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * One ACD and its link.
     *
     * @param mode merge or relay
     * @param sequence the last record of this generation
     * @param synced the last one that survives a power loss
     * @param paused true after {@code acd pause}: both legs are closed until {@code acd resume}
     * @param recovery what is kept for the server that took over last; null: nothing
     */
    public record Acd(
            String name,
            String profile,
            String mode,
            boolean paused,
            int generation,
            long sequence,
            long synced,
            long oldest,
            long gaps,
            long discontinuities,
            List<Leg> legs,
            Recovery recovery) {
        /** Nothing is kept for a server that took over. */
        public Acd(
                String name,
                String profile,
                String mode,
                boolean paused,
                int generation,
                long sequence,
                long synced,
                long oldest,
                long gaps,
                long discontinuities,
                List<Leg> legs) {
            this(name, profile, mode, paused, generation, sequence, synced, oldest, gaps, discontinuities, legs, null);
        }

        /** Takes its own copy of the list. */
        public Acd {
            legs = List.copyOf(legs);
        }
    }

    /**
     * The recovery session of a server that took over.
     *
     * @param session its name
     * @param server whose it is
     * @param asOf the sequence of the mark at which the calls were in flight; 0: it waits for room on the disk
     * @param frames how many it has; -1: they are not known yet
     * @param lacking how many of them are not kept any more; -1: that cannot be found out
     */
    public record Recovery(String session, String server, long epoch, long asOf, long frames, long lacking) {}

    /**
     * One leg; its counters are since the process started.
     *
     * @param peer the address dialled, or of who dialled in; null if unknown
     * @param first frames that came here first
     * @param confirmed frames that the other leg had brought before
     * @param owed frames of the other leg that are still missing here
     * @param lagMs how far it comes after the other leg
     * @param silenceMs since its last byte; null if it never had one
     * @param why one sentence on why it is not up; null if it is
     * @param failedAttempts dials that failed and sessions that ended before they were ready
     * @param replaced sessions that gave way to a newer connection of a listening leg
     * @param refused connections from addresses that {@code allow} does not name
     * @param localFrames frames that belonged to the leg's session alone
     * @param jumps how often it brought something else than what had to come, and its place had to be found again
     * @param forcedEnds searches for its place that ended without a proof
     * @param strays frames without a place, emitted after a discontinuity
     * @param bufferDrops frames dropped from a full buffer while the other leg covered them
     * @param relayed what passes, where the leg is passed through to a server; null where it is merged
     */
    public record Leg(
            int leg,
            LegState state,
            String peer,
            long first,
            long confirmed,
            long owed,
            long lagMs,
            Long silenceMs,
            long reconnects,
            long badFrames,
            String why,
            long failedAttempts,
            long replaced,
            long refused,
            long localFrames,
            long jumps,
            long forcedEnds,
            long strays,
            long bufferDrops,
            Relayed relayed) {
        /** Of a leg that is merged. */
        public Leg(
                int leg,
                LegState state,
                String peer,
                long first,
                long confirmed,
                long owed,
                long lagMs,
                Long silenceMs,
                long reconnects,
                long badFrames,
                String why,
                long failedAttempts,
                long replaced,
                long refused,
                long localFrames,
                long jumps,
                long forcedEnds,
                long strays,
                long bufferDrops) {
            this(
                    leg,
                    state,
                    peer,
                    first,
                    confirmed,
                    owed,
                    lagMs,
                    silenceMs,
                    reconnects,
                    badFrames,
                    why,
                    failedAttempts,
                    replaced,
                    refused,
                    localFrames,
                    jumps,
                    forcedEnds,
                    strays,
                    bufferDrops,
                    null);
        }
    }

    /** One of the two servers. */
    public record Server(String name, ServerRole role, Health health, List<Probe> probes, List<Feed> feeds) {
        /** Takes its own copies of the lists. */
        public Server {
            probes = List.copyOf(probes);
            feeds = List.copyOf(feeds);
        }
    }

    /**
     * One way of looking at a server.
     *
     * @param lastMs how long the last answer took; null if there was none
     * @param failures looks in a row that failed
     * @param said what the last look found, in a few words; null if there was none
     * @param at when it last looked; null if it never did
     */
    public record Probe(String name, Health health, Double lastMs, long failures, String said, Instant at) {}

    /**
     * What carries one journal to one server.
     *
     * @param peer the server's address while connected, else null
     * @param cursor the last record that the server is known to have, or that TCP acknowledged: see {@code cursorKind}
     * @param cursorKind confirmed or acknowledged
     * @param sent the last record written to it
     * @param acknowledged the last record that TCP has acknowledged: it has reached the server's machine
     * @param hold records after this one are held for the server; null: it was never here, nothing is held
     * @param lagMs for how long the oldest record not yet written to it has been waiting
     * @param parity away, measuring, approaching, notAtThisRate, notAtThisLimit or atParity: it has everything that could be sent a second ago
     * @param parityMs until it is at parity, if all goes on like this; 0 at parity, null if it will not be or nobody can say
     * @param catchUpRate records a second that it takes while it is behind; 0 at parity
     * @param deniedActions what clients of a native feed asked for and was refused: Tandem plays an ACD that only tells
     * @param digest the last chained digest; null before sequence 1,000
     * @param lastRefusal why a login was refused last; null if none was
     */
    public record Feed(
            String acd,
            String kind,
            boolean connected,
            String peer,
            long cursor,
            String cursorKind,
            long sent,
            long acknowledged,
            Long hold,
            long lagFrames,
            long lagMs,
            String parity,
            Long parityMs,
            long catchUpRate,
            long rejectedLogins,
            long badPackets,
            long deniedActions,
            Digest digest,
            String lastRefusal) {}

    /** The chained digest through a multiple of 1,000. */
    public record Digest(long through, String value) {}

    /**
     * One trunk switch.
     *
     * @param position where all of its cards are; {@code mixed} or {@code unknown} if that is no one position
     * @param reachable true if it answered the last query with something that its profile understands
     * @param boxProfile what it is
     * @param leadsTo the server that this position leads to; null if none
     * @param reach notAsked, unconfirmed, reachable, busy, authSuspected, notUnderstood or unreachable
     * @param reachWhy one sentence
     * @param path over which it was asked last; null if it never was
     * @param ageMs how old the oldest position of its cards is; null if one was never read
     * @param movedWithoutUs true if a card changed without an order, and nobody has adopted that
     * @param lastEpoch the newest that an order carried
     * @param confirmedBy who confirmed what the box is; null: nothing is sent
     * @param monitorOnly true if it is asked and never moved
     */
    public record TrunkSwitch(
            String name,
            String position,
            boolean reachable,
            List<Card> cards,
            String boxProfile,
            String leadsTo,
            String reach,
            String reachWhy,
            String path,
            Long ageMs,
            boolean movedWithoutUs,
            long lastEpoch,
            String confirmedBy,
            boolean monitorOnly) {
        /** Takes its own copy of the list. */
        public TrunkSwitch {
            cards = List.copyOf(cards);
        }
    }

    /**
     * One card of a trunk switch.
     *
     * @param position A, B, another one of the box, absent, or unknown
     * @param lastOutcome of the last order: MOVED, ALREADY_THERE, NOT_MOVED, ABSENT or UNKNOWN; null if there was none
     * @param leadsTo the server that this position leads to; null if none
     * @param ageMs since it was read; null if it never was
     * @param movedWithoutUs true if it changed without an order, and nobody has adopted that
     */
    public record Card(
            int card, String position, String lastOutcome, String leadsTo, Long ageMs, boolean movedWithoutUs) {}

    /**
     * The calls, counted.
     *
     * @param inFlight null: nobody counts them; it does not mean that there are none
     * @param recovered by the newest switchover, 0 before the first; null likewise
     * @param cut by the newest switchover, 0 before the first; null likewise
     * @param waiting of those in flight, how many wait in a queue; null likewise
     * @param agents how many are logged on; null likewise
     * @param sure whether it is known that there are these and no others
     * @param why they are not known, where there is more to say than that no ACD tells; else null
     * @param refusedQuestions to the tables that were not taken, since the process started
     * @param listsGivenUp lists of the ACDs that the tables did not take in time, since the process started
     * @param diskErrors how often the disk did not do what it should for a table, since the process started
     * @param countedTogether how often interval statistics counted something with others of its kind, because there were too many
     * @param undecoded how many frames and items of lists the program failed to read, since the process started
     */
    public record Calls(
            Long inFlight,
            Long recovered,
            Long cut,
            Long waiting,
            Long agents,
            boolean sure,
            String why,
            long refusedQuestions,
            long listsGivenUp,
            long diskErrors,
            long countedTogether,
            long undecoded) {
        /** Nothing known about calls. */
        public static final Calls NONE = new Calls(null, null, null, null, null, false, null, 0, 0, 0, 0, 0);
    }

    /**
     * Space below {@code data}.
     *
     * @param journalBytes what the journals really take on disk, some seconds ago
     * @param why what the state comes from, what was deleted last, and how long the space lasts; null if there is nothing to say
     */
    public record Disk(long freeBytes, long journalBytes, DiskState state, String why) {}

    /**
     * Who is told of alarms: an SNMP manager, a syslog, a webhook.
     *
     * @param target its address; of a URL no more than its host
     * @param kind snmp/inform, snmp/trap, syslog/udp, syslog/tcp or webhook
     * @param state notYet, reached, unconfirmed (sent, and it does not say whether it has it) or unreachable
     * @param lastNumber the running number of the newest message for it
     * @param sent since the process started, like the next two
     * @param failed attempts that it did not take
     * @param untold alarms that came and went without a message of their own
     * @param waiting messages that wait for it
     * @param dropped messages that it will never get, as too many waited; over all runs
     * @param why it is unreachable; null otherwise
     * @param confirmedAt when it confirmed a message last, or took one; null: never in this run, or it says nothing
     * @param test the newest one that somebody asked for in this run; null: nobody did
     */
    public record Notified(
            String target,
            String kind,
            String state,
            long lastNumber,
            long sent,
            long failed,
            long untold,
            long waiting,
            long dropped,
            String why,
            Instant confirmedAt,
            NotifyTest test) {}

    /**
     * A test notification.
     *
     * @param at when it was asked for
     * @param state waiting, underWay, confirmed, sent (and nobody says whether it came) or failed
     */
    public record NotifyTest(Instant at, String state) {}
}
