package org.tandemgw.abswitch.matrix;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.abswitch.BoxTiming;
import org.tandemgw.abswitch.Evidence;
import org.tandemgw.abswitch.FrameTemplate;
import org.tandemgw.abswitch.ReplyPattern;
import org.tandemgw.abswitch.ReplyPattern.Meaning;
import org.tandemgw.abswitch.ReplyPattern.Scope;
import org.tandemgw.abswitch.ReplyRules;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.abswitch.link.SerialPath;
import org.tandemgw.abswitch.link.SerialSettings;
import org.tandemgw.abswitch.link.SnmpPath;
import org.tandemgw.abswitch.link.SnmpSettings;
import org.tandemgw.abswitch.link.TcpPath;

/**
 * One way to speak to one box: model, wire, dialect. The rules are those of the shipped profiles with their times scaled down.
 *
 * @param wire tcp, serial or snmp
 * @param dialect for people, and for the setup
 * @param setup lines of the emulator's control channel
 */
record Column(BoxModel model, String wire, String dialect, String... setup) {
    static final String PASSWORD = "PASS";
    /** So long after a command nothing is asked. */
    static final int SETTLE_MS = 30;

    String name() {
        return (model == BoxModel.K16 ? "" : model.id() + " ") + wire + (dialect.isEmpty() ? "" : " " + dialect);
    }

    int card() {
        return model == BoxModel.ESL_7183 ? 1 : 7;
    }

    boolean has(Fault.On on) {
        final boolean k16 = model == BoxModel.K16;
        return switch (on) {
            case ALL -> true;
            case CARDS -> model != BoxModel.ESL_7183;
            case WIRES -> !wire.equals("snmp");
            case TCP -> wire.equals("tcp");
            case SERIAL -> wire.equals("serial");
            case K16 -> k16;
            case K16_TCP -> k16 && wire.equals("tcp");
        };
    }

    SwitchEmulator box(Path line) throws IOException {
        final SwitchEmulator box = new SwitchEmulator(model, 0, 1, card());
        if (wire.equals("serial")) {
            box.makeLine(line);
        }
        return box;
    }

