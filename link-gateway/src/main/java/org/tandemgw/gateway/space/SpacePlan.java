package org.tandemgw.gateway.space;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.space.Deletion.Why;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.gateway.space.SpaceFacts.Journal;
import org.tandemgw.gateway.space.SpaceFacts.Use;
import org.tandemgw.gateway.status.DiskState;

/**
 * Decides what is deleted and whether the legs pause. Pure: facts in, decision out; docs/adr/0010-what-is-deleted-and-when.md
 * has the rules and their reasons. One object per look.
 *
 * <p>Only the oldest file of a journal can go, so that a journal never has a hole.
 */
public final class SpacePlan {
    /** What both servers miss may only go if it reaches back further than this. */
    public static final long KEPT_NS = 600_000_000_000L;

    /** A connected server gets so long to take what was just written, as long as half of {@code min-free} is left. */
    static final long GRACE_NS = 5_000_000_000L;

    /** A smaller file that is appended to is not ended before its time: that would not help. */
    static final long WORTH_ENDING_BYTES = 4L << 20;

    private static final long LARGEST_MARGIN_BYTES = 256L << 20;
    private static final long LATCHED_NS = 3_600_000_000_000L;

    private final SpaceFacts facts;
    private final long referenceNs;
    private final long freeBytes;
    private final boolean wasPaused;
    private final int[] next;
    private final List<Deletion> deletions = new ArrayList<>();
    private final List<String> newFile = new ArrayList<>();
    private long expectedBytes;
    private boolean waiting;
    private boolean harmed;
    private long lastDropBytes;

    private SpacePlan(SpaceFacts facts) {
        this.facts = facts;
        this.next = new int[facts.journals().size()];
        this.wasPaused = facts.before().state() == DiskState.PAUSED;
        this.freeBytes = facts.noRoom() ? Math.min(facts.freeBytes(), facts.minFreeBytes() - 1) : facts.freeBytes();
        this.expectedBytes = freeBytes;
        this.referenceNs = referenceNs(facts);
        this.lastDropBytes = facts.before().lastDropBytes();
    }

    /** The decision that follows from these facts. */
    public static SpaceDecision decide(SpaceFacts facts) {
        return new SpacePlan(facts).decide();
    }

    /** So much above {@code min-free} the dropping stops, and half of it above, legs that were paused resume. */
    static long marginBytes(long minFreeBytes) {
        return Math.min(LARGEST_MARGIN_BYTES, minFreeBytes / 8);
    }

    /** A clock that is not trusted says nothing of ages; then the newest record stands for now. */
    private static long referenceNs(SpaceFacts facts) {
        final long newestNs = facts.journals().stream()
                .filter(Journal::live)
                .flatMap(journal -> journal.files().stream())
                .mapToLong(File::lastAtNs)
                .max()
                .orElse(facts.nowNs());
        return facts.clockTrusted() ? Math.max(facts.nowNs(), newestNs) : newestNs;
    }

    private SpaceDecision decide() {
        byRetention();
        final boolean below = expectedBytes < enoughBytes();
        if (below) {
            forSpace();
        }
        final boolean still = expectedBytes < enoughBytes();
        if (still) {
            awaitEnds();
            beginNewFiles();
        }
        if (still && newFile.isEmpty() && !waiting && !facts.before().dropped() && !mayHaveMore()
                || !still && expectedBytes - facts.soonBytes() < enoughBytes() && best() < 0) {
            endFilesEarly();
        }
        final boolean tried = newFile.isEmpty() || facts.before().asked();
        final boolean stuck = still && !waiting && tried && !facts.before().dropped() && !mayHaveMore();
        final boolean pause = stuck || wasPaused && still;
        final DiskState state = state(pause);
        return new SpaceDecision(
                deletions, newFile, pause, state, SpaceText.why(facts, deletions, state, resumeBytes()));
    }

    /** Of a journal all files went that the facts name: there may be more behind them, which the next look sees. */
    private boolean mayHaveMore() {
        for (int i = 0; i < next.length; i++) {
            if (next[i] > 0 && head(i) == null) {
                return true;
            }
        }
        return false;
    }

    private long enoughBytes() {
        return wasPaused ? resumeBytes() : facts.minFreeBytes();
    }

    private long resumeBytes() {
        return facts.minFreeBytes() + marginBytes(facts.minFreeBytes()) / 2;
    }

    private void byRetention() {
        if (!facts.clockTrusted()) {
            return;
        }
        for (int i = 0; i < next.length; i++) {
            final Journal journal = facts.journals().get(i);
            File file = head(i);
            while (file != null
                    && file.use() == Use.FINISHED
                    && facts.nowNs() - file.lastAtNs() > facts.retentionNs()
                    && (!journal.live() || Missing.nobody(journal, file))) {
                delete(i, Why.RETENTION);
                file = head(i);
            }
        }
    }

    private void forSpace() {
        int found = best();
        while (found >= 0) {
            final Journal journal = facts.journals().get(found);
            final Why why = Missing.kind(journal, head(found), facts.active());
            final long goalBytes =
                    why.harms() ? enoughBytes() : facts.minFreeBytes() + marginBytes(facts.minFreeBytes());
            if (expectedBytes >= goalBytes || why.harms() && refusedDespiteSpace()) {
                return;
            }
            lastDropBytes = head(found).bytes();
            harmed |= why.harms();
            delete(found, why);
            found = best();
        }
    }

