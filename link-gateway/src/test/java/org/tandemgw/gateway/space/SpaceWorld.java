package org.tandemgw.gateway.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tandemgw.gateway.space.SpaceFacts.Before;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.gateway.space.SpaceFacts.Journal;
import org.tandemgw.gateway.space.SpaceFacts.Use;
import org.tandemgw.gateway.status.DiskState;

/** A disk, some ACDs, two servers that come and go, somebody else's files, and a clock; all of it at random. */
final class SpaceWorld {
    static final long SECOND_NS = 1_000_000_000L;
    static final long CYCLE_NS = 600 * SECOND_NS;
    static final long DISK = 1_000_000_000;
    static final long MIN_FREE = 200_000_000;
    static final long RETENTION_NS = 6 * CYCLE_NS;

    private final Random random;
    private final List<Stored> journals = new ArrayList<>();
    private final boolean[] connected = new boolean[2];
    private final int[] patience = new int[2];
    private boolean trusted = true;
    private final FreeFall fall = new FreeFall();
    private boolean refused;
    private String active;
    private long foreignBytes;
    private long stepNs;
    long nowNs = 100_000 * CYCLE_NS;
    private Before before = Before.NOTHING;
    private long lastDropNs = Long.MIN_VALUE;
    private long lastHarmNs = Long.MIN_VALUE;
    private long lastDropBytes;

    /** One journal: its files, the last of which is appended to, and what each server has of it. */
    private static final class Stored {
        final List<File> files = new ArrayList<>();
        final long[] holds = {-1, -1};
        final boolean live;
        long last;
        int bytesPerRecord;
        int recordsPerMinute;

        Stored(boolean live) {
            this.live = live;
        }
    }

    SpaceWorld(Random random) {
        this.random = random;
        final int acds = 1 + random.nextInt(3);
        for (int i = 0; i < acds; i++) {
            journals.add(new Stored(true));
        }
        final Stored old = new Stored(false);
        for (int i = 0; i < 4; i++) {
            final long fromNs = nowNs + (i - 3) * CYCLE_NS;
            old.files.add(new File(i, -1, -1, fromNs, fromNs + CYCLE_NS, 5_000_000, Use.FINISHED));
        }
        journals.add(old);
        chance(2, () -> foreignBytes = DISK - MIN_FREE / 2);
    }

    void step() {
        stepNs = (random.nextInt(20) == 0 ? 1 + random.nextInt(1_200) : 1 + random.nextInt(20)) * SECOND_NS;
        nowNs += stepNs;
        chance(40, () -> foreignBytes = random.nextInt((int) DISK));
        chance(30, () -> trusted = !trusted);
        chance(60, () -> active = random.nextInt(3) == 0 ? null : random.nextBoolean() ? "east" : "west");
        refused = random.nextInt(50) == 0;
        for (int server = 0; server < 2; server++) {
            final int which = server;
            chance(60, () -> connected[which] = !connected[which]);
            chance(20, () -> patience[which] = random.nextInt(4));
        }
        for (final Stored journal : journals) {
            if (journal.live) {
                chance(20, () -> journal.recordsPerMinute = random.nextInt(5) == 0 ? 0 : random.nextInt(600));
                chance(20, () -> journal.bytesPerRecord = 1_000 * (1 + random.nextInt(40)));
                traffic(journal);
                servers(journal);
            }
        }
    }

    private void chance(int oneIn, Runnable then) {
        if (random.nextInt(oneIn) == 0) {
            then.run();
        }
    }

    private void traffic(Stored journal) {
        final long records = Math.min(
                journal.recordsPerMinute * stepNs / (60 * SECOND_NS),
                Math.max(0, freeBytes()) / Math.max(1, journal.bytesPerRecord));
        if (records > 0 && before.state() != DiskState.PAUSED) {
            append(journal, records, false);
        }
    }

