package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.recovery.AgentState;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.LegSummary;
import org.tandemgw.recovery.TableLimits;

/** A simulated Asterisk, a journal that it is written to, and who reads the journal: all on one thread, and what the Asterisk knows is held against the table. */
final class ListeningSite implements AutoCloseable {
    private static final long AT = 1_795_251_600_000_000_000L;

    private final Path data;
    private final AmiTraffic asterisk;
    private final AsteriskRecord record = new AsteriskRecord();
    private final LinkJournal journal;
    private final String seed;
    private final long tickNs;
    private final Function<Path, Optional<BookSettings>> books;
    private ListDesk desk;
    private CallReading reading;
    private long nowNs = AT;
    private int frames;
    private int comparisons;
    private Path others;
    private String knows;
    private boolean gapOwed;
    private long epoch;

    ListeningSite(Path data, long seed) throws IOException {
        this(data, seed, 1, folder -> Optional.empty());
    }

    /**
     * The same.
     *
     * @param tickNs from one frame to the next
     * @param books what is written down of calls whose files are in a folder
     */
    ListeningSite(Path data, long seed, long tickNs, Function<Path, Optional<BookSettings>> books) throws IOException {
        this.tickNs = tickNs;
        this.books = books;
        this.data = data;
        this.seed = ", seed " + seed;
        asterisk = new AmiTraffic(seed, AmiSettings.DEFAULT);
        journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
        begin();
        list();
    }

    int frames() {
        return frames;
    }

    /** Records at which the table was held against what the Asterisk wrote down itself. */
    long held() {
        return record.held();
    }

    int comparisons() {
        return comparisons;
    }

    CallTable table() {
        return reading.table();
    }

    long diskErrors() {
        return reading.diskErrors();
    }

    private void begin() throws IOException {
        desk = new ListDesk();
        desk.onEntry(() -> {});
        reading = open(data, desk);
        read();
    }

    private CallReading open(Path folder, ListDesk of) throws IOException {
        return new CallReading(
                new CallKeeper.Settings(journal, folder, TableLimits.ofCalls(10_000), 0, books.apply(folder)),
                AmiCallDecoder::new,
                of);
    }

    private static void readOut(CallReading reading) throws IOException {
        int steps = 1;
        while (steps > 0) {
            steps = reading.turn();
        }
    }

    private void read() throws IOException {
        readOut(reading);
        desk.wanted(!table().complete() || !table().placed(), true);
    }

    /** So many frames, of which all come. */
    void life(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
        read();
    }

    /** The next frame comes, is journaled and read, and what the table makes of it is held against the Asterisk's own record. */
    private void next() throws IOException {
        append(asterisk.next());
        readOut(reading);
        record.said(asterisk.told());
        record.hold(table(), asterisk.told(), () -> " at " + journal.last() + seed);
    }

    private void append(byte[] message) {
        final byte[] frame = AcdDialect.ASTERISK_AMI.frame(message);
        if (gapOwed) {
            journal.appendGap(nowNs, ++nowNs, 3, "both legs down"); // as intake does: before the first frame behind it
            gapOwed = false;
        }
        nowNs += tickNs;
        journal.appendFrame(1, 0, nowNs, -1, frame, 0, frame.length);
        journal.endOfBatch();
        frames++;
    }

    /** Both legs are down while so much happens; then the ACD is asked, while life goes on. */
    void outage(int missed) throws IOException {
        desk.legDown(1);
        desk.linkDown(journal.last(), ++nowNs);
        miss(missed);
        gapOwed = true;
        list();
        life(1);
    }

    private void miss(int count) {
        for (int i = 0; i < count; i++) {
            asterisk.next();
            record.said(asterisk.told());
        }
    }

    /** Where the stream cannot be proved, the table is not sure until the ACD was asked again. */
    void discontinuity() throws IOException {
        journal.appendDiscontinuity(++nowNs, 3, "no place found");
        life(1);
        list();
    }

