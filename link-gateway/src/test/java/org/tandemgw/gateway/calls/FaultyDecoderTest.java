package org.tandemgw.gateway.calls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.TableLimits;

/** A fault of ours: something that the ACD says makes a decoder fail. The calls are not sure then, and the table goes on. */
@Timeout(300)
class FaultyDecoderTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    @TempDir
    Path data;

    private long appended;

    /** Fails where it reads {@code fault}, like one that reads behind the end of something; {@code wrong} makes it hand on what cannot be. */
    private static final class Faulty implements CallDecoder {
        private final AmiCallDecoder real;
        private final Consumer<CallEvent> out;

        Faulty(Consumer<CallEvent> out) {
            this.real = new AmiCallDecoder(out);
            this.out = out;
        }

        private void look(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
            final String text = new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
            if (text.contains("wrong")) {
                out.accept(new CallEvent()
                        .begin(CallEventKind.BORN, sequence - 2, arrivedNs)
                        .text(CallText.CALL, "1"));
            }
            if (text.contains("fault")) {
                throw new ArrayIndexOutOfBoundsException("one of our own");
            }
        }

        @Override
        public void decode(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
            look(buffer, offset, length, sequence, arrivedNs);
            real.decode(buffer, offset, length, sequence, arrivedNs);
        }

        @Override
        public void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
            look(buffer, offset, length, sequence, arrivedNs);
            real.item(buffer, offset, length, sequence, arrivedNs);
        }
    }

    @Test
    void shouldGoOnNotSureUntilTheAcdListsItsCallsAgain() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            try (CallKeeper keeper = keeper(journal)) {
                keeper.start();
                list(keeper, journal, "");
                begin(journal, "1.1");
                awaitInFlight(keeper, 1);
                append(journal, "Event: Newchannel", "Uniqueid: 1.2", "Linkedid: 1.2", "Exten: fault");
                begin(journal, "1.3");
                await().atMost(Duration.ofSeconds(60)).until(() -> keeper.position() == journal.last());
                awaitInFlight(keeper, CallKeeper.UNKNOWN);
                assertEquals(2, keeper.known());
                assertEquals(1, keeper.undecoded());
                assertEquals("", keeper.fault());
                list(keeper, journal, "fault"); // one of the items
                await().atMost(Duration.ofSeconds(60)).until(() -> keeper.undecoded() == 2);
                awaitInFlight(keeper, CallKeeper.UNKNOWN);
                list(keeper, journal, "");
                awaitInFlight(keeper, 1);
                assertEquals("", keeper.fault());
            }
            try (CallKeeper again = keeper(journal)) {
                again.start();
                list(again, journal, "");
                awaitInFlight(again, 1);
                assertEquals("", again.fault());
            }
        }
    }

    /** What is broken there is the order of the records, or the table itself: that is not gone on with. */
    @Test
    void shouldEndWhereItIsNotTheDecoderThatFails() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                CallKeeper keeper = keeper(journal)) {
            keeper.start();
            begin(journal, "1.1");
            append(journal, "Event: Newchannel", "Uniqueid: 1.2", "Linkedid: 1.2", "Exten: wrong");
            await().atMost(Duration.ofSeconds(60)).until(() -> !keeper.fault().isEmpty());
            assertTrue(keeper.fault().contains("is kept no more"), keeper.fault());
            assertEquals(0, keeper.undecoded());
        }
    }

    private CallKeeper keeper(LinkJournal journal) {
        return new CallKeeper(new CallKeeper.Settings(journal, data, TableLimits.ofCalls(100), 0), Faulty::new);
    }

    private static void awaitInFlight(CallKeeper keeper, int calls) {
        await().atMost(Duration.ofSeconds(60)).until(() -> keeper.inFlight() == calls);
    }

    /** One channel, and one more item of this text. */
    private static void list(CallKeeper keeper, LinkJournal journal, String more) {
        final long last = journal.last();
        keeper.compareWithList(); // wanted whatever the table thinks by now
        keeper.desk().began(1, last, AT);
        item(keeper, last, "Event: CoreShowChannel\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\nChannelState: 4\r\n\r\n");
        item(keeper, last, "Event: Other\r\nText: " + more + "\r\n\r\n");
        keeper.desk().ended(1, true, true, last, AT);
    }

    private static void item(CallKeeper keeper, long after, String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        keeper.desk().item(1, bytes, 0, bytes.length, after, AT);
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