    private void append(Stored journal, long records, boolean toNewFile) {
        final int at = journal.files.size() - 1;
        final File current = at < 0 ? null : journal.files.get(at);
        final long bytes = records * journal.bytesPerRecord;
        if (current != null && !toNewFile && !isOver(current)) {
            journal.files.set(
                    at,
                    new File(
                            current.cycle(),
                            current.first(),
                            journal.last + records,
                            current.firstAtNs(),
                            nowNs,
                            current.bytes() + bytes,
                            Use.APPENDED_TO));
        } else {
            if (current != null) {
                journal.files.set(at, used(current, Use.FINISHED));
            }
            final int ofTime = (int) (nowNs / CYCLE_NS);
            final int cycle = current == null ? ofTime : Math.max(ofTime, current.cycle() + 1);
            journal.files.add(
                    new File(cycle, journal.last + 1, journal.last + records, nowNs, nowNs, bytes, Use.APPENDED_TO));
        }
        journal.last += records;
    }

    private boolean isOver(File file) {
        return file.cycle() < nowNs / CYCLE_NS || nowNs - file.firstAtNs() >= CYCLE_NS;
    }

    private static File used(File file, Use use) {
        return new File(file.cycle(), file.first(), file.last(), file.firstAtNs(), file.lastAtNs(), file.bytes(), use);
    }

    private void servers(Stored journal) {
        for (int server = 0; server < 2; server++) {
            if (connected[server] && patience[server] > 0) {
                final long oldest =
                        journal.files.isEmpty() ? 1 : journal.files.get(0).first();
                final long from = Math.max(journal.holds[server], oldest - 1);
                journal.holds[server] =
                        patience[server] == 1 ? Math.min(journal.last, from + random.nextInt(50)) : journal.last;
            }
        }
    }

    long freeBytes() {
        final long used = journals.stream()
                .flatMap(journal -> journal.files.stream())
                .mapToLong(File::bytes)
                .sum();
        return Math.max(0, DISK - used - Math.min(foreignBytes, DISK - used));
    }

    void nobodyElse() {
        foreignBytes = 0;
        refused = false;
    }

    SpaceFacts facts() {
        fall.saw(nowNs, freeBytes());
        final List<Journal> all = new ArrayList<>();
        for (int i = 0; i < journals.size(); i++) {
            final Stored journal = journals.get(i);
            final List<File> files = new ArrayList<>(journal.files);
            if (journal.live && !files.isEmpty()) {
                final File current = files.get(files.size() - 1);
                files.set(files.size() - 1, used(current, isOver(current) ? Use.OVER : Use.APPENDED_TO));
            }
            all.add(new Journal(
                    "acd" + i,
                    1,
                    journal.live,
                    files,
                    journal.live
                            ? List.of(
                                    new Holder("east", journal.holds[0], connected[0]),
                                    new Holder("west", journal.holds[1], connected[1]))
                            : List.of()));
        }
        return new SpaceFacts(
                nowNs,
                trusted,
                freeBytes(),
                fall.soonBytes(nowNs),
                refused,
                MIN_FREE,
                RETENTION_NS,
                active,
                all,
                before);
    }

    void carryOut(SpaceDecision decision) {
        for (final Deletion deletion : decision.deletions()) {
            journals.get(Integer.parseInt(deletion.acd().substring(3))).files.remove(0);
            if (deletion.why() != Deletion.Why.RETENTION) {
                lastDropNs = nowNs;
                lastDropBytes = deletion.file().bytes();
                lastHarmNs = deletion.why().harms() ? nowNs : lastHarmNs;
            }
        }
        before = new Before(
                decision.state(),
                !decision.deletions().isEmpty(),
                !decision.newFile().isEmpty(),
                lastDropBytes,
                since(lastDropNs),
                since(lastHarmNs));
        for (final String acd : decision.newFile()) {
            append(journals.get(Integer.parseInt(acd.substring(3))), 1, !refused); // else no file is ready
        }
    }

    private long since(long thenNs) {
        return thenNs == Long.MIN_VALUE ? Long.MAX_VALUE : nowNs - thenNs;
    }
}