    private void list() throws IOException {
        while (!asterisk.isAllTold()) {
            next();
        }
        desk.began(1, journal.last(), ++nowNs);
        final List<String> items = new ArrayList<>(asterisk.standing("CoreShowChannels"));
        items.addAll(asterisk.standing("QueueStatus"));
        for (final String item : items) {
            if (item.hashCode() % 10 == 0) {
                next(); // life goes on meanwhile
                read();
            }
            final byte[] bytes = ("Event: " + item + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            desk.item(1, bytes, 0, bytes.length, journal.last(), ++nowNs);
        }
        desk.ended(1, true, true, journal.last(), ++nowNs);
        read();
    }

    /** Another server is the active one. */
    void switchTo(String server) throws IOException {
        epoch++;
        final String from = server.equals("east") ? "west" : "east";
        journal.appendMark(
                ++nowNs, SwitchMark.WORD, new SwitchMark(SwitchMark.What.SWITCHED, epoch, epoch, from, server).text());
        journal.endOfBatch();
        read();
    }

    /** Of the files beside the table, {@link #fromTheBeginning} is to have this one. */
    void others(String known) {
        knows = known;
    }

    /** Where {@link #fromTheBeginning} had its files. */
    Path others() {
        return others;
    }

    void snapshot() throws IOException {
        reading.shoot();
    }

    /** @param killed nothing is written at the end, as by a kill */
    void restart(boolean killed) throws IOException {
        if (!killed) {
            end();
        }
        begin();
        outage(0);
    }

    void end() throws IOException {
        reading.shoot();
        reading.close();
    }

    /** The table after one more start. */
    byte[] restarted() throws IOException {
        end();
        begin();
        return StoredTable.bytes(table());
    }

    /** What the same start would make of the journal and the lists, if there had never been a snapshot. */
    byte[] fromTheBeginning() throws IOException {
        others = Files.createTempDirectory(data, "others");
        final Path known = others.resolve("calls/acd1");
        Files.createDirectories(known);
        if (knows != null) {
            Files.copy(data.resolve("calls/acd1").resolve(knows), known.resolve(knows));
        }
        return fromTheBeginningAsLast();
    }

    /** The same once more, with what was added to the lists since. */
    byte[] fromTheBeginningAsLast() throws IOException {
        final Path to = others.resolve("calls/acd1/1");
        final boolean added = Files.exists(to);
        assertTrue(
                Files.exists(data.resolve("calls/acd1/1/lists-0000000000000000")),
                "the oldest lists are not kept any more: the story is too long for this question");
        StoredTable.copyLists(data.resolve("calls/acd1/1"), to);
        for (final Path file : Files.list(to).toList()) {
            if (file.getFileName().toString().startsWith("table-")) {
                Files.delete(file);
            }
        }
        final ListDesk own = new ListDesk();
        own.onEntry(() -> {});
        try (CallReading whole = open(others, own)) {
            if (!added) {
                readOut(whole);
            } else {
                own.poll();
                readOut(whole);
            }
            return StoredTable.bytes(whole.table());
        }
    }

    /** What the Asterisk would list is what the table has, leg by leg and agent by agent. */
    void compare() throws IOException {
        while (!asterisk.isAllTold()) {
            next();
        }
        read();
        if (table().complete()) {
            comparisons++;
            assertEquals(truth(), known(), () -> "at " + journal.last() + seed);
            record.holdAll(table(), () -> " at " + journal.last() + seed);
        }
    }

    private Map<String, String> truth() {
        final Map<String, String> all = new TreeMap<>();
        for (final String channel : asterisk.standing("CoreShowChannels")) {
            all.put(
                    header(channel, "Uniqueid"),
                    header(channel, "Linkedid") + (header(channel, "BridgeId").isEmpty() ? " apart" : " talks"));
        }
        for (final String item : asterisk.standing("QueueStatus")) {
            if (item.startsWith("QueueEntry")) {
                all.merge(header(item, "Uniqueid"), " in " + header(item, "Queue"), String::concat);
            } else if (item.startsWith("QueueMember")) {
                all.put(
                        header(item, "Location") + " in " + header(item, "Queue"),
                        header(item, "Paused").equals("0")
                                ? "ready"
                                : header(item, "PausedReason").equals("wrapup") ? "after-call-work" : "not-ready");
            }
        }
        return all;
    }

    private Map<String, String> known() {
        final Map<String, String> all = new TreeMap<>();
        table().calls(call -> {
            for (final LegSummary leg : call.legList()) {
                final boolean talks = leg.state() == CallState.CONNECTED || leg.state() == CallState.HELD;
                all.put(
                        leg.id(),
                        call.id()
                                + (talks ? " talks" : " apart")
                                + (leg.state() == CallState.QUEUED ? " in " + call.queue() : ""));
            }
        });
        table().agents(agent -> all.put(
                agent.agent() + " in " + agent.queue(),
                agent.state() == AgentState.LOGGED_ON ? "ready" : agent.state().word()));
        return all;
    }

    private static String header(String item, String name) {
        final int at = item.indexOf("\r\n" + name + ": ");
        final int value = at + name.length() + 4;
        return at < 0 ? "" : item.substring(value, item.indexOf("\r\n", value));
    }

    @Override
    public void close() throws IOException {
        reading.close();
        journal.close();
    }
}
