package org.tandemgw.gateway.time;

/**
 * A machine's clock, and the time that records get by it: one for all journals of a gateway, so that their times can be compared. Any thread; nothing is
 * allocated per reading, as UTC is read every {@link #REREAD_NS} only and carried on in between. So a record may carry a time from before a step of the
 * clock if it came within those 50 ms, and no later one does.
 */
public final class RecordClock implements Clock {
    static final long REREAD_NS = 50_000_000;

    private final Clock machine;
    private final RisingTime rising;
    private final RecordAges ages = new RecordAges();
    private long readMonotonicNs;
    private long readUtcNs;

    /** Record times by this clock. */
    public RecordClock(Clock machine) {
        this.machine = machine;
        readMonotonicNs = machine.nanoTime();
        readUtcNs = machine.utcNs();
        rising = new RisingTime(readMonotonicNs);
    }

    /** At a start, before the first record: the newest record time of all journals. */
    public synchronized void startAt(long newestRecordNs) {
        rising.startAt(newestRecordNs);
    }

    /** The time of a record that comes now: never less than that of any other; see {@link RisingTime}. It is not the time of day after a step. */
    public synchronized long recordNs() {
        final long nowNs = machine.nanoTime();
        if (nowNs - readMonotonicNs >= REREAD_NS) {
            readMonotonicNs = nowNs;
            readUtcNs = machine.utcNs();
        }
        final long utcNs = readUtcNs + (nowNs - readMonotonicNs);
        final long recordNs = rising.at(utcNs, nowNs);
        ages.note(recordNs, nowNs, rising.isAhead(utcNs));
        return recordNs;
    }

    /** How long ago the record of this time came, whatever the clock did meanwhile. Time that the machine slept is not counted. */
    public synchronized long ageNs(long recordNs) {
        recordNs();
        return ages.ageNs(recordNs);
    }

    @Override
    public long nanoTime() {
        return machine.nanoTime();
    }

    @Override
    public long utcNs() {
        return machine.utcNs();
    }

    @Override
    public long bootedNs() {
        return machine.bootedNs();
    }

    @Override
    public String bootId() {
        return machine.bootId();
    }
}
