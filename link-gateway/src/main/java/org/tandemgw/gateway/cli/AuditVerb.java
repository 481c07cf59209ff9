package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.control.AuditProof;
import org.tandemgw.gateway.control.AuditTrail;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Ink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tandem audit",
        sortOptions = false,
        description =
                "Who asked for what, and what became of it; every command to a trunk switch, too. Reads the files: works on a"
                        + " stopped site.",
        footer = {
            "",
            "Examples:",
            "  tandem audit                    the last 40 lines",
            "  tandem audit --last 5 --follow",
            "  tandem audit verify             was anything changed, removed, inserted or cut off?",
            "",
            "Exit status: 0 well, 1 there is no audit file, or it is not as it was written; 2 usage or configuration."
        })
final class AuditVerb extends Verb implements Callable<Integer> {
    private static final long LOOK_MS = 200;
    private static final int MOST = 1_000_000;

    @Option(names = "--last", paramLabel = "N", defaultValue = "40", description = "How many lines (default: 40).")
    private int last;

    @Option(names = "--follow", description = "Goes on with what is added, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "The lines as they are in the file.")
    private boolean json;

    AuditVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        if (last < 0 || last > MOST) {
            throw Refusal.usage("--last: from 0 to " + MOST + ", not " + last, null);
        }
        final AuditTrail trail = new AuditTrail(folder());
        final List<String> lines = trail.last(last);
        if (lines.isEmpty() && !follow && last > 0) {
            throw Refusal.no("nothing was asked for yet: there is no audit file in " + folder(), null);
        }
        lines.forEach(this::show);
        while (follow && !console.out().checkError() && pause()) {
            trail.added().forEach(this::show);
        }
        return 0;
    }

    @Command(
            name = "verify",
            description = {
                "Follows the chain of hashes through all audit files, and compares their end with the seal: names the line that was"
                        + " changed, removed, inserted or cut off. A last line that a power loss tore is told apart.",
                "Who may write to the data folder can make a new chain: keep a copy of audit.seal elsewhere."
            },
            footer = {"", "Exit status: 0 as it was written, 1 not, or it cannot be known; 2 usage or configuration."})
    int verify(@Option(names = "--json", description = "One JSON object, for programs.") boolean asJson)
            throws IOException {
        final AuditProof.Verdict verdict = AuditProof.of(folder());
        if (asJson || json) {
            console.out().println(JsonRecords.write(verdict));
            return verdict.sound() ? 0 : 1;
        }
        final boolean colours = console.colours();
        verdict.findings().forEach(each -> console.out()
                .println(Ink.BAD.paint(each.file() + " line " + each.line(), colours) + ": "
                        + Ink.harmless(each.what())));
        verdict.notes()
                .forEach(each -> console.out().println(each.file() + " line " + each.line() + ": " + each.what()));
        if (verdict.unknown() != null) {
            console.out().println(Ink.WARN.paint(verdict.unknown(), colours));
        }
        final String size =
                verdict.lines() + " lines in " + verdict.files() + (verdict.files() == 1 ? " file" : " files")
                        + ", " + verdict.linked() + " of them in the chain"
                        + (verdict.notSealed() == 0 ? "" : ", " + verdict.notSealed() + " not sealed yet");
        console.out()
                .println((verdict.sound()
                                ? verdict.lines() == 0
                                        ? "nothing was asked for yet"
                                        : Ink.GOOD.paint("as it was written", colours)
                                : Ink.BAD.paint("NOT as it was written, or not known to be", colours))
                        + ": " + size);
        return verdict.sound() ? 0 : 1;
    }

    private Path folder() {
        final Path data = SiteFolder.data(configFile(null));
        if (!Files.isDirectory(data)) {
            throw Refusal.no("there is no data folder " + data, "is its disk mounted?");
        }
        return data;
    }

    private void show(String text) {
        if (json) {
            console.out().println(text);
            return;
        }
        final AuditTrail.Line line = AuditTrail.parsed(text);
        if (line == null || line.at() == null) {
            console.out().println(Ink.BAD.paint("not an entry: ", console.colours()) + Ink.harmless(text));
            return;
        }
        console.out()
                .println(line.at().toString().substring(0, 19).replace('T', ' ') + "  "
                        + (line.ok() ? "ok" : Ink.BAD.paint("no", console.colours())) + "  "
                        + Ink.harmless(line.who() + "  "
                                + line.action() + (line.object() == null ? "" : " " + line.object()) + ": "
                                + line.message()
                                + (line.reason() == null ? "" : "  [" + line.reason() + "]")));
    }

    private boolean pause() {
        console.out().flush();
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
