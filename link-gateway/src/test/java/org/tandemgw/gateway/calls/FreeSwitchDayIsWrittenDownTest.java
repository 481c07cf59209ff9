package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.books.Csv;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiFact;
import org.tandemgw.gateway.emulate.AmiFact.Does;
import org.tandemgw.gateway.emulate.EslTraffic;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.recovery.AccountKind;
import org.tandemgw.recovery.TableLimits;

/**
 * Hours of a FreeSWITCH's contact centre: intervals have of each queue and agent, and of the whole, what the simulated FreeSWITCH itself says that it did, and call records have
 * each call that is over, once.
 */
@Timeout(300)
class FreeSwitchDayIsWrittenDownTest {
    private static final int MESSAGES = 8_000;

    private final long seed = Chance.seed();
    private final EslTraffic freeSwitch = new EslTraffic(seed);

    @TempDir
    private Path data;

    // --- what the FreeSWITCH did, counted in the plainest way ---

    private final Map<String, AmiFact> legs = new HashMap<>();
    private final Set<String> talked = new HashSet<>();

    /** Offered, answered, abandoned, left. Of an agent the first two. */
    private final Map<String, long[]> sums = new TreeMap<>();

    /** Call, who calls whom, the queue it was in last, whether anybody talked in it. */
    private final Map<String, String> calling = new HashMap<>();

    private final Map<String, String> queues = new HashMap<>();
    private final Map<String, String> over = new TreeMap<>();
    private long nowNs;

