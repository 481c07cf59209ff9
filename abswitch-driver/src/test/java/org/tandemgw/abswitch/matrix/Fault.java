package org.tandemgw.abswitch.matrix;

import static org.tandemgw.abswitch.CardOutcome.ABSENT;
import static org.tandemgw.abswitch.CardOutcome.ALREADY_THERE;
import static org.tandemgw.abswitch.CardOutcome.MOVED;
import static org.tandemgw.abswitch.CardOutcome.NOT_MOVED;
import static org.tandemgw.abswitch.CardOutcome.UNKNOWN;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.CardOutcome;

/**
 * What is wrong with the box, as lines of the emulator's control channel ({@code %c}: the card), and what a select of B may
 * claim. UNKNOWN stands only where the box cannot be asked in time; what is claimed must be true in any case.
 */
enum Fault {
    NONE("nothing", On.ALL, of(MOVED)),
    THERE_ALREADY("it is there already, moved by hand", On.ALL, of(ALREADY_THERE), "panel %c B"),
    STUCK_LIES("the relay is stuck, the reply to the command says it moved", On.ALL, of(NOT_MOVED), "stuck %c lie"),
    STUCK_HONEST("the relay is stuck, and the reply says so", On.ALL, of(NOT_MOVED), "stuck %c honest"),
    HELD("a held contact input overrides commands", On.ALL, of(NOT_MOVED), "hold %c A"),
    FALLS_BACK("the card falls back by itself 5 ms after the move", On.ALL, of(NOT_MOVED), "fallback %c 5 A"),
    PANEL_FIRST("somebody moves it by hand while it is commanded", On.ALL, of(MOVED), "at-select panel %c B"),
    REMOVED("the card is not there", On.CARDS, of(ABSENT), "remove %c"),
    REMOVED_MID("the card is pulled while it is commanded", On.CARDS, of(ABSENT), "at-select remove %c"),
    SLOW("the card takes 150 ms", On.ALL, of(MOVED), "slow %c 150"),
    TOO_SLOW("the card takes 20 s, and the box answers nothing meanwhile", On.ALL, of(UNKNOWN), "slow %c 20000"),
    DROPS_BUSY("bytes are dropped while a command runs", On.ALL, of(MOVED), "drop-while-busy on"),
    ALL_FAILS("a command to all cards fails at slot 1 (never sent)", On.K16, of(MOVED), "all-fails-at 1"),
    SILENT("it acts and says nothing", On.ALL, of(UNKNOWN), "silent on"),
    SILENT_MID("it acts and says nothing from the command on", On.ALL, of(UNKNOWN), "at-select silent on"),
    DEAF("it does nothing and says nothing", On.ALL, of(UNKNOWN), "deaf on"),
    DEAF_MID("the same from the command on", On.ALL, of(UNKNOWN), "at-select deaf on"),
    CUT("answers are cut in half", On.WIRES, of(UNKNOWN, MOVED), "cut-replies on"),
    LATE("every answer comes after the limit", On.ALL, of(UNKNOWN, MOVED), "delay %late"),
    LATE_ONCE("the reply to the command comes during the query", On.ALL, of(MOVED), "at-select delay-once %late"),
    GARBAGE("40 bytes of noise before each answer", On.WIRES, of(UNKNOWN, MOVED), "garbage 40"),
    NOISE("200 bytes of noise in mid-command", On.WIRES, of(MOVED), "at-select noise 200"),
    BUSY("BUSY, for ever", On.ALL, of(UNKNOWN), "busy on"),
    BUSY_MID("BUSY from the command on", On.ALL, of(UNKNOWN), "at-select busy on"),
    SECOND_REFUSED(
            "somebody is connected; others are refused", On.K16_TCP, of(UNKNOWN), "+connection", "second refuse"),
    SECOND_CLOSED("somebody is connected; others are closed", On.K16_TCP, of(UNKNOWN), "+connection", "second close"),
    SECOND_MUTE("somebody is connected; others are ignored", On.K16_TCP, of(UNKNOWN), "+connection", "second mute"),
    CLOSE_BEFORE("closes before the CR, each time", On.K16_TCP, of(UNKNOWN), "close before"),
    CLOSE_DURING("acts and closes in place of an answer, each time", On.TCP, of(UNKNOWN), "close during"),
    CLOSE_BEFORE_ONCE("closes before the CR of the command", On.K16_TCP, of(MOVED), "at-query close-once before"),
    CLOSE_DURING_ONCE("closes at the CR of the command", On.TCP, of(MOVED), "at-select close-once during"),
    CLOSE_AFTER_ONCE("closes in place of the reply to the command", On.TCP, of(MOVED), "at-select close-once after"),
    POWER_KEEP("power fails in mid-command, positions kept", On.ALL, of(MOVED, NOT_MOVED), "at-select power keep 100"),
    POWER_A("power fails in mid-command, comes back at A", On.ALL, of(MOVED, NOT_MOVED), "at-select power a 100"),
    POWER_B("power fails in mid-command, comes back at B", On.ALL, of(MOVED), "at-select power b 100"),
    PASSWORD("the password was changed", On.K16, of(UNKNOWN), "password OTHER"),
    PASSWORD_MID("the password is changed at the command", On.K16, of(UNKNOWN), "at-select password OTHER"),
    WRONG_BAUD("the line runs at another speed", On.SERIAL, of(UNKNOWN), "garble on"),
    UNPLUGGED("unplugged in mid-command, never back", On.SERIAL, of(UNKNOWN), "slow %c 50", "+unplug"),
    REPLUGGED("unplugged in mid-command and plugged in again", On.SERIAL, of(UNKNOWN, MOVED), "slow %c 50", "+replug");

    /** Where a fault exists. */
    enum On {
        ALL,
        CARDS,
        WIRES,
        TCP,
        SERIAL,
        K16,
        K16_TCP
    }

    final String meaning;
    final On on;
    final Set<CardOutcome> allowed;
    final List<String> commands;

    Fault(String meaning, On on, Set<CardOutcome> allowed, String... commands) {
        this.meaning = meaning;
        this.on = on;
        this.allowed = allowed;
        this.commands = Arrays.asList(commands);
    }

    private static Set<CardOutcome> of(CardOutcome first, CardOutcome... others) {
        return EnumSet.of(first, others);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its row in the manual. */
    String row() {
        return "| " + id() + " | " + meaning + " | " + where() + " | "
                + allowed.stream().map(Enum::name).collect(Collectors.joining(", ")) + " |";
    }

    private String where() {
        return switch (on) {
            case ALL -> "everywhere";
            case CARDS -> "K16, NBS";
            case WIRES -> "TCP, serial";
            case TCP -> "TCP";
            case SERIAL -> "serial";
            case K16 -> "K16";
            case K16_TCP -> "K16 on TCP";
        };
    }
}
