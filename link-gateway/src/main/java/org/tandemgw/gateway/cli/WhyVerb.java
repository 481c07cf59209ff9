package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.DecisionRecord;
import org.tandemgw.gateway.decision.SiteNow;
import org.tandemgw.gateway.decision.Story;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.ledger.LedgerPage;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.SwitchoverView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem why",
        sortOptions = false,
        description =
                "One decision on one page: what each probe saw, where the fault is, what was decided and done, what it means now, and"
                        + " what to type next. Also of a stopped site.",
        footer = {
            "",
            "Examples:",
            "  tandem why                      the newest; while holding, the one that led there",
            "  tandem why 7 --json",
            "  tandem why --list",
            "",
            "Exit status: 0 well, 1 there is no such decision, or its record is damaged; 2 usage or configuration.",
            "What keeps the site from switching now: tandem why-not."
        })
final class WhyVerb extends Verb implements Callable<Integer> {
    private static final int LISTED = 20;

    @Parameters(
            arity = "0..1",
            paramLabel = "DECISION",
            description = "Its number; else the newest, or while holding the one that led there.")
    private Long number;

    @Option(names = "--list", description = "The newest decisions, a line each.")
    private boolean list;

    @Option(names = "--json", description = "The decision as one JSON object, for programs; with --list an array.")
    private boolean json;

    WhyVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        return Refusal.told(console, json, () -> {
            try {
                return tell();
            } catch (IOException e) {
                throw Refusal.no(e.getMessage(), null);
            }
        });
    }

    private int tell() throws IOException {
        if (number != null && number < 1) {
            throw Refusal.usage("decisions have numbers from 1, not " + number, "tandem why --list  has the newest");
        }
        final Path config = configFile(null);
        final DecisionLog log = new DecisionLog(SiteFolder.data(config));
        if (list) {
            return list(log, new SwitchSite(config));
        }
        final SwitchSite site = new SwitchSite(config);
        final SwitchoverView now = site.viewOrNull();
        final long wanted = number != null ? number : newest(log, now);
        if (wanted < 1) {
            throw Refusal.no("nothing was decided yet", "tandem why-not  says what an automatic switch needs");
        }
        final Decision known = site.decisionOrNull(wanted);
        final DecisionRecord record = Files.exists(log.file(wanted)) ? DecisionLog.read(log.file(wanted)) : null;
        if (record == null && known == null && site.running().silent()) {
            throw Refusal.no(
                    "there is no record of decision " + wanted
                            + " on the disk, and Tandem, which may know of it, did not answer in time",
                    "the same again, or  tandem why --list");
        }
        if (record == null && known == null) {
            final List<Long> numbers = log.numbers();
            throw Refusal.no(
                    "there is no record of decision " + wanted,
                    numbers.isEmpty()
                            ? "nothing was decided yet;  tandem why-not"
                            : "there are " + numbers.get(0) + " to " + numbers.get(numbers.size() - 1)
                                    + ";  tandem why --list");
        }
        final Decision decision = known == null ? record.decision() : known;
        final Decision told = record == null ? decision : record.told(decision);
        final LedgerPage ledger = LedgerPage.of(SiteFolder.data(config), told.epoch());
        if (json) {
            json(DecisionJson.of(told), ledger);
        } else {
            print(Story.lines(
                    record == null
                            ? new DecisionRecord(
                                    DecisionRecord.FORMAT, Version.current(), decision, null, null, List.of())
                            : record,
                    decision,
                    ledger == null ? null : ledger.account(wanted, told.closedAt() != null),
                    now,
                    site.running().silent(),
                    console.colours()));
        }
        return 0;
    }

    /** The account goes out line by line: there may be a million of them. */
    private void json(DecisionJson decision, LedgerPage ledger) throws IOException {
        if (ledger == null) {
            console.out().println(JsonRecords.write(decision));
            return;
        }
        final String object = JsonRecords.write(decision.with(ledger.calls()));
        console.out().print(object.substring(0, object.length() - 1) + ",\"ledger\":[");
        final String[] between = {""};
        ledger.texts(line -> {
            console.out().print(between[0] + line);
            between[0] = ",";
        });
        console.out().println("],\"recovery\":" + JsonRecords.write(ledger.sessions()) + "}");
    }

    /** Of a site that is holding the one that led there: what was asked for and refused since is not what an operator must know first. */
    private static long newest(DecisionLog log, SwitchoverView now) throws IOException {
        final Decision led = now == null
                ? null
                : SiteNow.ledHere(
                        now,
                        log.newest(LISTED).records().stream()
                                .map(DecisionRecord::decision)
                                .toList());
        if (led != null) {
            return led.decision();
        }
        final List<Long> numbers = log.numbers();
        return Math.max(now == null ? 0 : now.decision(), numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1));
    }

    private int list(DecisionLog log, SwitchSite site) throws IOException {
        final SwitchoverView now = site.viewOrNull();
        final DecisionLog.Found found = log.newest(LISTED);
        final List<Decision> all = new ArrayList<>();
        found.records().forEach(each -> all.add(each.told(newer(each.decision(), site))));
        final List<Long> lost = withoutRecord(log, site, now, all);
        all.sort(Comparator.comparingLong(Decision::decision).reversed());
        if (json) {
            console.out()
                    .println(
                            JsonRecords.write(all.stream().map(DecisionJson::of).toList()));
        } else {
            final TextTable table =
                    new TextTable(console.colours(), ">#", "AT (UTC)", "FROM", "TO", "BY", "OUTCOME", "REASON");
            for (final Decision decision : all) {
                table.row()
                        .cell(decision.decision())
                        .cell(
                                decision.openedAt() == null
                                        ? null
                                        : decision.openedAt()
                                                .toString()
                                                .substring(0, 19)
                                                .replace('T', ' '))
                        .cell(decision.from())
                        .cell(decision.to())
                        .cell(decision.who())
                        .cell(
                                decision.outcome() == null
                                        ? SiteNow.isForgotten(now, decision) ? "no end" : "under way"
                                        : decision.outcome().toString().toLowerCase(Locale.ROOT),
                                Ink.PLAIN)
                        .cell(decision.reason() == null ? "" : decision.reason());
            }
            print(table.lines());
            if (all.isEmpty() && lost.isEmpty()) {
                console.out().println("nothing was decided yet");
            }
            lost.forEach(each -> console.out().println("decision " + each + ": its record was not kept"));
        }
        found.damaged().forEach(each -> console.err().println("tandem: " + each));
        return found.damaged().isEmpty() ? 0 : 1;
    }

    /** One whose end has no room on the disk is known to the running site. */
    private static Decision newer(Decision recorded, SwitchSite site) {
        final Decision known = recorded.outcome() == null ? site.decisionOrNull(recorded.decision()) : null;
        return known == null ? recorded : known;
    }

    /** Decisions of the running site that no file tells of, as on a full disk: those that it remembers are added, the numbers of the others returned. */
    private static List<Long> withoutRecord(DecisionLog log, SwitchSite site, SwitchoverView now, List<Decision> all)
            throws IOException {
        final List<Long> kept = log.numbers();
        final List<Long> lost = new ArrayList<>();
        final long newest = now == null ? 0 : now.decision();
        for (long each = newest; each > Math.max(0, newest - LISTED); each--) {
            final Decision known = kept.contains(each) ? null : site.decisionOrNull(each);
            if (known != null) {
                all.add(known);
            } else if (!kept.contains(each)) {
                lost.add(each);
            }
        }
        return lost;
    }
}
