package org.tandemgw.gateway.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.journal.JournalCheck;
import org.tandemgw.gateway.status.GatewayStatus;

/**
 * What the demo proved. Made once, at the end.
 *
 * @param sent frames that the ACD produced
 * @param cuts of leg 1 and leg 2
 * @param faults things broken on purpose
 * @param gapsExpected gap records that must be there because of them
 * @param surprises faults that did not turn out as they must
 * @param exitStatus of the appliance at SIGTERM
 * @param journal what the check of the stored records found; it had to reach the last one that a server has
 * @param trunks what became of the trunk switch
 * @param told what a server was told that took over at the end; null where nobody did
 * @param calls what Tandem knew of calls at the end; null where its dialect tells of none, or it was not there to be asked
 */
record DemoSummary(
        long sent,
        List<Long> cuts,
        List<Long> carried,
        int faults,
        int gapsExpected,
        int surprises,
        int exitStatus,
        JournalCheck journal,
        DemoTrunks.Proof trunks,
        DemoTakeOver.Told told,
        GatewayStatus.Calls calls,
        List<Server> servers) {

    /** One server: how it stood, what it had as a digest, what the comparison with the ACD found. */
    record Server(
            DemoServer.Standing standing,
            String digest,
            List<DemoServer.Note> notes,
            StreamComparison.Verdict verdict) {}

    boolean identical() {
        return servers.get(0).digest().equals(servers.get(1).digest())
                && servers.get(0).standing().last() == servers.get(1).standing().last();
    }

    boolean gapsAsExpected() {
        return servers.stream().allMatch(server -> server.standing().gaps() == gapsExpected);
    }

    /** Identical, complete, in order, each frame once, and a gap only where there must be one. */
    boolean proved() {
        return sent > 0
                && identical()
                && gapsAsExpected()
                && surprises == 0
                && exitStatus == 0
                && journal.sound()
                && trunks.proved()
                && (told == null || told.proved())
                && servers.stream()
                        .allMatch(server -> server.verdict().proved()
                                && server.verdict().received() > 0
                                && server.standing().jumps() == 0
                                && server.standing().lostRecords() == 0);
    }

    List<String> text() {
        final List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(format("The ACD sent       %,10d frames, the same on both legs", sent));
        for (int leg = 1; leg <= 2; leg++) {
            lines.add(format(
                    "  leg %d carried    %,10d of them; its connection was cut %d times",
                    leg, carried.get(leg - 1), cuts.get(leg - 1)));
        }
        lines.add(format("Broken on purpose  %,10d times", faults));
        for (final Server server : servers) {
            lines.addAll(text(server));
        }
        lines.add(
                identical()
                        ? format(
                                "Both servers have the same %,d records, byte for byte (SHA-256 %s...)",
                                servers.get(0).standing().last(),
                                servers.get(0).digest().substring(0, 8))
                        : "THE SERVERS DIFFER: SHA-256 "
                                + servers.get(0).digest().substring(0, 8) + "... and "
                                + servers.get(1).digest().substring(0, 8) + "...");
        lines.add(
                journal.sound()
                        ? format(
                                "The journal holds them: %,d records checked on the disk, all sound", journal.records())
                        : "THE JOURNAL IS DAMAGED: " + journal.damages().get(0));
        lines.addAll(trunkLines());
        if (told != null) {
            lines.add(told.text());
        }
        if (calls != null && calls.inFlight() != null) {
            lines.add(format(
                    "Tandem knew %,d calls in flight at the end, %,d of them waiting, and %,d agents%s",
                    calls.inFlight(),
                    calls.waiting(),
                    calls.agents(),
                    calls.sure() ? "" : "; NOT SURE of all of them"));
        }
        if (!gapsAsExpected()) {
            lines.add("UNEXPECTED number of gaps: " + gapsExpected + " must be there");
        }
        if (surprises > 0) {
            lines.add(surprises + " FAULTS did not turn out as they must; see above");
        }
        if (exitStatus != 0) {
            lines.add("Tandem ended with STATUS " + exitStatus + ", not 0");
        }
        lines.add(
                proved()
                        ? "PROVED: identical, complete and in order, each frame once."
                        : "NOT PROVED: see what is written in capitals above.");
        return lines;
    }

    private List<String> trunkLines() {
        return trunks.proved()
                ? List.of(
                        format(
                                "The active server died on purpose: %.1f s later all trunks led to the other one, read back; it came back and stood by",
                                trunks.seconds()),
                        format(
                                "At the end %s is active and all trunks lead to it: read back, and so seen at the relays; a move by hand was noticed",
                                trunks.active()))
                : List.of("THE TRUNKS ARE NOT PROVED: "
                        + (trunks.switched() ? "switched by itself" : "NOT SWITCHED when the active server died")
                        + (trunks.rejoined() ? "" : "; the other one is NOT BACK as standby")
                        + "; active " + trunks.active() + ", the order was " + trunks.overall() + ", read at "
                        + trunks.claimed() + ", really at " + trunks.truth()
                        + (trunks.handSeen() ? "" : "; a MOVE BY HAND was not told"));
    }

    private List<String> text(Server server) {
        final StreamComparison.Verdict verdict = server.verdict();
        final List<String> lines = new ArrayList<>();
        lines.add(format(
                "Server %-10s  %,10d frames; %s",
                server.standing().name(),
                verdict.received(),
                verdict.proved()
                        ? "lost 0, repeated 0, out of order 0"
                        : "LOST " + verdict.lost() + ", REPEATED " + verdict.repeated() + ", NEVER SENT "
                                + verdict.unknown() + ", OUT OF ORDER " + verdict.outOfOrder()
                                + (verdict.unproved() ? ", MORE THAN CAN BE REMEMBERED" : "")));
        if (server.standing().jumps() > 0 || server.standing().lostRecords() > 0) {
            lines.add(format(
                    "  its sequences JUMPED %d times; LOST records: %d",
                    server.standing().jumps(), server.standing().lostRecords()));
        }
        if (!server.standing().lastReject().isEmpty()) {
            lines.add("  a login was rejected: " + server.standing().lastReject());
        }
        if (server == servers.get(servers.size() - 1) || !identical()) {
            lines.addAll(breaks(server));
        }
        return lines;
    }

    private static List<String> breaks(Server server) {
        final List<DemoServer.Note> notes = server.notes().stream()
                .filter(note -> !note.kind().equals("mark"))
                .toList();
        final List<StreamComparison.BreakSeen> breaks = server.verdict().breaks().stream()
                .filter(one -> !one.kind().equals("start"))
                .toList();
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(notes.size(), breaks.size()); i++) {
            final DemoServer.Note note = notes.get(i);
            final StreamComparison.BreakSeen one = breaks.get(i);
            lines.add(format(
                    "  %s, sequence %,d: %s, %,d frames inside%s",
                    note.kind(),
                    note.sequence(),
                    note.to().isEmpty() ? time(note.from()) : time(note.from()) + " to " + time(note.to()),
                    one.missing(),
                    one.carried() == 0 ? "" : ", of which a leg had carried " + one.carried() + ": LOST"));
        }
        return lines;
    }

    /** The time of day of an ISO 8601 time, to the millisecond. */
    private static String time(String iso) {
        final int at = iso.indexOf('T');
        return at < 0 ? iso : iso.substring(at + 1, Math.min(iso.length(), at + 13));
    }

    String json() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("proved", proved());
        all.put("identical", identical());
        all.put("sent", sent);
        all.put("legs", List.of(leg(1), leg(2)));
        all.put("faults", faults);
        all.put("gapsExpected", gapsExpected);
        all.put("surprises", surprises);
        all.put("exitStatus", exitStatus);
        all.put("journal", Map.of("sound", journal.sound(), "records", journal.records(), "lost", journal.lost()));
        final Map<String, Object> switched = new LinkedHashMap<>();
        switched.put("proved", trunks.proved());
        switched.put("handSeen", trunks.handSeen());
        switched.put("overall", trunks.overall());
        switched.put("switched", trunks.switched());
        switched.put("seconds", trunks.seconds());
        switched.put("rejoined", trunks.rejoined());
        switched.put("active", trunks.active());
        switched.put("epoch", trunks.epoch());
        switched.put("readBack", trunks.claimed());
        switched.put("truth", trunks.truth());
        all.put("trunks", switched);
        if (told != null) {
            all.put(
                    "recovered",
                    Map.of(
                            "server",
                            told.server(),
                            "session",
                            told.session(),
                            "frames",
                            told.frames(),
                            "whole",
                            told.whole()));
        }
        final Map<String, Object> known = new LinkedHashMap<>();
        if (calls != null && calls.inFlight() != null) {
            known.put("inFlight", calls.inFlight());
            known.put("waiting", calls.waiting());
            known.put("agents", calls.agents());
            known.put("sure", calls.sure());
        }
        all.put("calls", known);
        all.put("servers", servers.stream().map(DemoSummary::map).toList());
        try {
            return JSON.std.asString(all);
        } catch (IOException e) {
            throw new UncheckedIOException("maps, lists and numbers are JSON", e);
        }
    }

    private Map<String, Object> leg(int leg) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("leg", leg);
        map.put("carried", carried.get(leg - 1));
        map.put("cuts", cuts.get(leg - 1));
        return map;
    }

    private static Map<String, Object> map(Server server) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", server.standing().name());
        map.put("received", server.verdict().received());
        map.put("lastSequence", server.standing().last());
        map.put("contiguous", server.standing().jumps() == 0);
        map.put("logins", server.standing().logins());
        map.put("digest", server.digest());
        map.put("lost", server.verdict().lost());
        map.put("repeated", server.verdict().repeated());
        map.put("unknown", server.verdict().unknown());
        map.put("outOfOrder", server.verdict().outOfOrder());
        map.put("unproved", server.verdict().unproved());
        map.put("gaps", server.standing().gaps());
        map.put("discontinuities", server.standing().discontinuities());
        map.put("marks", server.standing().marks());
        map.put("lostRecords", server.standing().lostRecords());
        map.put("insideBreaks", server.verdict().insideBreaks());
        map.put(
                "breaks",
                server.notes().stream()
                        .filter(note -> !note.kind().equals("mark"))
                        .map(DemoServer.Note::json)
                        .toList());
        return map;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