    /** A quota, or a disk that fails: what somebody still misses is not given up for that. */
    private boolean refusedDespiteSpace() {
        return facts.noRoom() && facts.freeBytes() >= facts.minFreeBytes() + marginBytes(facts.minFreeBytes());
    }

    /** The journal whose oldest file is to go before all others: by the kind, then by age. */
    private int best() {
        int best = -1;
        Why bestWhy = null;
        for (int i = 0; i < next.length; i++) {
            final File file = head(i);
            if (file == null || file.use() != Use.FINISHED) {
                continue;
            }
            final Why why = Missing.kind(facts.journals().get(i), file, facts.active());
            final boolean better = best < 0
                    || why.compareTo(bestWhy) < 0
                    || why == bestWhy && file.lastAtNs() < head(best).lastAtNs();
            if (better && allowed(facts.journals().get(i), file, why)) {
                best = i;
                bestWhy = why;
            }
        }
        return best;
    }

    private boolean allowed(Journal journal, File file, Why why) {
        if (!why.harms()) {
            return true;
        }
        final boolean inGrace = !facts.noRoom()
                && freeBytes >= facts.minFreeBytes() / 2
                && referenceNs - file.lastAtNs() < GRACE_NS
                && Missing.somebodyConnected(journal, file);
        if (why == Why.BOTH_MISS && referenceNs - file.firstAtNs() <= KEPT_NS) {
            // It may be missed only until TCP tells that the server which is here has it.
            waiting |= inGrace && Missing.kind(caughtUp(journal, file), file, facts.active()) != Why.BOTH_MISS;
            return false;
        }
        waiting |= inGrace;
        return !inGrace;
    }

    /** The last way out: a file that nothing more would be added to is still the one appended to, as nothing came since. */
    private void beginNewFiles() {
        for (int i = 0; i < next.length; i++) {
            final Journal journal = facts.journals().get(i);
            final File file = head(i);
            if (file != null
                    && file.use() == Use.OVER
                    && allowed(journal, file, Missing.kind(journal, file, facts.active()))) {
                newFile.add(journal.acd());
            }
        }
    }

    /** A file that has ended can go once all of it is synced, which takes a moment. */
    private void awaitEnds() {
        for (int i = 0; i < next.length; i++) {
            final File file = head(i);
            waiting |= file != null
                    && file.use() == Use.APPENDED_TO
                    && !isLast(i)
                    && !facts.noRoom()
                    && freeBytes >= facts.minFreeBytes() / 2;
        }
    }

    private boolean isLast(int journal) {
        return next[journal] == facts.journals().get(journal).files().size() - 1;
    }

    /**
     * Rather than pause, and before it comes to that: the file that is appended to ends before its time if it could go then without harm to the server in
     * control.
     */
    private void endFilesEarly() {
        for (int i = 0; i < next.length; i++) {
            final Journal journal = facts.journals().get(i);
            final File file = head(i);
            if (file != null && file.use() == Use.APPENDED_TO && isLast(i) && file.bytes() > WORTH_ENDING_BYTES) {
                final Why why = Missing.kind(caughtUp(journal, file), file, facts.active());
                if (why != Why.BOTH_MISS && !(why.harms() && refusedDespiteSpace())) {
                    newFile.add(journal.acd());
                }
            }
        }
    }

    /** A server that follows is always a little behind in the file that is appended to; once that has ended, it soon has all. */
    private static Journal caughtUp(Journal journal, File file) {
        final List<Holder> holders = journal.holders().stream()
                .map(holder -> holder.connected() && holder.hold() >= file.first()
                        ? new Holder(holder.server(), file.last(), true)
                        : holder)
                .toList();
        return new Journal(journal.acd(), journal.generation(), journal.live(), journal.files(), holders);
    }

    private File head(int journal) {
        final List<File> files = facts.journals().get(journal).files();
        return next[journal] < files.size() ? files.get(next[journal]) : null;
    }

    private void delete(int index, Why why) {
        final Journal journal = facts.journals().get(index);
        final File file = head(index);
        deletions.add(new Deletion(
                journal.acd(),
                journal.generation(),
                file,
                why,
                why.harms() ? Missing.lostWith(journal, file) : List.of()));
        expectedBytes += file.bytes();
        next[index]++;
    }

    /**
     * Once low, the disk stays low until there is more room than our own dropping makes, or an hour after the last drop: where
     * retention is longer than the disk is large, the alarm stands instead of coming and going with every file.
     */
    private DiskState state(boolean pause) {
        if (pause) {
            return DiskState.PAUSED;
        }
        final SpaceFacts.Before before = facts.before();
        final boolean dropped = deletions.stream().anyMatch(deletion -> deletion.why() != Why.RETENTION);
        final boolean below = freeBytes < facts.minFreeBytes();
        final long usualBytes = facts.minFreeBytes() + marginBytes(facts.minFreeBytes());
        final boolean latched = before.state() != DiskState.OK
                && (freeBytes < usualBytes
                        || freeBytes < usualBytes + lastDropBytes && before.sinceDropNs() < LATCHED_NS);
        if (!below && !dropped && !latched) {
            return DiskState.OK;
        }
        return harmed || before.sinceHarmNs() < LATCHED_NS ? DiskState.CRITICAL : DiskState.LOW;
    }
}
