package org.tandemgw.gateway.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.control.CallReport;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem calls",
        sortOptions = false,
        description = {
            "The calls in flight, the ones known longest first. Of ACDs whose dialect tells of them: asterisk-ami,",
            "csta-xml, freeswitch-esl.",
            "Call details (avaya-cdr) tell of a call when it has ended: such calls are in  tandem intervals, in the call",
            "records, and in  tandem calls show ID."
        },
        footer = {
            "",
            "Examples:",
            "  tandem calls",
            "  tandem calls --limit 20 --json",
            "  tandem calls show 1795251600.123      the life of one call, from its frames",
            "",
            "Exit status: 0 well, 1 nobody can tell, 2 usage or configuration."
        })
final class CallsVerb extends Verb implements Callable<Integer> {
    @Option(names = "--json", description = "A JSON array, for programs.")
    private boolean json;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many; 100000 unless said, and at most.")
    private Integer limit;

    CallsVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Refusal.told(console, json, () -> {
            if (limit != null && limit < 1) {
                throw Refusal.usage("--limit is at least 1, not " + limit, null);
            }
            final Path config = configFile(null);
            final RunningSite site = new RunningSite(config);
            final String path = "/v1/calls" + (limit == null ? "" : "?limit=" + limit);
            if (json) {
                console.out().println(site.get(path));
                return 0;
            }
            final List<CallReport> calls = site.records(CallReport.class, path);
            print(table(calls));
            if (calls.isEmpty()) {
                console.out().println("no calls are known");
            } else if (!calls.stream().allMatch(CallReport::sure)) {
                console.out()
                        .println(
                                "? frames may have been missed since this was told; the ACD's next list makes it sure");
            }
            CallWords.of(config).acdsThatTellOnlyOfEnds().forEach(acd -> console.out()
                    .println("of " + acd + " none is shown: its call details tell of a call when it has ended"));
            return 0;
        });
    }

    private List<String> table(List<CallReport> calls) {
        final TextTable table = new TextTable(
                console.colours(),
                "ACD",
                "CALL",
                "STATE",
                ">SINCE",
                ">AGE",
                ">WAITED",
                "QUEUE",
                "AGENT",
                "PARTIES",
                "TRUNK");
        for (final CallReport call : calls) {
            table.row()
                    .cell(call.acd())
                    .cell(call.id())
                    .cell(call.state() + (call.sure() ? "" : "?"), call.sure() ? Ink.PLAIN : Ink.WARN)
                    .cell(Amounts.time(call.stateMs()))
                    .cell(Amounts.time(call.ageMs()) + (call.startSeen() ? "" : "+"))
                    .cell(Amounts.time(call.waitedMs()))
                    .cell(orNull(call.queue()))
                    .cell(orNull(call.agent()))
                    .cell(String.join(" ", call.parties()))
                    .cell(orNull(call.trunk()));
        }
        return calls.isEmpty() ? List.of() : table.lines();
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    @Command(
            name = "show",
            description = {
                "The life of one call from its frames, one line each: what they say, and with --frames the frames themselves,",
                "without the values of what is named as a secret. Of a call that is in flight the appliance tells which frames",
                "those are; for another one, and of a stopped site, the whole journal is searched. Reads the journal's files,",
                "as tandem journal cat does."
            })
    int show(
            @Parameters(paramLabel = "ID", description = "The ACD's own id of the call, as tandem calls shows it.")
                    String id,
            @Option(
                            names = "--acd",
                            paramLabel = "ACD",
                            description = "Of this ACD, where several have one of this id.")
                    String acd,
            @Option(names = "--frames", description = "The frames, too.") boolean frames,
            @Option(names = "--json", description = "One JSON object, for programs.") boolean asJson) {
        final boolean wantsJson = asJson || json;
        return Refusal.told(console, wantsJson, () -> {
            if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > 255) {
                throw Refusal.usage("an id has 1 to 255 bytes", "tandem calls");
            }
            final Path config = configFile(null);
            final CallLife life = life(config, inFlight(config, id, acd), id, acd);
            if (wantsJson) {
                console.out().println(JsonRecords.write(life.json(frames)));
            } else {
                print(life.lines(console.colours(), frames));
            }
            return 0;
        });
    }

    /** As the appliance knows it; null if it does not, or does not run. */
    private static CallReport inFlight(Path config, String id, String acd) {
        final List<CallReport> found;
        try {
            found = new RunningSite(config)
                    .records(CallReport.class, "/v1/call?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        } catch (Refusal e) {
            return null; // the journal may know it all the same
        }
        final List<CallReport> meant = found.stream()
                .filter(each -> acd == null || each.acd().equals(acd))
                .toList();
        if (meant.size() > 1) {
            throw Refusal.no(
                    "calls of "
                            + String.join(
                                    " and ", meant.stream().map(CallReport::acd).toList()) + " have this id",
                    "name one with --acd");
        }
        return meant.isEmpty() ? null : meant.get(0);
    }

    private static CallLife life(Path config, CallReport known, String id, String acd) {
        final Path data = SiteFolder.data(config);
        final CallWords words = CallWords.of(config);
        if (known != null && !known.sequences().isEmpty()) {
            return CallLife.ofFrames(data, known, words.require(known.acd()));
        }
        if (acd != null) {
            Generations.choose(data, acd, null); // or it says that there is no such journal
        }
        final List<String> all = acd == null ? JournalFiles.acds(data) : List.of(acd);
        for (final String each : all) {
            final CallLife found = acd == null && words.find(each).isEmpty()
                    ? null
                    : CallLife.search(data, each, id, known, words.require(each));
            if (found != null) {
                return found;
            }
        }
        if (known != null) {
            return CallLife.ofFrames(data, known, words.require(known.acd())); // from a list only
        }
        throw Refusal.no(
                "no frame that is kept tells of a call " + id,
                "tandem calls  shows those in flight; a call that ended longer ago than retention is not known any more");
    }
}
