package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.dialect.ContentIdentity;
import org.tandemgw.gateway.dialect.LocalFrames;
import org.tandemgw.gateway.dialect.OpaqueDialect;
import org.tandemgw.gateway.dialect.cdr.CdrDialect;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.frame.DelimiterDecoder;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.leg.SessionScript;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.profiles.CdrRecords;

/** A server of an ACD that says nothing first: it connects, and gets the bytes. */
@Timeout(600)
class PlainBytesTest {
    private static final ZoneId FAR = ZoneId.of("Pacific/Kiritimati");
    private static final DateTimeFormatter SPACED = DateTimeFormatter.ofPattern("MM dd");

    @TempDir
    private Path data;

    @Test
    void shouldGiveTheFramesToWhoeverConnectsAndShowAGapByTheEnd() throws Exception {
        final OpaqueDialect dialect = new OpaqueDialect(
                sink -> new DelimiterDecoder(new byte[] {'\n'}, LinkFrameDecoder.Limits.WIDEST, sink),
                new LocalFrames(List.of()),
                new ContentIdentity(1, List.of()),
                new SessionScript(List.of(), new byte[0], 0));
        final RecordClock clock = new RecordClock(new SystemClock());
        final FeedSettings settings = new FeedSettings(
                "cms-east",
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                "",
                "",
                true,
                Map.of(),
                Map.of("acd1", 0L),
                FeedRig.QUICK);
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                NativeFeedServer server = new NativeFeedServer(
                        settings,
                        new NativeSettings(false, 100),
                        journal,
                        dialect.service(),
                        null,
                        clock,
                        new FeedRig.RecordedEvents())) {
            server.start();
            append(journal, clock, "one\n");
            append(journal, clock, "two\n");
            journal.appendGap(clock.recordNs(), clock.recordNs(), 3, "both legs were out");
            append(journal, clock, "three\n");
            final FeedWatch watch = new FeedWatch(List.of(server), clock);
            final CompletableFuture<Void> looked =
                    CompletableFuture.runAsync(() -> FeedRig.await().until(() -> {
                        watch.lookNow();
                        return server.status().feeds().get(0).cursor() == 3;
                    }));
            assertEquals("one\ntwo\n", all(server.address(), 8));
            looked.get(60, TimeUnit.SECONDS);
            FeedRig.await().until(() -> !server.status().feeds().get(0).connected());
            assertEquals("three\n", all(server.address(), 6));
        }
    }

    /** As from the ACD: the date of the day at the switch comes first, where the profile says which zone that is. */
    @Test
    void shouldTellACollectorOfCallDetailsTheDateFirst() throws Exception {
        final RecordClock clock = new RecordClock(new SystemClock());
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                NativeFeedServer server = collectors(journal, clock)) {
            server.start();
            final LocalDate before = LocalDate.now(FAR);
            final String told;
            try (Socket socket = new Socket()) {
                socket.connect(server.address(), 10_000);
                socket.setSoTimeout(30_000);
                final byte[] date = socket.getInputStream().readNBytes(7); // before there is any record
                append(journal, clock, "one\r\n");
                append(journal, clock, "\0\0\0two\r\n");
                told = new String(date, StandardCharsets.US_ASCII)
                        + new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
            }
            final LocalDate after = LocalDate.now(FAR);
            assertTrue(
                    told.equals(SPACED.format(before) + "\r\none\r\n\0\0\0two\r\n")
                            || told.equals(SPACED.format(after) + "\r\none\r\n\0\0\0two\r\n"),
                    told);
        }
    }

    /** He was away over midnight: the date is that of what he gets, and midnight's stands in the stream. */
    @Test
    void shouldTellACollectorThatCatchesUpTheDateOfTheRecordThatFollows() throws Exception {
        final RecordClock clock = new RecordClock(new SystemClock());
        final LocalDate day = LocalDate.now(FAR).minusDays(3);
        final long lateNs =
                TimeUnit.SECONDS.toNanos(day.atTime(23, 59, 50).atZone(FAR).toEpochSecond());
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                NativeFeedServer server = collectors(journal, clock)) {
            server.start();
            journal.appendMark(lateNs - TimeUnit.DAYS.toNanos(2), "restart", "says nothing to a collector");
            append(journal, lateNs, "one\r\n");
            append(journal, lateNs + TimeUnit.SECONDS.toNanos(10), SPACED.format(day.plusDays(1)) + "\r\n");
            append(journal, lateNs + TimeUnit.SECONDS.toNanos(20), "two\r\n");
            assertEquals(
                    SPACED.format(day) + "\r\none\r\n" + SPACED.format(day.plusDays(1)) + "\r\ntwo\r\n",
                    all(server.address(), 24));
        }
    }

    private static NativeFeedServer collectors(LinkJournal journal, RecordClock clock) throws Exception {
        final CdrRecords form = CdrForm.of("printer", true).records();
        final CdrRecords zoned = new CdrRecords(
                form.items(),
                form.circuits(),
                form.dateOrder(),
                form.dateForm(),
                form.sessionDates(),
                Optional.of(FAR),
                form.noCall(),
                form.unanswered(),
                form.notCompared());
        final FeedSettings settings = new FeedSettings(
                "cms-east",
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                "",
                "",
                true,
                Map.of(),
                Map.of("acd1", 0L),
                FeedRig.QUICK);
        return new NativeFeedServer(
                settings,
                new NativeSettings(false, 100),
                journal,
                new CdrDialect(LinkFrameDecoder.Limits.WIDEST, zoned, 1).service(),
                null,
                clock,
                new FeedRig.RecordedEvents());
    }

    /** So many bytes, and after the first ones the end of the connection. */
    private static String all(InetSocketAddress from, int count) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(from, 10_000);
            socket.setSoTimeout(30_000);
            final InputStream in = socket.getInputStream();
            final byte[] bytes = in.readNBytes(count);
            if (count == 8) {
                assertArrayEquals(new byte[0], in.readNBytes(1));
            }
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }

    private static void append(LinkJournal journal, RecordClock clock, String frame) {
        append(journal, clock.recordNs(), frame);
    }

    private static void append(LinkJournal journal, long atNs, String frame) {
        final byte[] bytes = frame.getBytes(StandardCharsets.US_ASCII);
        journal.appendFrame(1, 0, atNs, -1, bytes, 0, bytes.length);
        journal.endOfBatch();
    }
}
