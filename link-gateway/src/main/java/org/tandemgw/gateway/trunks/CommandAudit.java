package org.tandemgw.gateway.trunks;

import java.time.Instant;
import org.tandemgw.abswitch.CommandRecord;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.controlfile.ControlState;

/** Every command that went to a box, as a line of the audit file: a record of a box that keeps none itself. Switch threads. */
final class CommandAudit {
    /** One line; the first keys are those of every line of that file. */
    record Entry(
            Instant at,
            String who,
            String action,
            String object,
            String reason,
            boolean ok,
            String message,
            long epoch,
            boolean automatic,
            boolean forced,
            String wanted,
            int attempt,
            String path,
            String sent,
            boolean sentWhole,
            String reply,
            String parsed,
            String readBack,
            long repliedMs,
            long tookMs) {}

    private final AuditFile file;
    private final String name;

    CommandAudit(AuditFile file, String name) {
        this.file = file;
        this.name = name;
    }

    /** One that is about to be sent: should this run be killed now, the line is there. */
    record Sending(
            Instant at,
            String who,
            String action,
            String object,
            String reason,
            boolean ok,
            String message,
            long epoch,
            String wanted) {}

    void sending(ControlState.OpenOrder order) {
        file.append(new Sending(
                order.at(),
                order.who(),
                "trunk command sent",
                name + "/card-" + order.card(),
                order.why(),
                true,
                "about to be sent, for cards " + order.cards(),
                order.epoch(),
                order.position()));
    }

    void command(CommandRecord done) {
        final String wanted = done.order().position();
        final boolean there = wanted.equals(done.readBack());
        file.append(new Entry(
                done.at(),
                done.order().who(),
                "trunk command",
                name + "/card-" + done.card(),
                done.order().why(),
                there,
                there
                        ? "read back at " + wanted
                        : "not proved at " + wanted
                                + (done.readBack() == null ? "" : ", read at " + Positions.shown(done.readBack())),
                done.order().epoch(),
                done.order().automatic(),
                done.order().forced(),
                wanted,
                done.attempt(),
                done.path(),
                done.sent(),
                done.sentWhole(),
                done.reply(),
                done.parsed(),
                done.readBack(),
                done.replied() == null ? 0 : done.replied().toMillis(),
                done.took() == null ? 0 : done.took().toMillis()));
    }
}
