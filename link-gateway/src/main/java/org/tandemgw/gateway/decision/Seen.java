package org.tandemgw.gateway.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** What was seen of each probe, network address, feed and switch before a verdict, in one sentence each, from the events of a record. Pure. */
final class Seen {
    /**
     * One thing that was looked at.
     *
     * @param bad true if it was not well at the verdict, or the server that was to take over was not at the end
     */
    record Row(String source, boolean bad, String text) {}

    /** All looks at one target until the verdict, added up. */
    private static final class Target {
        private long lastAnsweredMs = Long.MIN_VALUE;
        private long answeredMicros;
        private long firstFailedMs;
        private int failures;
        private Look failed;
        private boolean secondAsked;
        private boolean secondAnswered;
        private String notAsked;
        private long againMs = Long.MIN_VALUE;
        private Look failedSince;
        private long failedSinceMs;

        private void looked(boolean second, Look look, long atMs, long verdictMs) {
            if (atMs > verdictMs) {
                lookedSince(second, look, atMs);
            } else if (look.sight() == Sight.NOT_ASKED) {
                notAsked = look.said() == null ? "no reason told" : look.said();
            } else if (second) {
                secondAsked = true;
                secondAnswered = look.sight().answered();
            } else if (look.sight().answered()) {
                lastAnsweredMs = atMs;
                answeredMicros = look.tookMicros();
                failures = 0;
                failed = null;
                secondAsked = false;
                notAsked = null;
            } else {
                firstFailedMs = failures == 0 ? atMs : firstFailedMs;
                failed = look;
                failures++;
            }
        }

        private void lookedSince(boolean second, Look look, long atMs) {
            if (second || look.sight() == Sight.NOT_ASKED) {
                return;
            }
            if (look.sight().answered()) {
                againMs = againMs == Long.MIN_VALUE ? atMs : againMs;
                failedSince = null;
            } else if (failedSince == null) {
                failedSince = look;
                failedSinceMs = atMs;
            }
        }

        /** It was well at the verdict, and is not at the end of the record. */
        private Row withWhatCameSince(Row row, long verdictMs) {
            return failed != null || failedSince == null
                    ? row
                    : new Row(
                            row.source(),
                            true,
                            row.text() + "; " + failedSince.sight() + " since "
                                    + Page.relative(failedSinceMs - verdictMs)
                                    + (failedSince.said() == null ? "" : ": " + failedSince.said()));
        }

        private Row row(String source, long verdictMs) {
            if (failed == null && notAsked != null) {
                return new Row(source, true, "could not be asked: " + notAsked);
            }
            if (failed == null) {
                return new Row(
                        source,
                        false,
                        lastAnsweredMs == Long.MIN_VALUE
                                ? "was not looked at"
                                : "answered in " + Page.took(answeredMicros / 1_000.0) + ", last at "
                                        + Page.relative(lastAnsweredMs - verdictMs));
            }
            final StringBuilder text = new StringBuilder(failed.sight().toString())
                    .append(failures == 1 ? " at " : " " + failures + "x since ")
                    .append(Page.relative(firstFailedMs - verdictMs));
            if (failed.said() != null && !failed.said().equals(failed.sight().toString())) {
                text.append(": ").append(failed.said());
            }
            if (lastAnsweredMs != Long.MIN_VALUE) {
                text.append("; well until ").append(Page.relative(lastAnsweredMs - verdictMs));
            }
            if (secondAsked) {
                text.append(secondAnswered ? "; its second path answers" : "; its second path fails too");
            }
            if (againMs != Long.MIN_VALUE) {
                text.append("; answers again at ").append(Page.relative(againMs - verdictMs));
            }
            return new Row(source, true, text.toString());
        }
    }

    private final DecisionRecord record;
    private final Decision decision;
    private final long verdictMs;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Row> facts = new LinkedHashMap<>();
    private final Map<String, Integer> tellings = new LinkedHashMap<>();
    private int unreadable;

    private Seen(DecisionRecord record, Decision decision) {
        this.record = record;
        this.decision = decision;
        verdictMs = decision.openedAt() == null ? 0 : decision.openedAt().toEpochMilli();
    }

    /** The server that was in control first, then the other one, then the network, then whatever else happened. */
    static List<Row> of(DecisionRecord record, Decision decision) {
        return new Seen(record, decision).rows();
    }

