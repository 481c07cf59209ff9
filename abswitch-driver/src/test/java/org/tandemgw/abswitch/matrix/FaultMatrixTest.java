package org.tandemgw.abswitch.matrix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.QueryResult;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.TrunkSwitch;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;

/**
 * Every fault, in every dialect, on every wire: nothing may be claimed that the true position of the relay contradicts, and where
 * the box can be asked in time, UNKNOWN is no answer. Many cells run side by side, each with a box of its own; the table is
 * written to {@code target/fault-matrix.md}.
 *
 * <p>A starved machine makes any box slow. A cell that is less sure than it should be is tried again with all times four times as
 * long; a false claim never is, but for a card that fell back after its position was read.
 */
@Timeout(300)
class FaultMatrixTest {
    private static final int[] SLOWER = {1, 4, 12};
    /** Most of a cell is waiting. */
    private static final int SIDE_BY_SIDE = 48;

    private static final Pattern ACCEPTED = Pattern.compile("\"(\\d+) \\w+ ([^\"]+) accepted\"");
    private static final Path ROOT = Path.of(System.getProperty("tandem.root"));

    private static final EventLoopGroup LOOPS =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("switch-net", true), NioIoHandler.newFactory());

    @TempDir
    private Path folder;

    /** What was claimed, and what is wrong with that; null: nothing. */
    private record Cell(CardOutcome outcome, String wrong, boolean worthAnotherTry) {}

    @AfterAll
    static void end() {
        LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static List<Column> columns() {
        final List<Column> all = new ArrayList<>();
        for (final String wire : new String[] {"tcp", "serial"}) {
            for (final String dialect :
                    new String[] {"line", "line-lfcr", "line-padded", "bare", "bitmap", "quiet-switch", "verbose-errors"
                    }) {
                all.add(new Column(BoxModel.K16, wire, dialect, "dialect " + dialect));
            }
        }
        all.add(new Column(BoxModel.K16, "tcp", "closing", "close-after-reply on"));
        all.add(new Column(BoxModel.K16, "tcp", "banner", "banner Welcome to 7"));
        all.add(new Column(BoxModel.K16, "serial", "banner", "banner Welcome to 7"));
        all.add(new Column(BoxModel.K16, "serial", "echo", "echo on"));
        all.add(new Column(BoxModel.ESL_7183, "tcp", ""));
        all.add(new Column(BoxModel.ESL_7183, "serial", ""));
        all.add(new Column(BoxModel.NBS, "snmp", ""));
        return all;
    }

    @Test
    void shouldClaimNothingThatTheRelayContradicts() throws Exception {
        final long beganNs = System.nanoTime();
        final Map<Column, Map<Fault, Cell>> cells = allCells();
        final String table = table(cells)
                + "\n" + cells.values().stream().mapToInt(Map::size).sum() + " cells in "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs) + " ms\n";
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("fault-matrix.md"), table);
        System.out.println(table);
        final List<String> wrong = new ArrayList<>();
        cells.forEach((column, faults) -> faults.forEach((fault, cell) -> {
            if (cell.wrong() != null) {
                wrong.add(column.name() + ", " + fault.id() + ": " + cell.wrong());
            }
        }));
        assertEquals(List.of(), wrong, String.join("\n", wrong));
    }

    /** Left out of the matrix, since nobody can tell: a box whose query says what was commanded. It proves that the judge looks. */
    @Test
    void shouldCatchAFalseClaim() throws Exception {
        final ExecutorService side = Executors.newFixedThreadPool(2);
        try {
            final Future<Cell> on = side.submit(() -> lying("queries-lie on"));
            final Future<Cell> off = side.submit(() -> lying("queries-lie off"));
            assertTrue(isFalseClaim(on.get()), on.get()::toString);
            assertFalse(isFalseClaim(off.get()), off.get()::toString);
        } finally {
            side.shutdownNow();
        }
    }

    private static boolean isFalseClaim(Cell cell) {
        return cell.wrong() != null && cell.wrong().startsWith("FALSE");
    }

    private Cell lying(String queries) throws Exception {
        final Column column = columns().get(0);
        try (SwitchEmulator box = column.box(folder.resolve(queries.replace(' ', '-')));
                TrunkSwitch trunks = start(column, 4, box)) {
            untilWell(column, trunks);
            assertEquals("ok", box.command(queries));
            return select(column, Fault.STUCK_LIES, 4, box, trunks);
        }
    }

    @Test
    void shouldStandInTheManual() throws IOException {
        final String manual = Files.readString(ROOT.resolve("docs/fault-matrix.md"));
        final List<String> missing = new ArrayList<>();
        for (final Fault fault : Fault.values()) {
            if (!manual.contains(fault.row())) {
                missing.add(fault.row());
            }
        }
        assertEquals(List.of(), missing, String.join("\n", missing));
    }

    private Map<Column, Map<Fault, Cell>> allCells() throws Exception {
        final Map<Column, Map<Fault, Future<Cell>>> running = new LinkedHashMap<>();
        columns().forEach(column -> running.put(column, new EnumMap<>(Fault.class)));
        final ExecutorService side = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            for (final Fault fault : Fault.values()) {
                running.forEach((column, faults) -> {
                    if (column.has(fault.on)) {
                        faults.put(fault, side.submit(() -> cell(column, fault)));
                    }
                });
            }
            final Map<Column, Map<Fault, Cell>> cells = new LinkedHashMap<>();
            for (final Map.Entry<Column, Map<Fault, Future<Cell>>> each : running.entrySet()) {
                final Map<Fault, Cell> ofColumn = new EnumMap<>(Fault.class);
                for (final Map.Entry<Fault, Future<Cell>> cell : each.getValue().entrySet()) {
                    ofColumn.put(cell.getKey(), cell.getValue().get());
                }
                cells.put(each.getKey(), ofColumn);
            }
            return cells;
        } finally {
            side.shutdownNow();
        }
    }

    private Cell cell(Column column, Fault fault) throws Exception {
        Cell cell = null;
        for (int i = 0; i < SLOWER.length && (cell == null || cell.worthAnotherTry()); i++) {
            cell = cell(column, fault, SLOWER[i]);
        }
        return cell;
    }

    private Cell cell(Column column, Fault fault, int slower) throws Exception {
        final Path line = folder.resolve(column.name().replace(' ', '-') + "-" + fault.id() + "-" + slower);
        try (SwitchEmulator box = column.box(line)) {
            for (final String each : column.setup()) {
                assertEquals("ok", box.command(each), each);
            }
            try (TrunkSwitch trunks = start(column, slower, box)) {
                untilWell(column, trunks);
                return select(column, fault, slower, box, trunks);
            }
        }
    }

    private TrunkSwitch start(Column column, int slower, SwitchEmulator box) {
        return Trunks.start(column, slower, column.path(box, LOOPS, folder.resolve("native")));
    }

    private static void untilWell(Column column, TrunkSwitch trunks) throws Exception {
        QueryResult last = trunks.query().get();
        for (int tries = 20; tries > 0 && !last.complete(); tries--) {
            last = trunks.query().get();
        }
        assertTrue(last.complete(), column.name() + " is not well at first: " + last);
    }

    private static Cell select(Column column, Fault fault, int slower, SwitchEmulator box, TrunkSwitch trunks)
            throws Exception {
        final List<Socket> others = new ArrayList<>();
        try {
            String cable = "";
            for (final String each : fault.commands) {
                switch (each) {
                    case "+connection" -> {
                        untilConnected(box, 0); // ours of the last query has gone
                        others.add(new Socket(InetAddress.getLoopbackAddress(), box.port()));
                        untilConnected(box, 1);
                    }
                    case "+unplug", "+replug" -> cable = each;
                    default ->
                        assertEquals(
                                "ok",
                                box.command(each.replace("%c", Integer.toString(column.card()))
                                        .replace("%late", Integer.toString(Column.lateMs(slower)))));
                }
            }
            final String[] truth = new String[1];
            final CompletableFuture<Selected> selecting = trunks.select(new SelectOrder(
                            "B", List.of(column.card()), 1, false, false, false, "the test", fault.id()))
                    .whenComplete((selected, error) -> truth[0] = box.command("state"));
            if (!cable.isEmpty()) {
                await().atMost(60, TimeUnit.SECONDS)
                        .until(() -> box.command("state").contains(" B accepted") || selecting.isDone());
                assertEquals("ok", box.command("unplug"));
                if (cable.equals("+replug")) {
                    assertEquals("ok", box.command("plug"));
                }
            }
            final Selected selected = selecting.get(60, TimeUnit.SECONDS);
            return judged(column, fault, selected, truth[0]);
        } catch (TimeoutException | ExecutionException | ConditionTimeoutException e) {
            return new Cell(null, "no answer at all: " + e, false);
        } finally {
            for (final Socket each : others) {
                each.close();
            }
        }
    }

    private static Cell judged(Column column, Fault fault, Selected selected, String state) {
        if (selected.cards().size() != 1) {
            return new Cell(null, "refused: " + selected, false);
        }
        final CardResult result = selected.cards().get(0);
        final CardOutcome outcome = result.outcome();
        final char truth =
                state.charAt(state.indexOf("positions\":\"") + "positions\":\"".length() + column.card() - 1);
        final boolean pulsed = !state.contains("\"pulses\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]");
        final String lie =
                switch (outcome) {
                    case MOVED, ALREADY_THERE -> truth == 'B' ? null : "claimed, and the relay is at " + truth;
                    case NOT_MOVED -> truth == 'B' ? "denied, and the relay is at B" : null;
                    case ABSENT -> truth == '-' ? null : "claimed, and the card is there, at " + truth;
                    case UNKNOWN -> null;
                };
        final String what = outcome + " (" + result.detail() + "), " + state;
        if (lie != null && fault == Fault.FALLS_BACK && queryCameEarly(state)) {
            return new Cell(outcome, "fell back after it was read: " + what, true);
        }
        if (lie != null) {
            return new Cell(outcome, "FALSE: " + lie + ": " + what, false);
        }
        if (!result.commanded() && pulsed) {
            return new Cell(outcome, "FALSE: nothing commanded, and the relay was moved: " + what, false);
        }
        if (selected.overall() == Overall.OK && outcome != CardOutcome.MOVED && outcome != CardOutcome.ALREADY_THERE) {
            return new Cell(outcome, "FALSE: overall OK: " + what, false);
        }
        return fault.allowed.contains(outcome)
                ? new Cell(outcome, null, false)
                : new Cell(outcome, "not one of " + fault.allowed + ": " + what, true);
    }

    /** The box heard the command so late that the query came before the card could fall back: what was claimed was so. */
    private static boolean queryCameEarly(String state) {
        final Matcher entry = ACCEPTED.matcher(state);
        long commandMs = 0;
        long queryMs = 0;
        while (entry.find()) {
            final long atMs = Long.parseLong(entry.group(1));
            if (entry.group(2).endsWith(" Q") || entry.group(2).startsWith("get ")) {
                queryMs = atMs;
            } else {
                commandMs = atMs;
            }
        }
        return commandMs > 0 && queryMs >= commandMs && queryMs - commandMs < Column.SETTLE_MS;
    }

    private static void untilConnected(SwitchEmulator box, int connections) {
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> box.command("state").contains("\"tcpSessions\":" + connections + ","));
    }

    private static String table(Map<Column, Map<Fault, Cell>> cells) {
        final StringBuilder text = new StringBuilder("| fault |");
        cells.keySet().forEach(column -> text.append(' ').append(column.name()).append(" |"));
        text.append("\n|---|").append("---|".repeat(cells.size())).append('\n');
        for (final Fault fault : Fault.values()) {
            text.append("| ").append(fault.id()).append(" |");
            cells.values().forEach(column -> text.append(' ')
                    .append(column.containsKey(fault) ? shown(column.get(fault)) : "")
                    .append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    private static String shown(Cell cell) {
        return (cell.outcome() == null ? "none" : cell.outcome().name()) + (cell.wrong() == null ? "" : " WRONG");
    }
}
