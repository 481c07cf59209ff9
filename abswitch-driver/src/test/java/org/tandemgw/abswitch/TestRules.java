package org.tandemgw.abswitch;

import static org.tandemgw.abswitch.ReplyPattern.Meaning.BUSY;
import static org.tandemgw.abswitch.ReplyPattern.Meaning.ERROR;
import static org.tandemgw.abswitch.ReplyPattern.Meaning.PASSWORD_WRONG;
import static org.tandemgw.abswitch.ReplyPattern.Meaning.POSITION;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A K16 as the facts describe it, with the times that they suggest. */
final class TestRules {
    static final String PASSWORD = "S3cret";
    static final FrameTemplate SELECT = new FrameTemplate("\u001B{password}\u0001{card}\u0002{position}\r");
    static final FrameTemplate QUERY = new FrameTemplate("\u001B{password}\u0001{card}\u0002Q\r");

    private TestRules() {}

    static BoxTiming timing() {
        return new BoxTiming(
                ms(3000),
                ms(1500),
                ms(150),
                ms(3000),
                ms(250),
                ms(400),
                ms(3000),
                2,
                ms(500),
                ms(2000),
                ms(30_000),
                ms(5000),
                ms(60_000),
                ms(600_000),
                ms(10_000));
    }

    static BoxRules rules() {
        return rules(BoxRules.Connection.PER_COMMAND);
    }

    static BoxRules rules(BoxRules.Connection connection) {
        return rules(connection, 0, true, BoxRules.Verify.READ_BACK);
    }

    static BoxRules rules(BoxRules.Connection connection, int lines, boolean toCommands, BoxRules.Verify verify) {
        return new BoxRules(
                "k16",
                SELECT,
                verify == BoxRules.Verify.NONE ? null : QUERY,
                1,
                16,
                Map.of("A", "A", "B", "B"),
                Set.of("OFFLINE"),
                "",
                new ReplyRules(
                        List.of(
                                pattern("busy", BUSY, "BUSY"),
                                pattern("password", PASSWORD_WRONG, "ERROR PASSWORD"),
                                pattern("error", ERROR, "ERROR .*"),
                                pattern("line", POSITION, "0*(?<card>\\d{1,3})\\s+(?<position>[a-z]+)"),
                                pattern("bare", POSITION, "(?<position>A|B|NONE|OFF)"),
                                ReplyPattern.of(
                                        "bitmap",
                                        Evidence.ASSUMED,
                                        ReplyPattern.Scope.WHOLE,
                                        POSITION,
                                        "(?<row>[AB-]{16})")),
                        Map.of("A", "A", "b", "B", "NONE", BoxRules.ABSENT, "-", BoxRules.ABSENT, "OFF", "OFFLINE"),
                        lines,
                        true,
                        toCommands,
                        4096),
                connection,
                verify,
                timing());
    }

    static SwitchSettings settings(BoxRules rules, Integer... cards) {
        return new SwitchSettings(
                "trunks", rules, PASSWORD, "2026-11-21 jd", false, List.of(cards), Duration.ofSeconds(10), 12);
    }

    static SelectOrder order(String position, long epoch, Integer... cards) {
        return new SelectOrder(position, List.of(cards), epoch, false, false, false, "jd", "test");
    }

    static SelectOrder forced(SelectOrder o) {
        return new SelectOrder(o.position(), o.cards(), o.epoch(), o.automatic(), true, o.carryOn(), o.who(), o.why());
    }

    private static ReplyPattern pattern(String name, ReplyPattern.Meaning meaning, String regex) {
        return ReplyPattern.of(name, Evidence.ASSUMED, ReplyPattern.Scope.LINE, meaning, regex);
    }

    static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }
}
