package org.tandemgw.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The walk at commissioning: each card goes to the other position, is looked at by a person, and comes back. It stops at the
 * first card that does not do what it was told, and says where that card was left.
 */
final class TrunkWalk {
    private final Console console;
    private final TrunkSite site;
    private final String name;
    private final String forced;
    private final Acts acts;
    private final List<TrunkReport> reports = new ArrayList<>();
    private volatile String left;

    TrunkWalk(Console console, TrunkSite site, String name, boolean force, Acts acts) {
        this.console = console;
        this.site = site;
        this.name = name;
        this.forced = force ? "&forced" : "";
        this.acts = acts;
    }

    int go() {
        return OnInterrupt.tell(console, () -> left == null ? "no card was moved away" : left, this::walk);
    }

    private int walk() {
        final TrunkReport found = site.ask(name, "query", acts.reason(), false);
        reports.add(found);
        if (!found.ok()) {
            return stop("not begun: " + found.message(), found.remedy());
        }
        int walked = 0;
        for (final TrunkReport.Card card : found.cards()) {
            if (!card.position().matches("[AB]")) {
                say("card " + card.card() + ": at " + card.position() + ", left out");
                continue;
            }
            final String there = card.position().equals("A") ? "B" : "A";
            if (!agreed("card " + card.card() + " is at " + card.position() + led(card) + ". Move it to " + there
                    + " and back; calls on it are cut")) {
                say("card " + card.card() + ": left out");
                continue;
            }
            final String back = "tandem trunks select " + name + " " + card.position() + " --cards " + card.card();
            left = "card " + card.card() + " goes to " + there + " and stays there, nothing brings it back;  " + back;
            final TrunkReport out = move(card.card(), there, back);
            if (!out.ok()) {
                return stop("card " + card.card() + " did not reach " + there + ": " + out.message(), out.remedy());
            }
            final boolean seen =
                    agreed("Do the lamps and the trunks of card " + card.card() + " say " + there + " too");
            left = "card " + card.card() + " is being moved back to " + card.position()
                    + ", that goes on;  tandem trunks show " + name;
            if (!move(card.card(), card.position(), back).ok()) {
                return stop("card " + card.card() + " did not come back to " + card.position(), back);
            }
            left = "card " + card.card() + " came back to " + card.position() + ", no card is away";
            if (!seen) {
                return stop(
                        "card " + card.card() + " is another card than you think, or the answers mean something else;"
                                + " it is back at " + card.position(),
                        "compare the slot, cards: and positions: in the file, and the profile");
            }
            walked++;
        }
        return done(walked, found.cards().size());
    }

    private TrunkReport move(int card, String position, String back) {
        final TrunkReport report;
        try {
            report = site.move(
                    name,
                    position + "?cards=" + card + "&commissioning" + forced,
                    acts.reason() == null ? "walk" : acts.reason(),
                    false);
        } catch (Refusal e) {
            stop("card " + card + " was on its way to " + position + ": " + e.getMessage(), e.remedy() + ";  " + back);
            throw e;
        }
        reports.add(report);
        final String what = report.cards().stream()
                .filter(each -> each.card() == card && each.outcome() != null)
                .findFirst()
                .map(each -> each.outcome() + ", read back at " + each.position())
                .orElse(report.message());
        say("card " + card + " to " + position + ": " + what
                + (report.tookMs() == null
                        ? ""
                        : String.format(java.util.Locale.ROOT, ", %.1f s", report.tookMs() / 1_000)));
        return report;
    }

    private boolean agreed(String question) {
        return acts.yes() || console.agrees(question + "?");
    }

    private int done(int walked, int cards) {
        if (acts.json()) {
            console.out().println(JsonRecords.write(reports));
        }
        say(walked + " of " + cards + " cards went out and came back"
                + (acts.yes() ? "; nobody was asked whether the trunks followed" : ""));
        return walked == cards ? 0 : 1;
    }

    private int stop(String why, String remedy) {
        if (acts.json()) {
            console.out().println(JsonRecords.write(reports));
        }
        throw Refusal.no("the walk stopped: " + why, remedy);
    }

    private static String led(TrunkReport.Card card) {
        return card.server() == null ? "" : " (" + card.server() + ")";
    }

    private void say(String line) {
        (acts.json() ? console.err() : console.out()).println(line);
        console.out().flush();
    }
}
