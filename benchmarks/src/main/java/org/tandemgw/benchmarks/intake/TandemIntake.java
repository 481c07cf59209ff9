package org.tandemgw.benchmarks.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.tandemgw.gateway.Wiring;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.intake.JournalSink;
import org.tandemgw.gateway.intake.LegInput;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/** Tandem's way in without its sockets: both legs decoded, arbitrated, appended. A frame is one of the stream; both copies of it count as one. */
final class TandemIntake implements Contender {
    private static final int FIRST_FRAMES = 64;
    private static final long NAP_NS = 20_000;

    private final BenchedDialect benched;
    private final JournalSync sync;
    private LinkJournal journal;
    private LegInput leg1;
    private LegInput leg2;
    private long put;

    TandemIntake(BenchedDialect benched, JournalSync sync) {
        this.benched = benched;
        this.sync = sync;
    }

    @Override
    public void open(Path folder) {
        journal = LinkJournal.open(folder, "acd1", sync);
        final Dialect dialect = Wiring.dialect(
                HwProfiles.load(Optional.empty(), new Problems())
                        .acd(benched.profile())
                        .orElseThrow(),
                List.of(),
                1);
        final RecordClock clock = new RecordClock(new SystemClock());
        final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), new JournalSink(journal));
        leg1 = new LegInput(1, arbiter, dialect, clock);
        leg2 = new LegInput(2, arbiter, dialect, clock);
        arbiter.restored(0, false);
        arbiter.connected(1, clock.nanoTime(), clock.recordNs());
        arbiter.connected(2, clock.nanoTime(), clock.recordNs());
        // The legs find their places.
        put(benched.stream(IntakeContender.STREAM_FRAMES, FIRST_FRAMES), 0, FIRST_FRAMES);
        arbiter.settled();
        put = journal.last();
    }

    @Override
    public void put(byte[] stream, int first, int frames) {
        final int from = first * BenchedDialect.LENGTH;
        final int length = frames * BenchedDialect.LENGTH;
        leg1.take(stream, from, length);
        journal.endOfBatch();
        leg2.take(stream, from, length);
        journal.endOfBatch();
        put += frames;
    }

    @Override
    public void finish() {
        while (sync == JournalSync.GROUP && journal.synced() < journal.last()) {
            LockSupport.parkNanos(NAP_NS);
        }
        if (journal.last() != put) {
            throw new IllegalStateException(journal.last() + " records of " + put + " frames");
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
