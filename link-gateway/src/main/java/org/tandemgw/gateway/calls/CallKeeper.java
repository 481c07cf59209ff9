package org.tandemgw.gateway.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.books.CallBooks;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.MarkListener;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.TableLimits;

/**
 * Keeps the table of the calls of one ACD, on a thread of its own, {@code calls-<acd>}. Nobody else touches the table: who wants to know something asks, and
 * is answered there.
 *
 * <p>It reads what feeds may send, woken when there is more. It may be behind the journal, after a start or when it is slower than the ACD; then the answers
 * are those of an earlier moment, {@link #position} says of which one, and {@link #inFlight} says that it does not know.
 */
public final class CallKeeper implements NativeService.Calls, AutoCloseable {
    /** Within the data folder, with a folder for each ACD, and in it one for each generation. */
    public static final String FOLDER = "calls";

    /** More questions than this wait for nobody: {@link #ask} says no. */
    public static final int MOST_QUESTIONS = 256;

    /** What {@link #inFlight} says while the number is not known. */
    public static final int UNKNOWN = -1;

    /**
     * What a table is kept of, and where.
     *
     * @param data the site's data folder
     * @param limits what it holds at most
     * @param minFreeBytes what has to stay free on the disk: no snapshot is written beyond
     * @param books what is written down about the calls; empty: nothing
     */
    public record Settings(
            LinkJournal journal, Path data, TableLimits limits, long minFreeBytes, Optional<BookSettings> books) {
        /** Nothing is written down. */
        public Settings(LinkJournal journal, Path data, TableLimits limits, long minFreeBytes) {
            this(journal, data, limits, minFreeBytes, Optional.empty());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(CallKeeper.class);
    /** So far behind what may be read, the table is one of the past. */
    private static final long MOST_BEHIND = 20_000;

    private static final long TRY_AGAIN_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long LAST_TURNS_NS = TimeUnit.SECONDS.toNanos(1);

    private final LinkJournal journal;
    private final Path folder;
    private final boolean endsOnly;
    private final ListDesk desk = new ListDesk();
    private final CallReading reading;
    private final Thread thread;
    private final Runnable wake = this::wake;
    private final BlockingQueue<Consumer<CallTable>> questions = new ArrayBlockingQueue<>(MOST_QUESTIONS);
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean closing;
    private volatile String fault = "";
    private volatile long position;
    private volatile boolean reachedTheEnd;
    private volatile int sureInFlight = UNKNOWN;
    private volatile int known;
    private volatile int waiting;
    private volatile int agents;
    private final LongAdder refused = new LongAdder();
    private volatile long diskErrors;
    private volatile long countedTogether;
    private volatile long undecoded;
    private volatile long acdAheadNs;
    private volatile String booksTrouble = "";

    /**
     * Does nothing until it is started. Where its folder cannot be used there is no table, which {@link #fault} says: the journal and the feeds do without.
     *
     * @param dialect makes a decoder that hands on to what it is given
     */
    public CallKeeper(Settings settings, Function<Consumer<CallEvent>, CallDecoder> dialect) {
        this.journal = settings.journal();
        this.folder = Folders.of(settings.data(), journal.acd(), journal.generation());
        this.endsOnly = dialect.apply(event -> {}).tellsOnlyOfEnds();
        this.reading = open(settings, dialect);
        this.thread = new Thread(this::run, "calls-" + journal.acd());
        thread.setDaemon(true);
    }

    /** Null if its folder cannot be used. */
    private CallReading open(Settings settings, Function<Consumer<CallEvent>, CallDecoder> dialect) {
        desk.onEntry(wake);
        try {
            return new CallReading(settings, dialect, desk);
        } catch (IOException | UncheckedIOException e) {
            desk.close();
            fault = Folders.unusable(settings.data(), journal.acd(), journal.generation(), e);
            LOG.warn("{}: {}", journal.acd(), fault);
            return null;
        }
    }

    /** Where intake hands over what the ACD lists. */
    public ListDesk desk() {
        return desk;
    }

    /** Where the files of the table are. */
    public Path folder() {
        return folder;
    }

    /** Is told of the marks of switchovers, and of what the ACD lists, as the table comes to them. Before {@link #start}. */
    public void onMark(MarkListener listener) {
        if (reading != null) {
            reading.onMark(listener);
        }
    }

    /** Has the ACD list what there is once, also if the table is sure of it. Any thread. */
    public void compareWithList() {
        desk.compare();
    }

    /** Begins to read. */
    public void start() {
        if (reading == null) {
            return;
        }
        journal.onReadable(wake);
        thread.start();
    }

    /**
     * Runs a question on the table's thread, against the table as it then is: as it is behind record {@link #position}. A question must not keep the table or
     * a view of it, and takes long only at the expense of the table. What it throws is logged, and harms nobody.
     *
     * @return false if too many wait already, or the table is not kept any more: then it never runs. Any thread; does not wait. A question that was taken is
     *     dropped if the keeper is closed first
     */
    @Override
    public boolean ask(Consumer<CallTable> question) {
        if (closing || !fault.isEmpty() || !questions.offer(question)) {
            refused.increment();
            return false;
        }
        wake();
        return true;
    }

    /** The same, for what is written down; null is handed over where nothing is. */
    public boolean askBooks(Consumer<CallBooks> question) {
        return ask(table -> question.accept(reading.books()));
    }

    /** The last record that is in the table. Within a question it is exact; for any other thread it is a moment old. */
    @Override
    public long position() {
        return position;
    }

    /** How far the ACD's clock, by which the table has its times, is before ours; 0 if it tells no times. Any thread. */
    @Override
    public long acdAheadNs() {
        return acdAheadNs;
    }

    /** Whether calls are first heard of when they have ended: then what is written down is all that there is to ask for. Any thread. */
    public boolean tellsOnlyOfEnds() {
        return endsOnly;
    }

    /** How many calls there are; {@link #UNKNOWN} while the table is behind, or not sure since a gap that it knows all of them. Any thread. */
    public int inFlight() {
        return upToDate() ? sureInFlight : UNKNOWN;
    }

    /** Whether the table is that of now: not one of the past, while a start reads what it missed. Any thread. */
    @Override
    public boolean upToDate() {
        return fault.isEmpty() && reachedTheEnd && journal.readable() - position <= MOST_BEHIND;
    }

    /** How many calls the table has, sure or not. Any thread. */
    public int known() {
        return known;
    }

    /** How many calls wait in a queue, as far as is known. Any thread. */
    public int waiting() {
        return waiting;
    }

    /** How many agents are logged on, as far as is known. Any thread. */
    public int agents() {
        return agents;
    }

    /** Why the table is not kept, or not any more; empty while it is. Any thread. */
    public String fault() {
        return fault;
    }

    /** Why interval statistics or call records are not written; empty while they are. Any thread. */
    public String trouble() {
        return fault.isEmpty() ? booksTrouble : "neither interval statistics nor call records are written: " + fault;
    }

    /** Questions that were not taken. Any thread. */
    public long refusedQuestions() {
        return refused.sum();
    }

    /** Lists that were given up because too much waited, or that an item was left out of. Any thread. */
    public long listsGivenUp() {
        return desk.givenUp();
    }

    /** How often the disk did not do what it should: lists or snapshots that were not kept, files that could not be deleted. Any thread. */
    public long diskErrors() {
        return diskErrors;
    }

    /** How often interval statistics counted something with others of its kind, because there were too many. Any thread. */
    public long countedTogether() {
        return countedTogether;
    }

    /** How many frames and items of lists the program failed to read, a fault of its own: the calls are not sure behind each. Any thread. */
    public long undecoded() {
        return undecoded;
    }

    private void wake() {
        if (!woken.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        try {
            while (!closing) {
                woken.set(false);
                if (turn() == 0) {
                    reachedTheEnd = true;
                    await();
                }
            }
            // What came last goes into the last snapshot, if that does not take long.
            final long endNs = System.nanoTime() + LAST_TURNS_NS;
            int more = 1;
            while (more > 0 && System.nanoTime() - endNs < 0) {
                more = turn();
            }
            reading.shoot();
        } catch (RuntimeException | Error e) {
            // A promise of our own is broken. The journal and everybody who is fed from it go on.
            fault = "the table of the calls is kept no more since record " + position + ": " + e;
            LOG.error("{}: {}", journal.acd(), fault, e);
            questions.clear();
        } finally {
            journal.offReadable(wake);
            desk.close();
            reading.close();
        }
    }

    /** What a full disk did not take is tried again also where nothing comes. */
    private void await() {
        final boolean waits = !booksTrouble.isEmpty();
        while (!woken.get() && !closing) {
            if (waits) {
                LockSupport.parkNanos(this, TRY_AGAIN_NS);
                return;
            }
            LockSupport.park(this);
        }
    }

    private int turn() {
        final int asked = questions.size(); // they are to know what was there before them
        final int read = reading.turn();
        position = reading.position();
        acdAheadNs = reading.acdAheadNs();
        diskErrors = reading.diskErrors();
        undecoded = reading.undecoded();
        booksTrouble = reading.books() == null ? "" : reading.books().trouble();
        countedTogether = reading.books() == null ? 0 : reading.books().notOpened();
        final CallTable table = reading.table();
        sureInFlight = table.complete() ? table.inFlight() : UNKNOWN;
        known = table.inFlight();
        waiting = table.waiting();
        agents = table.agentsKnown();
        desk.wanted(!table.complete() || !table.placed(), reachedTheEnd);
        answer(table, asked);
        return read + asked;
    }

    private void answer(CallTable table, int asked) {
        for (int i = 0; i < asked; i++) {
            try {
                questions.remove().accept(table);
            } catch (RuntimeException e) {
                LOG.warn("{}: a question to the table of the calls failed", journal.acd(), e);
            }
        }
    }

    /** Reads what is left, for at most a second, and ends. Any other thread; waits. */
    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            if (reading != null) {
                reading.close();
            }
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
