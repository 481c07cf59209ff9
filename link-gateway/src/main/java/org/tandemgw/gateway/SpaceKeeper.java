package org.tandemgw.gateway;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.config.JournalConfig;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.VoidFiles;
import org.tandemgw.gateway.space.Deletion;
import org.tandemgw.gateway.space.FreeFall;
import org.tandemgw.gateway.space.FreeTrend;
import org.tandemgw.gateway.space.SpaceDecision;
import org.tandemgw.gateway.space.SpaceFacts;
import org.tandemgw.gateway.space.SpacePlan;
import org.tandemgw.gateway.space.SpaceText;
import org.tandemgw.gateway.status.DiskState;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;

/**
 * The thread {@code space}: looks each second how much is free, and carries out what {@link SpacePlan} decides. It may wait
 * for the disk; nobody waits for it.
 */
final class SpaceKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceKeeper.class);
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);
    /** While there is too little room, or a file is about to end. */
    private static final long SHORT_OF_ROOM_NS = TimeUnit.MILLISECONDS.toNanos(200);
    /** While there is room: the files are listed, and what is older than the retention goes. */
    private static final long AT_EASE_NS = TimeUnit.SECONDS.toNanos(5);

    /** How often the journals are measured: the longer it takes, the less often. */
    private static final long COUNT_AT_LEAST_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long COUNT_AT_MOST_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int COUNT_FACTOR = 200;

    /** What is done to the legs of all ACDs for want of space. Called on the thread {@code space}; may wait for intake. */
    interface Legs {
        /** Stops reading, until {@link #resumeFromSpace}. Legs that are paused already stay so. */
        void pauseForSpace(String why);

        void resumeFromSpace();

        /** The next record of the ACD's journal begins a new file. */
        void endFile(String acd);

        /** Where no record comes: appends a mark, which begins it. */
        void beginNewFile(String acd, String why);
    }

    /** What servers have is to be known after a crash as well, before anything goes because they have it. */
    interface Holds {
        void makeDurable() throws IOException;
    }

    private final Path data;
    private volatile JournalConfig config;
    private final StoredFiles files;
    private final Supplier<String> active;
    private final BooleanSupplier noRoom;
    private final BooleanSupplier clockTrusted;
    private final Clock clock;
    private final Legs legs;
    private final Holds holds;
    private final FreeTrend trend = new FreeTrend();
    private final FreeFall fall = new FreeFall();
    private final Set<String> ended = new HashSet<>();
    private final Thread thread = new Thread(this::run, "space");
    private volatile boolean closing;

    private DiskState state = DiskState.OK;
    private boolean dropped;
    private boolean asked;
    private boolean everDropped;
    private boolean everHarmed;
    private long lastDropNs;
    private long lastHarmNs;
    private long lastDropBytes;
    private String lastDrop = "";
    private boolean looked;
    private long lookedNs;
    private boolean counted;
    private long countedNs;
    private long countEveryNs = COUNT_AT_LEAST_NS;
    private long journalBytes;
    private volatile boolean failing;
    private volatile boolean refused;
    private boolean shortOfRoom;
    private volatile GatewayStatus.Disk disk;

    /**
     * Begins nothing yet.
     *
     * @param active the server in control; gives null while it is not known
     * @param noRoom true while a journal gets no room, whatever the file system says is free
     * @param clockTrusted false while the clock is suspect
     */
    SpaceKeeper(
            Path data,
            JournalConfig config,
            StoredFiles files,
            Supplier<String> active,
            BooleanSupplier noRoom,
            BooleanSupplier clockTrusted,
            Clock clock,
            Legs legs,
            Holds holds) {
        this.data = data;
        this.config = config;
        this.files = files;
        this.active = active;
        this.noRoom = noRoom;
        this.clockTrusted = clockTrusted;
        this.clock = clock;
        this.legs = legs;
        this.holds = holds;
        this.disk = new GatewayStatus.Disk(freeBytes(), 0, DiskState.OK, null);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Keeps so much, and so much free, from the next look on. Any thread. */
    void follow(JournalConfig next) {
        config = next;
        LockSupport.unpark(thread);
    }

    /** How the disk stands. Any thread; the free space is that of this moment. */
    GatewayStatus.Disk disk() {
        final GatewayStatus.Disk seen = disk;
        final long freeBytes = freeBytes();
        return new GatewayStatus.Disk(
                freeBytes,
                seen.journalBytes(),
                seen.state(),
                seen.state() == DiskState.OK || failing ? seen.why() : room(freeBytes) + ": " + seen.why());
    }

    private String room(long freeBytes) {
        return SpaceText.room(freeBytes, config.minFreeBytes(), refused);
    }

    private void run() {
        while (!closing) {
            try {
                look();
                failing = false;
            } catch (RuntimeException | Error e) {
                if (!failing) {
                    LOG.error("space could not be looked after; it is tried again each second", e);
                }
                failing = true;
                disk = new GatewayStatus.Disk(
                        freeBytes(),
                        journalBytes,
                        state == DiskState.OK ? DiskState.LOW : state,
                        "nothing is deleted, as space could not be looked after: " + e);
            }
            if (!closing) {
                LockSupport.parkNanos(this, shortOfRoom ? SHORT_OF_ROOM_NS : PERIOD_NS);
            }
        }
    }

    /** One look. Thread {@code space}, or a test instead of it. */
    void look() {
        final long nowNs = clock.nanoTime();
        refused = noRoom.getAsBoolean();
        final long freeBytes = freeBytes();
        if (freeBytes == 0 && journals().getTotalSpace() == 0) {
            // Java's way to say that it could not find out: nothing is deleted on that.
            throw new IllegalStateException("the file system does not say how much is free at " + data);
        }
        fall.saw(nowNs, freeBytes);
        final boolean hurry = refused
                || freeBytes - fall.soonBytes(nowNs) < config.minFreeBytes()
                || state == DiskState.PAUSED
                || dropped
                || !ended.isEmpty();
        if (!looked || hurry || nowNs - lookedNs >= AT_EASE_NS) {
            looked = true;
            lookedNs = nowNs;
            decide(nowNs, freeBytes);
        }
        if (!counted || nowNs - countedNs >= countEveryNs) {
            counted = true;
            countedNs = nowNs;
            count();
            final long tookNs = clock.nanoTime() - nowNs;
            countEveryNs = Math.min(COUNT_AT_MOST_NS, Math.max(COUNT_AT_LEAST_NS, COUNT_FACTOR * tookNs));
        }
    }

    private void decide(long nowNs, long seenFreeBytes) {
        final long nowUtcNs = clock.utcNs();
        final boolean gone = deleteVoid(refused || seenFreeBytes < config.minFreeBytes(), nowUtcNs);
        final long freeBytes = gone ? freeBytes() : seenFreeBytes;
        dropped |= gone;
        trend.saw(nowNs, freeBytes, dropped);
        final SpaceDecision decision = SpacePlan.decide(new SpaceFacts(
                nowUtcNs,
                clockTrusted.getAsBoolean(),
                freeBytes,
                fall.soonBytes(nowNs),
                refused,
                config.minFreeBytes(),
                config.retention().toNanos(),
                active.get(),
                files.look(nowUtcNs),
                new SpaceFacts.Before(
                        state,
                        dropped,
                        asked,
                        lastDropBytes,
                        everDropped ? nowNs - lastDropNs : Long.MAX_VALUE,
                        everHarmed ? nowNs - lastHarmNs : Long.MAX_VALUE)));
        dropped = false;
        drop(decision.deletions(), nowNs, nowUtcNs);
        carryOut(decision, freeBytes);
        disk = new GatewayStatus.Disk(freeBytes, journalBytes, state, shown(decision.why(), freeBytes));
        endFiles(decision.newFile(), refused || freeBytes < config.minFreeBytes() || state == DiskState.PAUSED);
        shortOfRoom = !ended.isEmpty() || freeBytes < config.minFreeBytes() && state != DiskState.PAUSED;
    }

    /** The next record begins a new file; only where none has come until the next look, and room is short, a mark is written to begin it. */
    private void endFiles(List<String> acds, boolean now) {
        asked = false;
        for (final String acd : acds) {
            if (ended.contains(acd) && now) {
                asked = true;
                legs.beginNewFile(acd, "a new file begins, so that the one before can make room");
            } else if (!ended.contains(acd)) {
                LOG.info("{}: a new file begins, so that the one before can make room", acd);
                legs.endFile(acd);
            }
        }
        ended.retainAll(acds);
        ended.addAll(acds);
    }

    /** What a power loss has made void is of use to nobody: below min-free it goes before anything else, else by its age. */
    private boolean deleteVoid(boolean want, long nowUtcNs) {
        if (!want && !clockTrusted.getAsBoolean()) {
            return false;
        }
        final long byMs = want
                ? Long.MAX_VALUE
                : TimeUnit.NANOSECONDS.toMillis(nowUtcNs - config.retention().toNanos());
        try {
            final List<Path> deleted = VoidFiles.delete(data, byMs);
            deleted.forEach(file -> LOG.info(
                    "deleted {}, which a power loss has made void: {}",
                    file,
                    want ? "for want of space" : "older than the retention"));
            return !deleted.isEmpty();
        } catch (IOException | UncheckedIOException e) {
            LOG.error("could not delete what a power loss has made void: {}", e.toString());
            return false;
        }
    }

    /** A file that cannot be deleted keeps those behind it in the same journal: there must be no hole. */
    private void drop(List<Deletion> deletions, long nowNs, long nowUtcNs) {
        if (deletions.isEmpty()) {
            return;
        }
        try {
            holds.makeDurable();
        } catch (IOException e) {
            LOG.error("nothing is deleted, as it could not be written down what servers have: {}", e.toString());
            return;
        }
        final Set<String> stuck = new HashSet<>();
        for (final Deletion deletion : deletions) {
            final String journal = deletion.acd() + "/" + deletion.generation();
            if (closing) {
                return; // the journals are about to be closed
            }
            if (stuck.contains(journal)) {
                continue;
            }
            try {
                files.drop(deletion);
            } catch (IOException | UncheckedIOException e) {
                LOG.error("could not delete {}: {}", SpaceText.dropped(deletion), e.toString());
                stuck.add(journal);
                continue;
            }
            note(deletion, nowNs, nowUtcNs);
        }
    }

    private void note(Deletion deletion, long nowNs, long nowUtcNs) {
        final String what = SpaceText.dropped(deletion);
        lastDrop = what + ", at " + Instant.ofEpochSecond(nowUtcNs / 1_000_000_000);
        dropped = true;
        if (deletion.why() == Deletion.Why.RETENTION) {
            LOG.info("deleted {}", what);
            return;
        }
        everDropped = true;
        lastDropNs = nowNs;
        lastDropBytes = deletion.file().bytes();
        if (deletion.why().harms()) {
            everHarmed = true;
            lastHarmNs = nowNs;
        }
        LOG.warn("dropped for want of space: {}", what);
    }

    private void carryOut(SpaceDecision decision, long freeBytes) {
        final DiskState before = state;
        final String why = decision.why().isEmpty() ? "" : room(freeBytes) + ": " + decision.why();
        if (decision.pause() && before != DiskState.PAUSED) {
            legs.pauseForSpace(why);
        } else if (!decision.pause() && before == DiskState.PAUSED) {
            legs.resumeFromSpace();
        }
        state = decision.state();
        if (state == DiskState.PAUSED && before != state) {
            LOG.error("the disk is {}: {}; {}", state, why, SpaceText.remedy(data.toString(), journalBytes));
        } else if (state != before) {
            LOG.warn("the disk is {}{}", state, why.isEmpty() ? "" : ": " + why);
        }
    }

    private String shown(String why, long freeBytes) {
        final StringBuilder text = new StringBuilder(why);
        final String lasts = SpaceText.lasts(freeBytes, config.minFreeBytes(), trend.fallingBytesPerHour());
        if (!why.isEmpty()) {
            text.append("; ").append(SpaceText.remedy(data.toString(), journalBytes));
        }
        for (final String more : List.of(lastDrop.isEmpty() ? "" : "last deleted: " + lastDrop, lasts)) {
            if (!more.isEmpty()) {
                text.append(text.length() == 0 ? "" : "; ").append(more);
            }
        }
        return text.length() == 0 ? null : text.toString();
    }

    /** What is really used; the files look larger, for they have holes, or smaller than the room that is kept ahead of them. */
    private void count() {
        try {
            journalBytes = JournalFiles.diskBytes(data.resolve("journal"));
            final GatewayStatus.Disk seen = disk;
            disk = new GatewayStatus.Disk(seen.freeBytes(), journalBytes, seen.state(), seen.why());
        } catch (IOException e) {
            LOG.debug("the journals could not be measured: {}", e.toString());
        }
    }

    /** Asked of the file system that has the journals, which may be another than that of {@code data}: looking for its mount point fails in containers. */
    private long freeBytes() {
        return journals().getUsableSpace();
    }

    private File journals() {
        final File journals = data.resolve("journal").toFile();
        return journals.isDirectory() ? journals : data.toFile();
    }

    /** Ends the thread. A process that asks {@code du} is waited for only briefly. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the thread space did not end within two seconds");
        }
    }
}
