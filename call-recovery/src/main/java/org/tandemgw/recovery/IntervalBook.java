package org.tandemgw.recovery;

import java.nio.charset.StandardCharsets;

/**
 * Interval statistics of one ACD: how many calls came, waited, were answered, and for how long, by queue, agent and group of trunks. Kept as sums for each account,
 * without any memory for each call: what a {@link CallTable} tells of each change is all there is. One thread, the table's.
 *
 * <p>Intervals begin at multiples of their length, UTC. They are cut where another server becomes active, where frames may have been missed and where all is sure
 * again; the parts add up exactly. See docs/adr/0030-intervals-and-call-records.md.
 */
public final class IntervalBook {
    /** More cuts within one interval are not made, but for switches. */
    static final int MOST_CUTS = 32;

    /** Time leaps over more intervals than this as one part. */
    static final int MOST_INTERVALS = 1_000;

    static final int THERE = 1;
    static final int AT_WORK = 2;

    private static final long MAGIC = 0x56495F4D_45444E54L; // TNDEM_IV
    private static final int VERSION = 2;

    private long intervalNs;
    private final Accounts accounts;
    private final TrunkGroups groups;
    private final PartWatcher watcher;
    private Faces faces;
    private Postings postings;

    /** How legs end whose end the present event tells. */
    private Parting parting = Parting.LEFT;

    private long nowNs;
    private long fromNs;
    private long sequence;
    private int index;
    private int cuts;
    private long cutsNotMade;
    private Cut began = Cut.START;
    private boolean sure;
    private String server = "";

    /**
     * An empty book.
     *
     * @param intervalNs how long an interval is
     * @param most how many accounts there are at most
     * @param watcher gets each part when it is over
     */
    public IntervalBook(long intervalNs, TrunkGroups groups, int most, PartWatcher watcher) {
        this.intervalNs = intervalNs;
        this.groups = groups;
        this.watcher = watcher;
        accounts = new Accounts(most);
    }

    void of(Calls calls, Texts texts) {
        postings = new Postings(accounts, groups, texts, calls.legs.trunk);
        faces = new Faces(calls, texts, postings);
    }

    /**
     * It is that late now. What is over is closed. A time that is earlier than the one before counts as that one.
     *
     * @param utcNs by our clock
     * @param record the sequence of the record that says so: what is over is closed behind the one before
     */
    public void advance(long utcNs, long record) {
        if (record != sequence) {
            sequence = record;
            index = 0;
        }
        if (fromNs == 0) {
            nowNs = utcNs;
            fromNs = utcNs;
            accounts.turn(utcNs);
        }
        nowNs = Math.max(nowNs, utcNs);
        for (long end = endNs(); end <= nowNs; end = endNs()) {
            // An odd leap of the clock makes one long part.
            turn(nowNs - end > MOST_INTERVALS * intervalNs ? nowNs - nowNs % intervalNs : end, Cut.INTERVAL);
            cuts = 0;
        }
    }

    private long endNs() {
        return fromNs - fromNs % intervalNs + intervalNs;
    }

    private void turn(long atNs, Cut next) {
        watcher.over(part(atNs));
        index++;
        accounts.turn(atNs);
        fromNs = atNs;
        began = next;
    }

    private IntervalPart part(long toNs) {
        return new IntervalPart(fromNs, toNs, began, sure, server, sequence, index, accounts.lines(toNs));
    }

    /** Intervals are that long from now on: what has begun is over. */
    public void length(long ns) {
        if (ns == intervalNs) {
            return;
        }
        if (nowNs > fromNs) {
            turn(nowNs, Cut.LENGTH);
        }
        intervalNs = ns;
    }

    /** How long intervals are. */
    public long intervalNs() {
        return intervalNs;
    }

    /** Whether anything was told yet. */
    public boolean begun() {
        return fromNs != 0;
    }

    /** The part that is not over yet, up to then. */
    public IntervalPart present(long utcNs) {
        return part(Math.max(nowNs, utcNs));
    }

    /** How many accounts there are. */
    public int accounts() {
        return accounts.used();
    }

    /** How often something was counted with the others of its kind, because there were too many. */
    public long notOpened() {
        return accounts.notOpened;
    }

    /** How often an interval was not cut at a gap, because it had been cut so often. Then its last part as a whole is not sure. */
    public long cutsNotMade() {
        return cutsNotMade;
    }