    private static String header(String message, String name) {
        final int at = message.startsWith(name + ": ") ? 0 : message.indexOf("\n" + name + ": ") + 1;
        if (at == 0 && !message.startsWith(name + ": ")) {
            return "";
        }
        final String value = message.substring(at + name.length() + 2, message.indexOf('\n', at));
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    private long[] sum(AccountKind kind, String name) {
        return sums.computeIfAbsent(kind + " " + name, each -> new long[4]);
    }

    private void did(String message, List<AmiFact> facts) {
        nowNs = Math.max(
                nowNs + 1, TimeUnit.MICROSECONDS.toNanos(Long.parseLong(header(message, "Event-Date-Timestamp"))));
        final String agent = header(message, "variable_cc_agent");
        if (header(message, "Event-Name").equals("CHANNEL_PROGRESS") && !agent.isEmpty()) {
            sum(AccountKind.AGENT, agent)[0]++;
        }
        if (header(message, "CC-Action").equals("bridge-agent-start")) {
            sum(AccountKind.AGENT, header(message, "CC-Agent"))[1]++;
        }
        for (final AmiFact fact : facts) {
            if (!fact.isOfAnAgent()) {
                did(message, fact);
            }
        }
    }

    private void did(String message, AmiFact fact) {
        if (legs.values().stream().noneMatch(leg -> leg.call().equals(fact.call())) && fact.does() != Does.IS_GONE) {
            sum(AccountKind.ACD, "")[0]++;
            calling.put(fact.call(), header(message, "Caller-Caller-ID-Number"));
        }
        final AmiFact before = legs.put(fact.id(), fact);
        final boolean waited = before != null && before.does() == Does.WAITS;
        if (waited && (fact.does() != Does.WAITS || !fact.queue().equals(before.queue()))) {
            final boolean gaveUp = message.contains("CC-Cancel-Reason: BREAK_OUT");
            sum(AccountKind.QUEUE, before.queue())[fact.does() == Does.TALKS ? 1 : gaveUp ? 2 : 3]++;
        }
        if (fact.does() == Does.WAITS && (!waited || !fact.queue().equals(before.queue()))) {
            sum(AccountKind.QUEUE, fact.queue())[0]++;
            queues.put(fact.call(), fact.queue());
        }
        if (fact.does() == Does.TALKS) {
            talked.add(fact.call());
        }
        if (fact.does() == Does.IS_GONE) {
            legs.remove(fact.id());
        }
        for (final String call : new ArrayList<>(calling.keySet())) {
            if (legs.values().stream().noneMatch(leg -> leg.call().equals(call))) {
                final boolean joined = fact.does() != Does.IS_GONE;
                sum(AccountKind.ACD, "")[joined ? 3 : talked.contains(call) ? 1 : 2]++;
                over.put(
                        call,
                        (joined ? "merged " : "cleared ") + calling.remove(call) + " " + queues.getOrDefault(call, "")
                                + " " + talked.contains(call));
            }
        }
    }

    // --- what Tandem makes of it ---

    @Test
    void shouldCountWhatTheFreeSwitchDidAndWriteDownEachCallOnce() throws IOException {
        final LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
        final ListDesk desk = new ListDesk();
        desk.onEntry(() -> {});
        final CallReading reading = new CallReading(
                new CallKeeper.Settings(
                        journal,
                        data,
                        TableLimits.ofCalls(10_000),
                        0,
                        Optional.of(new BookSettings(
                                data.resolve(IntervalFile.FOLDER),
                                Duration.ofMinutes(15),
                                400,
                                Optional.of(new BookSettings.Records(false, data.resolve("call-records"), 400)),
                                List.of("east", "west"),
                                "east",
                                0))),
                EslCallDecoder::new,
                desk);
        for (int i = 0; i < MESSAGES || !freeSwitch.isAllTold(); i++) {
            final byte[] message = freeSwitch.next();
            did(new String(message, StandardCharsets.UTF_8), freeSwitch.told());
            if (i == 0) {
                desk.began(1, 0, nowNs);
                desk.ended(1, true, true, 0, nowNs);
            }
            append(journal, message);
            if (i % 50 == 0) {
                read(reading);
            }
        }
        nowNs += TimeUnit.HOURS.toNanos(1);
        append(
                journal,
                ("Event-Name: CUSTOM\nEvent-Subclass: callcenter%3A%3Ainfo\nCC-Action: agent-status-change\n"
                                + "CC-Agent: 1001%40pbx.example.org\nCC-Agent-Status: On%20Break\n\n")
                        .getBytes(StandardCharsets.US_ASCII)); // what is over by the clock is closed by what comes
        read(reading);
        assertEquals(calling.size(), reading.table().inFlight());
        reading.shoot();
        reading.close();
        journal.close();
        intervalsAreRight();
        recordsAreRight();
    }

    private void append(LinkJournal journal, byte[] message) {
        final byte[] frame = AcdDialect.FREESWITCH_ESL.frame(message);
        journal.appendFrame(1, 0, nowNs, -1, frame, 0, frame.length);
        journal.endOfBatch();
    }

    private static void read(CallReading reading) {
        int steps = 1;
        while (steps > 0) {
            steps = reading.turn();
        }
    }

    private void intervalsAreRight() throws IOException {
        final Map<String, long[]> counted = new TreeMap<>();
        final Map<String, Long> atEnd = new HashMap<>();
        final Set<Long> parts = new HashSet<>();
        IntervalFile.read(data, "acd1", Long.MIN_VALUE, Long.MAX_VALUE, row -> {
            final String name = row.line().kind() + " " + row.line().name();
            atEnd.put(name, row.line().atEnd());
            parts.add(row.fromNs());
            if (row.line().kind() == AccountKind.TRUNK) {
                return;
            }
            final long[] sum = counted.computeIfAbsent(name, each -> new long[4]);
            sum[0] += row.line().offered();
            sum[1] += row.line().answered();
            if (row.line().kind() != AccountKind.AGENT) {
                sum[2] += row.line().abandoned();
                sum[3] += row.line().left();
            }
            assertEquals(0, row.line().lost() + row.line().found(), row::toString);
        });
        counted.values().removeIf(sum -> sum[0] + sum[1] + sum[2] + sum[3] == 0);
        assertEquals(shown(sums), shown(counted), "-Dtandem.seed=" + seed);
        assertEquals(Long.valueOf(calling.size()), atEnd.get("ACD "), "-Dtandem.seed=" + seed);
        assertTrue(parts.size() > 2, "more than one interval: " + parts.size());
        assertTrue(
                sums.entrySet().stream()
                        .filter(each -> each.getKey().startsWith("QUEUE "))
                        .allMatch(each -> each.getValue()[1] > 50 && each.getValue()[2] > 0 && each.getValue()[3] > 0),
                () -> "every end of waiting was there: " + shown(sums));
    }

    private static List<String> shown(Map<String, long[]> sums) {
        return sums.entrySet().stream()
                .map(each -> each.getKey() + " " + java.util.Arrays.toString(each.getValue()))
                .toList();
    }

    private void recordsAreRight() throws IOException {
        final Map<String, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.list(data.resolve("call-records").resolve("east"))) {
            for (final Path file : files.sorted().toList()) {
                final List<String> lines = Files.readAllLines(file);
                final List<String> columns = Csv.fields(lines.get(0));
                for (final String line : lines.subList(1, lines.size())) {
                    final Map<String, String> record = new HashMap<>();
                    final List<String> fields = Csv.fields(line);
                    columns.forEach(name -> record.put(name, fields.get(columns.indexOf(name))));
                    assertEquals(
                            "yes yes yes",
                            record.get("sure") + " " + record.get("complete") + " " + record.get("start_seen"),
                            line);
                    final String end = record.get("ended_by");
                    if (end.equals("cleared") || end.equals("merged")) {
                        final String before = written.put(
                                record.get("call"),
                                end + " " + record.get("calling") + " " + record.get("queue") + " "
                                        + !record.get("answered").isEmpty());
                        assertEquals(null, before, "twice: " + line);
                    }
                }
            }
        }
        assertEquals(lines(over), lines(written), "-Dtandem.seed=" + seed);
    }

    private static String lines(Map<String, String> records) {
        final StringBuilder all = new StringBuilder();
        records.forEach(
                (call, what) -> all.append(call).append(' ').append(what).append('\n'));
        return all.toString();
    }
}
