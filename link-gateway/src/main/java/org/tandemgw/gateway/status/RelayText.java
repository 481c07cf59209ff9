package org.tandemgw.gateway.status;

import java.util.List;
import org.tandemgw.gateway.status.GatewayStatus.Leg;
import org.tandemgw.gateway.status.Relayed.Flow;

/** Legs that are passed through, as text: what passes on the one beside what passes on the other, for nothing more is known of it. Pure. */
final class RelayText {
    private RelayText() {}

    static List<String> lines(List<Leg> legs, boolean colours) {
        final TextTable table = new TextTable(
                colours,
                "  LEG",
                "STATE",
                "ACD",
                "SERVER",
                "AT",
                ">FROM ACD",
                ">A MINUTE",
                ">CHUNKS",
                ">SILENT",
                ">TO ACD",
                ">A MINUTE",
                ">CHUNKS",
                ">SILENT",
                ">NOT STORED",
                "WHY");
        for (final Leg leg : legs) {
            final Relayed relayed = leg.relayed();
            table.row()
                    .cell("  " + leg.leg())
                    .cell(leg.state(), LiveInk.of(leg.state()))
                    .cell(leg.peer())
                    .cell(relayed.server())
                    .cell(relayed.serverPeer());
            flow(table, relayed.fromAcd());
            flow(table, relayed.toAcd());
            table.cell(Amounts.bytes(relayed.unrecordedBytes()), relayed.unrecordedBytes() == 0 ? Ink.PLAIN : Ink.WARN)
                    .cell(why(leg, relayed));
        }
        return table.lines();
    }

    private static void flow(TextTable table, Flow flow) {
        table.cell(Amounts.bytes(flow.bytes()))
                .cell(Amounts.bytes(flow.minuteBytes()))
                .cell(flow.minuteChunks())
                .cell(flow.silenceMs() == null ? null : Amounts.time(flow.silenceMs()));
    }

    private static String why(Leg leg, Relayed relayed) {
        if (leg.why() != null) {
            return Ink.harmless(leg.why());
        }
        if (relayed.fromAcd().stalledMs() > 0) {
            return relayed.server() + " takes less than comes, for "
                    + Amounts.time(relayed.fromAcd().stalledMs());
        }
        return relayed.toAcd().stalledMs() > 0
                ? "the ACD takes less than comes, for "
                        + Amounts.time(relayed.toAcd().stalledMs())
                : "";
    }
}
