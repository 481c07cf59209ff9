package org.tandemgw.gateway.feed;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.recovery.CallTable;

/**
 * One question of a client to the table of the calls. It is answered once, whatever becomes of the table: with null where that cannot tell, fails, takes no questions or says nothing
 * within seconds. The feed's thread, but for the question itself.
 */
final class TableQuestion {
    private static final Logger LOG = LoggerFactory.getLogger(TableQuestion.class);
    private static final long ASK_AGAIN_MS = 10;
    /** So long a table that cannot tell is asked again. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(4);
    /** A table that has not said anything by then has ended, or is too busy. */
    private static final long AT_LAST_MS = 5_000;

    private final NativeConnection client;
    private final NativeService.Calls calls;
    private final Function<CallTable, byte[]> question;
    private final Consumer<byte[]> answer;
    private final EventLoop loop;
    private final long seen;
    private final long untilNs;
    private ScheduledFuture<?> atLast;
    private boolean answered;

    /**
     * Asks nothing yet.
     *
     * @param calls null: nobody keeps them
     * @param answer gets the answer, or null, on the feed's thread and never at once
     */
    TableQuestion(
            NativeConnection client,
            NativeService.Calls calls,
            Function<CallTable, byte[]> question,
            Consumer<byte[]> answer) {
        this.client = client;
        this.calls = calls;
        this.question = question;
        this.answer = answer;
        loop = client.channel().eventLoop();
        seen = client.session() == null ? 0 : client.session().handedOver();
        untilNs = client.nowNs() + PATIENCE_NS;
    }

    void ask() {
        atLast = loop.schedule(() -> answer(null), AT_LAST_MS, TimeUnit.MILLISECONDS);
        askTable();
    }

    private void askTable() {
        if (!answered && client.isOpen() && (calls == null || !calls.ask(this::onTable))) {
            back(() -> answer(null));
        }
    }

    /** On the table's thread. */
    private void onTable(CallTable table) {
        final boolean tells = calls.position() >= seen && calls.upToDate() && table.complete();
        final byte[] told = tells ? told(table) : null;
        back(() -> {
            if (tells || client.nowNs() - untilNs >= 0) {
                answer(told);
            } else {
                loop.schedule(this::askTable, ASK_AGAIN_MS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private byte[] told(CallTable table) {
        try {
            return question.apply(table);
        } catch (RuntimeException e) {
            LOG.warn("a client's question to the table of the calls failed; it is told that this is not known", e);
            return null;
        }
    }

    /** From any thread to the feed's. */
    private void back(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closing) {
            // The feed has ended, and who asked with it.
        }
    }

    private void answer(byte[] told) {
        if (!answered) {
            answered = true;
            atLast.cancel(false);
            client.answer(answer, told);
        }
    }
}