    private List<Row> rows() {
        name();
        for (final DecisionRecord.Part part : record.parts()) {
            part.events().forEach(this::take);
        }
        final List<Row> rows = new ArrayList<>();
        final List<String> well = new ArrayList<>();
        targets.forEach((source, target) -> {
            final boolean takesOver = decision.to() != null && source.startsWith("probe " + decision.to() + "/");
            final Row atVerdict = target.row(source, verdictMs);
            final Row row = takesOver ? target.withWhatCameSince(atVerdict, verdictMs) : atVerdict;
            if (row.bad() || target.lastAnsweredMs == Long.MIN_VALUE || source.startsWith("probe ")) {
                rows.add(row);
            } else {
                well.add(source);
            }
        });
        if (!well.isEmpty()) {
            rows.add(new Row("the network", false, "answers: " + String.join(", ", well)));
        }
        facts.forEach((source, row) -> {
            if (row.bad() || tellings.get(source) > 1) {
                rows.add(row);
            }
        });
        if (unreadable > 0) {
            rows.add(new Row("the record", true, unreadable + " of its events cannot be read by this version"));
        }
        return rows;
    }

    /** All that is configured has its row, in a fixed order, whether it was looked at or not. */
    private void name() {
        final SwitchoverRules rules = record.rules();
        final String first = decision.from() == null ? rules.servers().get(0).name() : decision.from();
        final List<ServerRules> servers = new ArrayList<>(rules.servers());
        servers.sort((a, b) -> Boolean.compare(b.name().equals(first), a.name().equals(first)));
        for (final ServerRules server : servers) {
            server.probes().forEach(probe -> targets.put("probe " + server.name() + "/" + probe.name(), new Target()));
        }
        for (final ServerRules server : servers) {
            if (server.machine() != null) {
                targets.put(network(server.machine()), new Target());
            }
            if (server.netTest() != null) {
                targets.put(network(server.netTest()), new Target());
            }
        }
        rules.gateways().forEach(each -> targets.put(network(each), new Target()));
    }

    private String network(String target) {
        for (final ServerRules server : record.rules().servers()) {
            if (target.equals(server.netTest())) {
                return "net-test of " + server.name() + " " + target;
            }
            if (target.equals(server.machine())) {
                return "machine of " + server.name() + " " + target;
            }
        }
        return "gateway " + target;
    }

    private void take(String line) {
        final int blank = line.indexOf(' ');
        try {
            take(EventText.read(line.substring(blank + 1)), Long.parseLong(line.substring(0, Math.max(0, blank))));
        } catch (IllegalArgumentException e) {
            unreadable++;
        }
    }

    private void take(Event event, long atMs) {
        final String at = Page.relative(atMs - verdictMs);
        if (event instanceof Event.Looked each) {
            target("probe " + each.server() + "/" + each.probe())
                    .looked(each.secondPath(), each.look(), atMs, verdictMs);
        } else if (event instanceof Event.NetworkLooked each) {
            target(network(each.target())).looked(false, each.look(), atMs, verdictMs);
        } else if (atMs > verdictMs) {
            return; // what came of it is told by the steps
        } else if (event instanceof Event.FeedsSeen each) {
            fact(
                    "feeds of " + each.server(),
                    !each.connected(),
                    at + "  "
                            + (each.connected()
                                    ? "connected" + (each.atParity() ? ", at parity" : ", not at parity")
                                    : "not connected"));
        } else if (event instanceof Event.TrunksSeen each) {
            fact(
                    "switch " + each.name(),
                    !each.reachable() || each.movedWithoutUs(),
                    at + "  at " + each.position()
                            + (each.leadsTo() == null
                                    ? ", which leads to no one server"
                                    : ", which leads to " + each.leadsTo())
                            + (each.reachable() ? "" : ", not reachable")
                            + (each.movedWithoutUs() ? ", moved without an order" : ""));
        } else if (event instanceof Event.LegsSeen each) {
            fact("legs of the ACDs", !each.alive(), at + "  " + (each.alive() ? "alive" : "silent"));
        } else if (event instanceof Event.ClockSeen each) {
            fact("this clock", each.suspect(), at + "  " + (each.suspect() ? "suspect: " + each.why() : "trusted"));
        } else if (event instanceof Event.Stalled each) {
            fact("Tandem itself", true, at + "  did not run for " + Page.took(each.lateMs()));
        }
    }

    private Target target(String source) {
        return targets.computeIfAbsent(source, name -> new Target());
    }

    /** The newest of each; what was well all the time is not worth a line. */
    private void fact(String source, boolean bad, String text) {
        tellings.merge(source, 1, Integer::sum);
        facts.put(source, new Row(source, bad, text));
    }
}
