package org.tandemgw.gateway.trunks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.CommandRecord;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.Remembered;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchListener;
import org.tandemgw.abswitch.SwitchMemory;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.abswitch.TrunkSwitch;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchRules;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/**
 * Every switch profile that is shipped, as a site uses it: read from its file, checked, made into the driver's rules, over the site's own
 * wires, against an emulated box. Only its times are others. The boxes run side by side.
 *
 * <p>A starved machine makes any box slow: what is unknown is ordered again. A false claim never is.
 */
@Timeout(600)
class ShippedProfilesTest {
    private static final String[] DIALECTS = {
        "line", "line-lfcr", "line-padded", "bare", "bitmap", "quiet-switch", "verbose-errors"
    };
    private static final int AGAIN = 5;

    private static EventLoopGroup loops;

    @TempDir
    private Path folder;

    private record Column(String profile, BoxModel model, String wire, String setup, int card, int empty) {
        @Override
        public String toString() {
            return profile + " over " + wire + (setup.isEmpty() ? "" : ", " + setup);
        }
    }

    @BeforeAll
    static void start() {
        loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("switch-net", true), NioIoHandler.newFactory());
    }

    @AfterAll
    static void stop() {
        loops.shutdownGracefully(0, 1, SECONDS);
    }

    @Test
    void shouldMoveReadBackAndTellStuckAndAbsentCards() throws Exception {
        final List<Column> columns = new ArrayList<>();
        for (final String wire : List.of("tcp", "serial")) {
            for (final String dialect : DIALECTS) {
                columns.add(new Column("dataprobe-k16", BoxModel.K16, wire, "dialect " + dialect, 7, 5));
            }
            columns.add(new Column("esl-7183", BoxModel.ESL_7183, wire, "", 1, 0));
            columns.add(new Column("esl-7183", BoxModel.ESL_7183, wire, "quiet on", 1, 0));
        }
        columns.add(new Column("dataprobe-k16", BoxModel.K16, "tcp", "close-after-reply on", 7, 5));
        columns.add(new Column("dataprobe-k16", BoxModel.K16, "tcp", "banner A/B SWITCH READY", 7, 5));
        columns.add(new Column("dataprobe-k16", BoxModel.K16, "serial", "echo on", 7, 5));
        columns.add(new Column("blackbox-nbs-snmp", BoxModel.NBS, "v2c", "", 7, 5));
        columns.add(new Column("blackbox-nbs-snmp", BoxModel.NBS, "v3", "", 7, 5));
        final ExecutorService each = Executors.newFixedThreadPool(columns.size());
        try {
            final List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                final Column column = columns.get(i);
                final Path own = Files.createDirectory(folder.resolve("site" + i));
                running.add(each.submit(() -> {
                    walk(column, own);
                    return null;
                }));
            }
            for (int i = 0; i < columns.size(); i++) {
                try {
                    running.get(i).get();
                } catch (ExecutionException e) {
                    throw new AssertionError(
                            columns.get(i) + ": " + e.getCause().getMessage(), e.getCause());
                }
            }
        } finally {
            each.shutdownNow();
        }
    }

    @Test
    void shouldNotTakeHalfOfBusyForAPosition() throws Exception {
        try (ServerSocket half = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            final Thread box = new Thread(() -> answerHalf(half), "half-busy");
            box.setDaemon(true);
            box.start();
            final Column column = new Column("dataprobe-k16", BoxModel.K16, "tcp", "", 7, 5);
            final String way = "tcp: \"127.0.0.1:" + half.getLocalPort() + "\"";
            try (TrunkSwitch trunks = trunks(column, folder, way)) {
                final Selected selected = trunks.select(order("B", 7)).get(60, SECONDS);
                assertEquals(Overall.UNKNOWN, selected.overall(), selected::toString);
                assertFalse(selected.commanded());
            }
        }
    }

    private static void answerHalf(ServerSocket box) {
        try {
            while (true) {
                try (Socket one = box.accept()) {
                    int each = one.getInputStream().read();
                    while (each >= 0) {
                        if (each == '\r') {
                            one.getOutputStream().write('B');
                        }
                        each = one.getInputStream().read();
                    }
                } catch (SocketException e) {
                    if (box.isClosed()) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void walk(Column column, Path own) throws Exception {
        try (SwitchEmulator box = new SwitchEmulator(column.model(), 0, 1, column.card())) {
            if (!column.setup().isEmpty()) {
                assertEquals("ok", box.command(column.setup()));
            }
            try (TrunkSwitch trunks = trunks(column, own, way(column, box, own))) {
                await().until(() -> trunks.query().get(60, SECONDS).complete());
                assertEquals("A", read(trunks, column.card()));
                expect(CardOutcome.MOVED, trunks, box, column, "B");
                assertEquals("B", read(trunks, column.card()));
                expect(CardOutcome.ALREADY_THERE, trunks, box, column, "B");
                box.command("stuck " + column.card() + " lie");
                expect(CardOutcome.NOT_MOVED, trunks, box, column, "A");
                box.command("stuck " + column.card() + " off");
                expect(CardOutcome.MOVED, trunks, box, column, "A");
                if (column.empty() > 0) {
                    assertEquals(
                            CardOutcome.ABSENT,
                            ordered(trunks, column.empty(), "B").outcome());
                }
            }
        }
    }

    private static void expect(
            CardOutcome outcome, TrunkSwitch trunks, SwitchEmulator box, Column column, String position)
            throws Exception {
        final CardResult result = ordered(trunks, column.card(), position);
        final boolean there = truth(box, column.card()).equals(position);
        assertEquals(there, result.outcome().isThere(), "the relay says " + there + ": " + result);
        final boolean lateMove = outcome == CardOutcome.MOVED && result.outcome() == CardOutcome.ALREADY_THERE;
        assertTrue(result.outcome() == outcome || lateMove, "not " + outcome + ": " + result);
        assertEquals(there ? position : position.equals("A") ? "B" : "A", result.positionRead());
    }

    private static CardResult ordered(TrunkSwitch trunks, int card, String position) throws Exception {
        CardResult result = null;
        for (int i = 0; i < AGAIN && (result == null || result.outcome() == CardOutcome.UNKNOWN); i++) {
            result = trunks.select(order(position, card))
                    .get(120, SECONDS)
                    .cards()
                    .get(0);
        }
        return result;
    }

    private static SelectOrder order(String position, int card) {
        return new SelectOrder(position, List.of(card), 1, false, true, false, "jd", "test");
    }

    private static String read(TrunkSwitch trunks, int card) {
        return trunks.positions().cards().stream()
                .filter(each -> each.card() == card)
                .map(CardPosition::position)
                .findFirst()
                .orElseThrow();
    }

    /** Where the relay really is, asked beside the wire. */
    private static String truth(SwitchEmulator box, int card) throws IOException {
        final String positions = (String) JSON.std.mapFrom(box.command("state")).get("positions");
        return positions.substring(card - 1, card);
    }

    private static String way(Column column, SwitchEmulator box, Path own) throws IOException {
        final String target = "\"127.0.0.1:" + box.port() + "\"";
        switch (column.wire()) {
            case "tcp":
                return "tcp: " + target;
            case "serial":
                box.makeLine(own.resolve("line"));
                return "serial: { device: " + own.resolve("line").toRealPath() + ", baud: 9600 }";
            case "v2c":
                return "snmp: { target: \"localhost:" + box.port() + "\", community-file: community.secret }";
            default:
                box.snmpUser("noc", "a long phrase", "another phrase");
                return "snmp: { target: " + target
                        + ", version: v3, user: noc, auth: SHA-256, auth-file: noc.auth, priv: AES-128, priv-file: noc.priv }";
        }
    }

    /** The whole way of a site: its file, the profile, the rules, the wires. */
    private static TrunkSwitch trunks(Column column, Path own, String way) throws IOException {
        secret(own, "kab.secret", "PASS");
        secret(own, "feed.secret", "feed");
        secret(own, "community.secret", "private");
        secret(own, "noc.auth", "a long phrase");
        secret(own, "noc.priv", "another phrase");
        quick(column.profile(), own);
        final Path file = Files.writeString(own.resolve("tandem.yaml"), """
                data: data
                profiles: own
                acds:
                  - name: acd1
                    profile: opaque-line
                    legs: [ { connect: "127.0.0.1:5038" }, { connect: "127.0.0.1:5039" } ]
                servers:
                  - name: east
                    feed: { soupbintcp: { listen: "127.0.0.1:7001", user: east, secret-file: feed.secret } }
                  - name: west
                    feed: { soupbintcp: { listen: "127.0.0.1:7002", user: west, secret-file: feed.secret } }
                switches:
                  - name: trunks
                    profile: quick
                    confirmed: "2026-11-21 jd"
                    positions: { A: east, B: west }
                    dwell: 0s
                    cards: [ CARDS ]
                    WAY
                    SECRET
                """.replace(
                        "CARDS", column.empty() > 0 ? column.empty() + ", " + column.card() : "1")
                .replace("WAY", way)
                .replace("SECRET", column.model() == BoxModel.K16 ? "secret-file: kab.secret" : ""));
        final ConfigurationFile.Result result = ConfigurationFile.read(file);
        final SwitchConfig config = result.configuration()
                .orElseThrow(() -> new AssertionError(result.problems().toString()))
                .switches()
                .get(0);
        return TrunkSwitch.start(
                SwitchRules.settings(config, false),
                TrunkPaths.of(config, loops, own.resolve("serial-driver")),
                new Nothing(),
                new Nothing(),
                Clock.systemUTC());
    }

    private static void secret(Path own, String name, String content) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(own.resolve(name), content + "\n"), PosixFilePermissions.fromString("rw-------"));
    }

    /** The shipped profile, word for word but for its name and its times. */
    private static void quick(String profile, Path own) throws IOException {
        final String shipped = HwProfiles.load(Optional.empty(), new Problems())
                .trunkSwitch(profile)
                .orElseThrow()
                .about()
                .text();
        final Map<String, String> times = Map.of(
                "quiet", "40ms",
                "first-byte", "800ms",
                "gap", "5ms",
                "settle", "30ms",
                "read-back", "700ms",
                "backoff", "100ms",
                "backoff-max", "200ms",
                "late", "1s");
        String text = shipped.replace("name: " + profile, "name: quick");
        for (final Map.Entry<String, String> time : times.entrySet()) {
            final String before = text;
            text = text.replaceAll(
                    "(?m)^  " + time.getKey() + ": [0-9]+m?s", "  " + time.getKey() + ": " + time.getValue());
            assertNotEquals(before, text, time.getKey());
        }
        Files.writeString(
                Files.createDirectories(own.resolve("own").resolve("switch")).resolve("quick.yaml"), text);
    }

    /** Remembers nothing, and hears nothing. */
    private static final class Nothing implements SwitchMemory, SwitchListener {
        @Override
        public Remembered load() {
            return Remembered.nothing();
        }

        @Override
        public void store(Remembered remembered) {}

        @Override
        public void positionsChanged(SwitchPositions positions) {}

        @Override
        public void movedWithoutUs(int card, String from, String to) {}

        @Override
        public void reach(Reach reach, String why) {}

        @Override
        public void commandDone(CommandRecord done) {}
    }
}
