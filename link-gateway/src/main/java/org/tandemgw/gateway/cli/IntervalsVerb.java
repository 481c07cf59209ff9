package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.control.IntervalReport;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.recovery.AccountKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tandem intervals",
        sortOptions = false,
        description = {
            "Interval statistics: what each queue, agent and group of trunks had, of the last 24 hours unless said otherwise.",
            "Read from their files, so also of a stopped site; what is not over yet comes from the running appliance.",
            "What each number means: docs/intervals.md."
        },
        footer = {
            "",
            "Examples:",
            "  tandem intervals --queue",
            "  tandem intervals --queue support --from 2026-11-21T06:00Z --to 2026-11-21T18:00Z",
            "  tandem intervals --agent --csv > agents.csv",
            "  tandem intervals --parts          cut at switchovers and gaps",
            "",
            "Exit status: 0 well, 1 there is nothing, 2 usage or configuration."
        })
final class IntervalsVerb extends Verb implements Callable<Integer> {
    private static final String ALL = "*";
    private static final int MOST_OTHERS = 20;

    @Option(
            names = "--queue",
            arity = "0..1",
            fallbackValue = ALL,
            paramLabel = "NAME",
            description = "Of queues; of this one.")
    private String queue;

    @Option(
            names = "--agent",
            arity = "0..1",
            fallbackValue = ALL,
            paramLabel = "NAME",
            description = "Of agents; of this one.")
    private String agent;

    @Option(
            names = "--trunk",
            arity = "0..1",
            fallbackValue = ALL,
            paramLabel = "NAME",
            description = "Of groups of trunks; of this one.")
    private String trunk;

    @Option(names = "--acd", paramLabel = "ACD", description = "Of this ACD only.")
    private String acd;

    @Option(names = "--from", paramLabel = "TIME", description = "What ends after this time: 2026-11-21T05:30Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "What begins before this time.")
    private String to;

    @Option(names = "--parts", description = "Not added up: cut at switchovers, at gaps, and where all was sure again.")
    private boolean parts;

    @Option(names = "--json", description = "A JSON array, for programs.")
    private boolean json;

    @Option(names = "--csv", description = "CSV, with the columns of the files.")
    private boolean csv;

    /** What there is of the kinds that were asked for by name, but has another one. */
    private final Set<String> others = new TreeSet<>();

    IntervalsVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Refusal.told(console, json, () -> {
            if (json && csv) {
                throw Refusal.usage("--json and --csv exclude each other", null);
            }
            final long fromNs = from == null ? now() - Duration.ofDays(1).toNanos() : Times.parse(from);
            final long toNs = to == null ? Long.MAX_VALUE : Times.parse(to);
            if (fromNs >= toNs) {
                throw Refusal.usage("--to is not behind --from", null);
            }
            final Path config = configFile(null);
            final IntervalSums sums = new IntervalSums(parts);
            read(config, fromNs, toNs, sums);
            final List<IntervalReport> found = sums.all();
            if (json) {
                console.out().println(JsonRecords.write(found));
            } else if (csv) {
                console.out().print(IntervalFile.HEADER + "\r\n");
                found.forEach(each -> console.out().print(IntervalFile.line(each.row())));
            } else {
                print(table(found));
            }
            if (found.isEmpty() && !json && !csv) {
                console.out().println("nothing was counted there" + others());
            }
            return found.isEmpty() ? 1 : 0;
        });
    }

    /** Whoever asked for one that was not there is told which were. */
    private String others() {
        if (others.isEmpty()) {
            return "";
        }
        final String few = others.stream().limit(MOST_OTHERS).collect(Collectors.joining(", "));
        final int more = others.size() - MOST_OTHERS;
        return " of that name; there are " + few + (more > 0 ? " and " + more + " more" : "");
    }

    private static long now() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private void read(Path config, long fromNs, long toNs, IntervalSums sums) {
        final Path data = SiteFolder.data(config);
        final List<IntervalReport> open = open(config);
        final List<String> acds = acd == null ? JournalFiles.acds(data) : List.of(acd);
        for (final String each : acds) {
            try {
                IntervalFile.read(data, each, fromNs, toNs, row -> {
                    if (wanted(row.line().kind(), row.line().name())) {
                        sums.add(row, true);
                    }
                });
            } catch (IOException e) {
                throw Refusal.no("cannot read " + data.resolve(IntervalFile.FOLDER) + ": " + e.getMessage(), null);
            }
        }
        for (final IntervalReport each : open) {
            final IntervalFile.Row row = each.row();
            if (acds.contains(row.acd())
                    && row.toNs() > fromNs
                    && row.fromNs() < toNs
                    && wanted(row.line().kind(), row.line().name())) {
                sums.add(row, false);
            }
        }
    }

    /** Asked for first: what is over meanwhile is then in the files too, and counts once. */
    private static List<IntervalReport> open(Path config) {
        try {
            return new RunningSite(config).records(IntervalReport.class, "/v1/intervals");
        } catch (Refusal e) {
            return List.of(); // it does not run: what is over is all there is
        }
    }

    private boolean wanted(AccountKind kind, String name) {
        if (queue == null && agent == null && trunk == null) {
            return kind == AccountKind.ACD || kind == AccountKind.QUEUE;
        }
        return switch (kind) {
            case QUEUE -> meant(queue, name);
            case AGENT -> meant(agent, name);
            case TRUNK -> meant(trunk, name);
            case ACD -> false;
        };
    }

    private boolean meant(String option, String name) {
        if (option == null) {
            return false;
        }
        final boolean meant = option.equals(ALL) || option.equals(name);
        if (!meant && !name.isEmpty()) {
            others.add(name);
        }
        return meant;
    }

    private List<String> table(List<IntervalReport> found) {
        final TextTable table = new TextTable(
                console.colours(),
                "ACD",
                "FROM",
                "TO",
                "KIND",
                "NAME",
                ">OFFERED",
                ">ANSWERED",
                ">ABANDONED",
                ">WAIT",
                ">TALK",
                ">HOLD",
                ">WORK",
                "NOTES");
        for (final IntervalReport each : found) {
            table.row()
                    .cell(each.acd())
                    .cell(seconds(each.from()))
                    .cell(each.over() ? seconds(each.to()) : "now")
                    .cell(each.kind())
                    .cell(each.name().isEmpty() ? null : each.name())
                    .cell(each.offered() + each.found())
                    .cell(each.answered())
                    .cell(each.abandoned())
                    .cell(time(each.waitNs()))
                    .cell(time(each.talkNs()))
                    .cell(time(each.holdNs()))
                    .cell(time(each.workNs()))
                    .cell(notes(each), each.sure() ? Ink.PLAIN : Ink.WARN);
        }
        return found.isEmpty() ? List.of() : table.lines();
    }

    private String notes(IntervalReport each) {
        final List<String> notes = new ArrayList<>();
        if (!each.sure()) {
            notes.add("frames may have been missed");
        }
        if (each.servers().size() > 1) {
            notes.add("switched to "
                    + String.join(", ", each.servers().subList(1, each.servers().size())));
        }
        if (parts && !each.began().equals("interval")) {
            notes.add("begins with " + each.began());
        }
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    private static String seconds(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond()).toString();
    }

    private static String time(long ns) {
        return Amounts.time(ns / 1_000_000);
    }
}