    // What the table tells ------------------------------------------------------------------------------------------

    /** This server has been active before the first switchover; unless it is known already. */
    public void startWith(String active) {
        if (server.isEmpty()) {
            server = active;
        }
    }

    /** Which server is active; empty if that is not known. */
    public String server() {
        return server;
    }

    void about(CallEvent event) {
        postings.nowNs = nowNs - event.agoNs();
        postings.listed = event.listed() || event.kind() == CallEventKind.CALLS_LISTED;
        postings.answersQueue = event.kind() == CallEventKind.CONNECTED
                && !event.listed()
                && event.has(CallText.QUEUE)
                && !event.has(CallText.AGENT);
        parting = switch (event.kind()) {
            case CLEARED -> Parting.CLEARED;
            case CALLS_LISTED -> Parting.LOST;
            default -> Parting.LEFT;
        };
    }

    void gap() {
        if (sure) {
            cut(Cut.GAP);
            sure = false;
        }
    }

    void listed() {
        if (!sure && cut(Cut.LISTED)) {
            sure = true;
        }
    }

    void switched(String active) {
        if (nowNs > fromNs) {
            turn(nowNs, Cut.SWITCH);
        } else {
            began = Cut.SWITCH;
        }
        server = active;
    }

    /** False if it cannot be cut any more. */
    private boolean cut(Cut why) {
        if (nowNs == fromNs) {
            began = why;
            return true;
        }
        if (cuts == MOST_CUTS) {
            cutsNotMade++;
            return false;
        }
        cuts++;
        turn(nowNs, why);
        return true;
    }

    void touch(int call) {
        faces.touch(call);
    }

    void touch(int call, int leg) {
        faces.touch(call, leg);
    }

    void born(int call) {
        faces.born(call);
    }

    void legGone(int call, int leg) {
        faces.legGone(call, leg, parting);
    }

    void callGone(int call, End how) {
        faces.callGone(
                call,
                switch (how) {
                    case CLEARED -> Parting.CLEARED;
                    case MERGED -> Parting.LEFT;
                    case ENDED_MEANWHILE, GAVE_WAY -> Parting.LOST;
                });
    }

    /** Whom a queue had given away, which counted as having left, was answered or gave up. */
    void given(int queue, Tally how) {
        postings.given(queue, how);
    }

    void settle() {
        faces.settle();
    }

    void agent(byte[] id, int length, int before, int after) {
        postings.agent(id, length, before, after);
    }

    // Snapshots -----------------------------------------------------------------------------------------------------

    /** Writes the book; with the table's snapshot of the same moment it makes a pair. */
    public <X extends Exception> void write(SnapshotSink<X> sink) throws X {
        final BlockWriter<X> out = new BlockWriter<>(sink);
        out.longOf(MAGIC);
        out.intOf(VERSION);
        out.longOf(nowNs);
        out.longOf(fromNs);
        out.longOf(sequence);
        out.intOf(index);
        out.intOf(cuts);
        out.longOf(cutsNotMade);
        out.byteOf(began.ordinal());
        out.byteOf(sure ? 1 : 0);
        final byte[] active = server.getBytes(StandardCharsets.UTF_8);
        out.textOf(active, active.length);
        accounts.write(out);
        out.end();
    }

    /**
     * The book as it was written, in an empty one.
     *
     * @throws DamagedSnapshotException if it is not whole, not ours, of another version, or holds more than the limits allow
     */
    public <X extends Exception> IntervalBook read(SnapshotSource<X> source) throws X, DamagedSnapshotException {
        final BlockReader<X> in = new BlockReader<>(source);
        if (in.longOf() != MAGIC || in.intOf() != VERSION) {
            throw new DamagedSnapshotException("it is no book of intervals of this version");
        }
        nowNs = in.longOf();
        fromNs = in.longOf();
        sequence = in.longOf();
        index = in.intOf();
        cuts = in.intOf();
        cutsNotMade = in.longOf();
        began = Cut.of(in.byteOf());
        sure = in.byteOf() != 0;
        final byte[] active = new byte[CallEvent.MAX_TEXT_BYTES];
        server = new String(active, 0, in.textOf(active), StandardCharsets.UTF_8);
        if (began == null) {
            throw new DamagedSnapshotException("it has a cut that is not known");
        }
        accounts.read(in);
        in.end();
        return this;
    }
}