    BoxPath path(SwitchEmulator box, EventLoopGroup loops, Path library) {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), box.port());
        return switch (wire) {
            case "tcp" -> new TcpPath(loops, address);
            case "snmp" -> new SnmpPath(new SnmpSettings(address, "private", null));
            default ->
                new SerialPath(
                        new SerialSettings(
                                box.line().toString(),
                                9600,
                                8,
                                SerialSettings.Parity.NONE,
                                1,
                                SerialSettings.Flow.NONE),
                        library);
        };
    }

    /** How long {@link Fault#LATE} is late: after the limit of an answer, and long before an answer is taken for lost. */
    static int lateMs(int slower) {
        return 450 * slower;
    }

    BoxRules rules(int slower) {
        return switch (model) {
            case K16 -> k16(slower);
            case ESL_7183 -> esl(slower);
            case NBS -> nbs(slower);
        };
    }

    private static BoxTiming timing(int slower) {
        final UnaryOperator<Duration> scaled = each -> each.multipliedBy(slower);
        return new BoxTiming(
                scaled.apply(Duration.ofMillis(1000)),
                scaled.apply(Duration.ofMillis(300)),
                scaled.apply(Duration.ofMillis(30)),
                scaled.apply(Duration.ofMillis(900)),
                Duration.ofMillis(5),
                scaled.apply(Duration.ofMillis(SETTLE_MS)),
                scaled.apply(Duration.ofMillis(900)),
                2,
                scaled.apply(Duration.ofMillis(60)),
                scaled.apply(Duration.ofMillis(120)),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ZERO,
                Duration.ofMinutes(10),
                scaled.apply(Duration.ofMillis(900)));
    }

    private BoxRules k16(int slower) {
        return new BoxRules(
                "dataprobe-k16",
                new FrameTemplate("\u001b{password}\u0001{card}\u0002{position}\r"),
                new FrameTemplate("\u001b{password}\u0001{card}\u0002Q\r"),
                1,
                16,
                Map.of("A", "A", "B", "B"),
                Set.of(),
                "\u0001\u0002\r\u001b",
                new ReplyRules(
                        List.of(
                                pattern("busy", Scope.LINE, Meaning.BUSY, "BUSY"),
                                pattern("password", Scope.LINE, Meaning.PASSWORD_WRONG, "ERROR PASSWORD"),
                                pattern("error", Scope.LINE, Meaning.ERROR, "ERROR .*"),
                                pattern(
                                        "line",
                                        Scope.LINE,
                                        Meaning.POSITION,
                                        "0*(?<card>[0-9]+) +(?<position>A|B|NONE)"),
                                pattern("bitmap", Scope.WHOLE, Meaning.POSITION, "(?<row>[AB-]{16})"),
                                pattern("bare", Scope.LINE, Meaning.POSITION, "(?<position>A|B|NONE)")),
                        Map.of("A", "A", "B", "B", "NONE", BoxRules.ABSENT, "-", BoxRules.ABSENT),
                        0,
                        dialect.equals("echo"),
                        true,
                        4096),
                BoxRules.Connection.PER_COMMAND,
                BoxRules.Verify.READ_BACK,
                timing(slower));
    }

    private static BoxRules esl(int slower) {
        return new BoxRules(
                "esl-7183",
                new FrameTemplate("{position}"),
                new FrameTemplate("\u0010"),
                1,
                1,
                Map.of("A", "\u0001", "B", "\u0002"),
                Set.of("OFFLINE"),
                "",
                new ReplyRules(
                        List.of(
                                pattern("busy", Scope.LINE, Meaning.BUSY, "BUSY"),
                                pattern(
                                        "position",
                                        Scope.LINE,
                                        Meaning.POSITION,
                                        "Position: (?<position>A|B|OFFLINE)")),
                        Map.of("A", "A", "B", "B", "OFFLINE", "OFFLINE"),
                        0,
                        false,
                        true,
                        4096),
                BoxRules.Connection.PERSISTENT,
                BoxRules.Verify.READ_BACK,
                timing(slower));
    }

    private static BoxRules nbs(int slower) {
        return new BoxRules(
                "blackbox-nbs-snmp",
                new FrameTemplate("set 1.3.6.1.4.1.9477.1.4.3.1.2.{card} s {position}\n"),
                new FrameTemplate("get 1.3.6.1.4.1.9477.1.4.3.1.2.{card}\n"),
                1,
                16,
                Map.of("A", "A", "B", "B"),
                Set.of(),
                "",
                new ReplyRules(
                        List.of(
                                pattern(
                                        "port",
                                        Scope.LINE,
                                        Meaning.POSITION,
                                        "1\\.3\\.6\\.1\\.4\\.1\\.9477\\.1\\.4\\.3\\.1\\.2\\.(?<card>[0-9]+) (?<position>A|B)"),
                                pattern(
                                        "no port",
                                        Scope.LINE,
                                        Meaning.POSITION,
                                        "error (?<position>noSuchInstance|noSuchObject)"),
                                pattern("busy", Scope.LINE, Meaning.BUSY, "error resourceUnavailable"),
                                pattern("error", Scope.LINE, Meaning.ERROR, "error .*")),
                        Map.of("A", "A", "B", "B", "noSuchInstance", BoxRules.ABSENT, "noSuchObject", BoxRules.ABSENT),
                        1,
                        false,
                        true,
                        4096),
                BoxRules.Connection.PERSISTENT,
                BoxRules.Verify.READ_BACK,
                timing(slower));
    }

    private static ReplyPattern pattern(String name, Scope scope, Meaning meaning, String regex) {
        return ReplyPattern.of(name, Evidence.ASSUMED, scope, meaning, regex);
    }
}
