package org.tandemgw.gateway.cli;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.switchover.SwitchoverView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem trunks",
        description = "The trunk switches (A/B switches) by themselves: where they are, and moving them.",
        footer = {
            "",
            "Examples:",
            "  tandem trunks show",
            "  tandem trunks query trunks                  asks the box; shows the bytes and what they mean",
            "  tandem trunks select trunks B --reason \"line test\"",
            "  tandem trunks select trunks west --cards 1,2 --yes",
            "  tandem trunks adopt trunks --reason \"moved at the panel by the carrier\"",
            "  tandem trunks walk trunks                   card by card out and back, at commissioning",
            "",
            "Exit status: 0 all of it is proved, 1 not all of it, refused or not reachable, 2 usage or configuration.",
            "How to put a box into service: docs/trunks.md."
        })
final class TrunksVerb extends Verb {
    private static final long MOST_EPOCH = 999_999_999_999_999_999L;

    TrunksVerb(Console console) {
        super(console);
    }

    @Command(
            name = "show",
            description = "What is known of the switches, without asking them; and what went over their wires.")
    int show(
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "One of them; else all.") String name,
            @Option(names = "--wire", description = "Also the bytes of the last exchanges.") boolean wire,
            @Option(names = "--json", description = "A JSON array, for programs.") boolean json) {
        final List<TrunkReport> all = new TrunkSite(console, configFile(null)).show();
        final List<TrunkReport> wanted = all.stream()
                .filter(each -> name == null || name.equals(each.switch_()))
                .toList();
        if (wanted.isEmpty()) {
            throw Refusal.no(
                    name == null ? "this site has no trunk switch" : "there is no trunk switch '" + name + "'",
                    all.isEmpty()
                            ? "see  switches:  in docs/reference.yaml"
                            : "there are: "
                                    + all.stream().map(TrunkReport::switch_).collect(Collectors.joining(", ")));
        }
        if (json) {
            console.out().println(JsonRecords.write(wanted));
        } else {
            wanted.forEach(each -> print(TrunkReportText.lines(each, wire, console.colours())));
        }
        return 0;
    }

    @Command(
            name = "query",
            description = "Asks the box for every card of ours; shows what was sent, what came, and what it means.")
    int query(
            @Parameters(paramLabel = "NAME", description = "The switch.") String name,
            @Option(names = "--json", description = "One JSON object, for programs.") boolean json) {
        return Refusal.told(console, json, () -> {
            Names.requireSwitch(name);
            return tell(new TrunkSite(console, configFile(null)).ask(name, "query", null, !json), json, true);
        });
    }

    @Command(
            name = "select",
            description =
                    "Moves cards to a position, one after the other, and reads every one back. Only what was read back counts.")
    int select(
            @Parameters(paramLabel = "NAME", description = "The switch.") String name,
            @Parameters(paramLabel = "POSITION", description = "A, B, or the server that it leads to.") String position,
            @Option(names = "--cards", paramLabel = "N,N", description = "Only these cards; else all of the switch.")
                    String cards,
            @Option(
                            names = "--epoch",
                            paramLabel = "N",
                            description =
                                    "For programs that count attempts: older than the newest one seen is refused. Else the next.")
                    Long epoch,
            @Option(
                            names = "--force",
                            description = "Over dwell, and although it leads away from the active server, or to none."
                                    + " Never over epoch, confirmation or monitor-only.")
                    boolean force,
            @Mixin Acts acts) {
        return Refusal.told(console, acts.json(), () -> {
            Names.requireSwitch(name);
            Names.requireSwitch(position);
            if (cards != null && !cards.matches("\\d{1,4}(,\\d{1,4})*")) {
                throw Refusal.usage("--cards: numbers with commas, like 1,2; not " + cards, null);
            }
            if (epoch != null && (epoch < 0 || epoch > MOST_EPOCH)) {
                throw Refusal.usage("--epoch: a number from 0 to " + MOST_EPOCH + ", not " + epoch, null);
            }
            tellOfASwitch(name);
            acts.requireAgreement(
                    console,
                    "Move " + (cards == null ? "all cards" : "cards " + cards) + " of " + name + " to " + position
                            + "; calls on them are cut");
            final StringJoiner words = new StringJoiner("&", "?", "").setEmptyValue("");
            if (cards != null) {
                words.add("cards=" + cards);
            }
            if (epoch != null) {
                words.add("epoch=" + epoch);
            }
            if (force) {
                words.add("forced");
            }
            final TrunkSite site = new TrunkSite(console, configFile(null));
            final TrunkReport report = OnInterrupt.tell(
                    console,
                    () -> "an order that was given goes on;  tandem trunks show " + name,
                    () -> site.move(name, position + words, acts.reason(), !acts.json()));
            return tell(report, acts.json(), false);
        });
    }

    /** Who orders by hand in the middle of a switchover is told that it ends by that. */
    private void tellOfASwitch(String name) {
        final SwitchoverView now = new SwitchSite(configFile(null)).viewOrNull();
        if (now != null && now.open() != null) {
            console.err()
                    .println("tandem: decision " + now.open().decision() + " is under way and orders " + name
                            + " itself: an order by hand brings it to a stop;  tandem why "
                            + now.open().decision());
        }
    }

    @Command(
            name = "adopt",
            description =
                    "Asks the box, and takes what it says for true: ends the alarm about cards that moved without an order.")
    int adopt(@Parameters(paramLabel = "NAME", description = "The switch.") String name, @Mixin Acts acts) {
        return Refusal.told(console, acts.json(), () -> {
            Names.requireSwitch(name);
            acts.requireAgreement(console, "Take the positions of " + name + " as they are now for true");
            return tell(
                    new TrunkSite(console, configFile(null)).ask(name, "adopt", acts.reason(), !acts.json()),
                    acts.json(),
                    false);
        });
    }

    @Command(
            name = "walk",
            description =
                    "At commissioning: moves one card after the other to the other position and back, and asks before each.")
    int walk(
            @Parameters(paramLabel = "NAME", description = "The switch.") String name,
            @Option(names = "--force", description = "Although it leads away from the active server.") boolean force,
            @Mixin Acts acts) {
        Names.requireSwitch(name);
        if (console.person() == null && !acts.yes()) {
            throw Refusal.usage("a walk moves trunks, and there is no terminal to ask at", "add --yes");
        }
        return new TrunkWalk(console, new TrunkSite(console, configFile(null)), name, force, acts).go();
    }

    private int tell(TrunkReport report, boolean json, boolean wire) {
        if (json) {
            console.out().println(JsonRecords.write(report));
        } else {
            if (report.reach() != null) {
                print(TrunkReportText.lines(report, wire, console.colours()));
            }
            if (report.ok() && report.action().equals("adopt")) {
                console.out().println(Ink.harmless(report.message()));
            }
            if (!report.ok()) {
                throw Refusal.no(report.message(), report.remedy());
            }
        }
        return report.ok() ? 0 : 1;
    }
}
