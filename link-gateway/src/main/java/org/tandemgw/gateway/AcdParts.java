package org.tandemgw.gateway;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.calls.CallDecoder;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.config.AcdConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.intake.AcdIntake;
import org.tandemgw.gateway.intake.LinkIntake;
import org.tandemgw.gateway.journal.JournalOpening;
import org.tandemgw.gateway.journal.JournalStart;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.Reserve;
import org.tandemgw.gateway.leg.LegSettings;
import org.tandemgw.gateway.net.PacedSelect;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.recovery.WrittenMarks;
import org.tandemgw.gateway.relay.RelayIntake;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.recovery.TableLimits;

/** The parts that belong to one ACD: its thread, its journal and its way in. */
final class AcdParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AcdParts.class);
    private static final long LAST_SYNC_MS = 1_000;

    private final AcdConfig config;
    private final Dialect dialect;
    private final MultiThreadIoEventLoopGroup group;
    private final LinkJournal journal;
    private final LinkIntake intake;
    private final Optional<AcdIntake> merging;
    private final Optional<RelayIntake> relaying;
    private final Optional<CallKeeper> keeper;
    private final Optional<RecoveryShelf> shelf;

    /**
     * Opens them.
     *
     * @param known what earlier runs knew of the journal that is continued; null: nothing, or none is
     * @param active the server that was in control when Tandem last stopped; null: nobody knows
     */
    AcdParts(
            SiteConfiguration site,
            AcdConfig config,
            JournalStart start,
            ControlState.Acd known,
            String active,
            Reserve reserve,
            RecordClock clock,
            Random random) {
        this.config = config;
        this.journal = JournalOpening.open(site.data(), config.name(), Wiring.sync(site), start, reserve);
        this.group = new MultiThreadIoEventLoopGroup(
                1,
                (java.util.concurrent.ThreadFactory) task -> new FastThreadLocalThread(task, "intake-" + config.name()),
                NioIoHandler.newFactory(SelectorProvider.provider(), PacedSelect.FACTORY));
        final boolean relay = config.mode() == AcdConfig.Mode.RELAY;
        this.dialect = relay ? null : Wiring.dialect(config.profile(), config.devices(), random.nextLong());
        this.relaying = relay
                ? Optional.of(
                        new RelayIntake(config.name(), RelayWiring.legs(site, config), journal, group.next(), clock))
                : Optional.empty();
        this.merging = relay ? Optional.empty() : Optional.of(merging(clock, random));
        this.intake = relay ? relaying.get() : merging.get();
        this.keeper = Optional.of(config.profile())
                .filter(profile -> !relay)
                .flatMap(profile -> CallDecoder.of(profile, config.devices()))
                .map(decoder -> new CallKeeper(
                        new CallKeeper.Settings(
                                journal,
                                site.data(),
                                TableLimits.MILLION,
                                site.journal().minFreeBytes(),
                                Optional.of(Wiring.books(site, active))),
                        decoder));
        keeper.ifPresent(ofCalls -> merging.ifPresent(each -> each.listsGoTo(ofCalls.desk())));
        if (known != null) {
            intake.marksWere(marks(known.marks()), known.appended(), owed(known.owed()));
        }
        this.shelf = calls().filter(calls -> calls.fault().isEmpty()).map(calls -> shelf(site, calls));
    }

    private AcdIntake merging(RecordClock clock, Random random) {
        final List<LegSettings> legs =
                config.legs().stream().map(leg -> Wiring.leg(leg, dialect)).toList();
        return new AcdIntake(
                config.name(), legs, dialect, config.silence().toMillis(), journal, group.next(), clock, random);
    }

    private static WrittenMarks marks(ControlState.Marks known) {
        return known == null
                ? null
                : new WrittenMarks(
                        new SwitchMark(
                                SwitchMark.What.COMMENCE, known.epoch(), known.decision(), known.from(), known.to()),
                        known.commence(),
                        known.switched());
    }

    private static SwitchMark owed(ControlState.OwedMark known) {
        return known == null
                ? null
                : new SwitchMark(
                        SwitchMark.What.COMMENCE,
                        known.epoch(),
                        known.decision(),
                        known.from(),
                        known.to(),
                        known.at());
    }

    private RecoveryShelf shelf(SiteConfiguration site, CallKeeper keeper) {
        final RecoveryShelf made = new RecoveryShelf(new RecoveryShelf.Settings(
                config.name(),
                1 + site.acds().indexOf(config),
                keeper.folder(),
                site.recovery().policy(),
                site.journal().minFreeBytes(),
                keeper::fault,
                work -> keeper.ask(table -> work.run())));
        keeper.onMark(made);
        return made;
    }

    /** Null where legs are passed through: nobody knows it. */
    Dialect dialect() {
        return dialect;
    }

    AcdConfig config() {
        return config;
    }

    LinkJournal journal() {
        return journal;
    }

    LinkIntake intake() {
        return intake;
    }

    /** The way in, where legs are merged. */
    Optional<AcdIntake> merging() {
        return merging;
    }

    /** The way in and out, where legs are passed through. */
    Optional<RelayIntake> relaying() {
        return relaying;
    }

    /** The table of its calls in flight; empty where its dialect tells of none. */
    Optional<CallKeeper> calls() {
        return keeper.filter(calls -> !calls.tellsOnlyOfEnds());
    }

    /** What is read of its calls, be they in flight or told of when they have ended: what is written down of them. Empty where its dialect tells of none. */
    Optional<CallKeeper> keeper() {
        return keeper;
    }

    /** What is kept of its calls for a server that takes over; empty where nobody knows its calls. */
    Optional<RecoveryShelf> shelf() {
        return shelf;
    }

    /** Closes the way in; the journal stays open for the feeds. */
    void closeIntake() {
        intake.close();
        awaitReadable();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** What came last goes out as well, if the disk is quick enough. */
    private void awaitReadable() {
        final CountDownLatch all = new CountDownLatch(1);
        final Runnable look = () -> {
            if (journal.readable() >= journal.last()) {
                all.countDown();
            }
        };
        journal.onReadable(look);
        look.run();
        try {
            if (!all.await(LAST_SYNC_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "{}: the last records are not synced yet; servers get them after the next start",
                        config.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            journal.offReadable(look);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
