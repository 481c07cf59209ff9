package org.tandemgw.gateway.status;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.status.GatewayStatus.Card;
import org.tandemgw.gateway.status.GatewayStatus.TrunkSwitch;

/** The trunk switches as text: one line for each, and one for each of its cards. Pure; any thread. */
final class TrunkText {
    private TrunkText() {}

    /** Begins with an empty line; empty if there are none. */
    static List<String> lines(List<TrunkSwitch> switches, boolean colours) {
        final List<String> lines = new ArrayList<>();
        if (switches.isEmpty()) {
            return lines;
        }
        lines.add("");
        final TextTable table =
                new TextTable(colours, "SWITCH", ">CARD", "POSITION", "SERVER", ">READ", "REACH", "LAST ORDER", "WHY");
        for (final TrunkSwitch trunk : switches) {
            table.row()
                    .cell(trunk.name())
                    .cell("all")
                    .cell(trunk.position(), ink(trunk.position()))
                    .cell(trunk.leadsTo())
                    .cell(age(trunk.ageMs()))
                    .cell(trunk.reach(), trunk.reachable() ? Ink.GOOD : Ink.BAD)
                    .cell("")
                    .cell(why(trunk));
            for (final Card card : trunk.cards()) {
                table.row()
                        .cell("")
                        .cell(card.card())
                        .cell(card.position(), ink(card.position()))
                        .cell(card.leadsTo())
                        .cell(age(card.ageMs()))
                        .cell("")
                        .cell(card.lastOutcome() == null ? "" : card.lastOutcome(), outcome(card.lastOutcome()))
                        .cell(card.movedWithoutUs() ? "moved without an order" : "", Ink.BAD);
            }
        }
        lines.addAll(table.lines());
        return lines;
    }

    private static String why(TrunkSwitch trunk) {
        final String path = trunk.path() == null ? "" : trunk.path();
        final String mode = trunk.monitorOnly() ? (path.isEmpty() ? "" : ", ") + "monitor only" : "";
        final String why = trunk.reachable()
                        || trunk.reachWhy() == null
                        || trunk.reachWhy().isEmpty()
                ? ""
                : (path.isEmpty() && mode.isEmpty() ? "" : ": ") + trunk.reachWhy();
        return path + mode + why;
    }

    private static String age(Long ageMs) {
        return ageMs == null ? null : Amounts.time(ageMs);
    }

    private static Ink ink(String position) {
        return switch (position) {
            case "A", "B" -> Ink.PLAIN;
            default -> Ink.BAD;
        };
    }

    private static Ink outcome(String outcome) {
        return outcome == null || outcome.equals("MOVED") || outcome.equals("ALREADY_THERE") ? Ink.PLAIN : Ink.BAD;
    }
}
