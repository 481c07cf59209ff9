package org.tandemgw.gateway.calls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.TableLimits;

/** The table of the calls follows its journal, and answers on its own thread. */
@Timeout(600)
class CallsAreKeptTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    @TempDir
    Path data;

    private long appended;

    @Test
    void shouldFollowTheJournalAndAnswerOnItsThread() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                CallKeeper keeper = keeper(journal)) {
            begin(journal, "1.1");
            keeper.start();
            await().until(() -> keeper.position() == 1);
            begin(journal, "1.2");
            append(journal, "Event: Hangup", "Uniqueid: 1.1", "Linkedid: 1.1");
            await().until(() -> keeper.position() == 3);
            assertEquals(List.of("1.2"), asked(keeper, CallsAreKeptTest::ids));
            assertEquals(
                    "calls-acd1", asked(keeper, table -> Thread.currentThread().getName()));
            assertEquals(CallKeeper.UNKNOWN, keeper.inFlight(), "nobody listed what there was before");
        }
    }

    @Test
    void shouldSayNoWhenTooManyAsk() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                CallKeeper keeper = keeper(journal)) {
            keeper.start();
            final CountDownLatch begun = new CountDownLatch(1);
            final CountDownLatch goOn = new CountDownLatch(1);
            assertTrue(keeper.ask(table -> {
                begun.countDown();
                awaitQuietly(goOn);
                throw new IllegalStateException("a bad question");
            }));
            begun.await();
            for (int i = 0; i < CallKeeper.MOST_QUESTIONS; i++) {
                assertTrue(keeper.ask(table -> {}));
            }
            assertFalse(keeper.ask(table -> {}));
            assertEquals(1, keeper.refusedQuestions());
            goOn.countDown();
            await().until(() -> keeper.ask(table -> {}));
            assertEquals("", keeper.fault());
        }
    }

    @Test
    void shouldDoWithoutATableWhereItsFolderCannotBeUsed() throws Exception {
        Files.writeString(data.resolve("calls"), "a file");
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                CallKeeper keeper = keeper(journal)) {
            keeper.start();
            begin(journal, "1.1");
            assertTrue(keeper.fault().startsWith(data.resolve("calls/acd1/1") + " cannot be used"), keeper.fault());
            assertTrue(keeper.fault().contains("Not a directory"), keeper.fault());
            assertTrue(keeper.fault().contains("move it aside"), keeper.fault());
            assertEquals(CallKeeper.UNKNOWN, keeper.inFlight());
            assertFalse(keeper.ask(table -> {}));
            keeper.desk().began(1, 1, 0);
            assertNull(keeper.desk().poll(), "nobody takes it");
        }
    }

    private CallKeeper keeper(LinkJournal journal) {
        return new CallKeeper(new CallKeeper.Settings(journal, data, TableLimits.ofCalls(100), 0), AmiCallDecoder::new);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> ids(CallTable table) {
        final List<String> ids = new java.util.ArrayList<>();
        table.calls(call -> ids.add(call.id()));
        return ids;
    }

    private static <T> T asked(CallKeeper keeper, Function<CallTable, T> question) throws Exception {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        assertTrue(keeper.ask(table -> answer.complete(question.apply(table))));
        return answer.get(30, TimeUnit.SECONDS);
    }

    private void begin(LinkJournal journal, String id) {
        append(journal, "Event: Newchannel", "Uniqueid: " + id, "Linkedid: " + id, "ChannelState: 4");
    }

    private void append(LinkJournal journal, String... lines) {
        final byte[] frame = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        journal.appendFrame(1, 0, AT + ++appended, -1, frame, 0, frame.length);
        journal.endOfBatch();
    }
}
