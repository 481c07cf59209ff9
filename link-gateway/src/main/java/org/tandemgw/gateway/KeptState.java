package org.tandemgw.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.feed.AheadClaim;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.feed.FeedStatus;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.recovery.WrittenMarks;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.time.ClockMemory;
import org.tandemgw.gateway.trunks.TrunkMemories;

/**
 * Collects what the control file has to hold from journals and feeds. One thread at a time (the keeper's lock). In the order of
 * durability: what a server has is read before what is synced, so that no entry says that a server has more than the disk.
 */
final class KeptState implements Supplier<ControlState> {
    private final SiteStart start;
    private final String sync;
    private final List<AcdParts> acds;
    private final List<FeedServer> feeds;
    private final StartNotices notices;
    private final Supplier<Optional<ClockMemory>> clock;
    private final TrunkMemories trunks;
    private final Supplier<Durable> deciding;
    private final Map<String, Map<String, ControlState.Hold>> holds = new HashMap<>();
    private final Map<String, Map<String, ControlState.Ahead>> ahead = new HashMap<>();
    private boolean ending;

    /**
     * Of these parts, as they come to be.
     *
     * @param start what the last run left: its entries stay for what this one has not opened
     * @param sync how this run's journals are synced
     * @param deciding what is decided; null: nothing ever was
     */
    KeptState(
            SiteStart start,
            JournalSync sync,
            List<AcdParts> acds,
            List<FeedServer> feeds,
            StartNotices notices,
            Supplier<Optional<ClockMemory>> clock,
            TrunkMemories trunks,
            Supplier<Durable> deciding) {
        this.deciding = deciding;
        this.start = start;
        this.sync = ControlState.word(sync);
        this.acds = acds;
        this.feeds = feeds;
        this.notices = notices;
        this.clock = clock;
        this.trunks = trunks;
    }

    /**
     * What the last run knew of a server stands until its feed says something: a start that fails before there are feeds must
     * not forget what is held for whom.
     */
    void takeOver(String server, LinkJournal journal) {
        final ControlState.Acd before = start.found().state().acd(journal.acd());
        final ControlState.Hold hold =
                before == null || before.hold(server) == null ? null : start.hold(server, journal);
        if (hold != null) {
            put(journal.acd(), hold);
        }
        note(server, journal.acd(), start.claim(server, journal.acd()));
    }

    /** Everything is closed: what is synced now is all that there is. */
    void end() {
        ending = true;
    }

    @Override
    public ControlState get() {
        for (final FeedServer feed : feeds) {
            feed.status().feeds().forEach(this::note);
            final Map<String, AheadClaim> claims = feed.claims();
            feed.status().feeds().forEach(each -> note(each.server(), each.acd(), claims.get(each.acd())));
        }
        final List<ControlState.Acd> all = new ArrayList<>(
                start.others(acds.stream().map(acd -> acd.config().name()).toList()));
        acds.forEach(acd -> all.add(acd(acd)));
        return new ControlState(all, clock.get().orElse(null), trunks.state(), deciding.get());
    }

    /** A server that has been here stays known, also while it is away. */
    private void note(FeedStatus feed) {
        final long through = feed.hold();
        if (through >= 0) {
            put(
                    feed.acd(),
                    new ControlState.Hold(
                            feed.server(), through, feed.cursorKind().word()));
        }
    }

    private void note(String server, String acd, AheadClaim claim) {
        final Map<String, ControlState.Ahead> standing = ahead.computeIfAbsent(acd, each -> new HashMap<>());
        if (claim == null) {
            standing.remove(server);
        } else {
            standing.put(server, new ControlState.Ahead(server, claim.had(), claim.neverFed(), claim.what()));
        }
    }

    private void put(String acd, ControlState.Hold hold) {
        holds.computeIfAbsent(acd, each -> new HashMap<>()).put(hold.server(), hold);
    }

    /** What is appended is read before the marks: each of them up to there is known. */
    private ControlState.Acd acd(AcdParts parts) {
        final LinkJournal journal = parts.journal();
        final long appended = journal.fault() == null ? journal.last() : journal.readable();
        final long synced = Math.min(journal.synced(), appended);
        final boolean clean = ending && journal.fault() == null && synced == appended;
        return new ControlState.Acd(
                journal.acd(),
                journal.generation(),
                synced,
                appended,
                new ControlState.Run(start.boot(), sync, clean),
                holds.getOrDefault(journal.acd(), Map.of()).values().stream()
                        .sorted(Comparator.comparing(ControlState.Hold::server))
                        .toList(),
                notices.standing(journal.acd()),
                ahead.getOrDefault(journal.acd(), Map.of()).values().stream()
                        .sorted(Comparator.comparing(ControlState.Ahead::server))
                        .toList(),
                marks(parts.intake().marks()),
                owed(parts.intake().owedMark(synced)));
    }

    private static ControlState.OwedMark owed(SwitchMark mark) {
        return mark == null
                ? null
                : new ControlState.OwedMark(mark.epoch(), mark.decision(), mark.from(), mark.to(), mark.began());
    }

    private static ControlState.Marks marks(WrittenMarks written) {
        if (written == null) {
            return null;
        }
        final SwitchMark newest = written.newest();
        return new ControlState.Marks(
                newest.epoch(), newest.decision(), newest.from(), newest.to(), written.commence(), written.switched());
    }
}
