package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.gateway.support.BundleFile;
import org.tandemgw.gateway.support.KnownSecrets;
import org.tandemgw.gateway.support.Scrubber;
import org.tandemgw.gateway.support.SharedConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem support-bundle",
        sortOptions = false,
        description = {
            "Writes one zip file for whoever helps: status, alarms, configuration, versions, log, decisions, audit, threads, journals, machine.",
            "No secret of the site is in it, and no frame. Works on a stopped site, and with a configuration that is refused."
        },
        footer = {
            "",
            "Examples:",
            "  tandem support-bundle",
            "  tandem support-bundle /tmp/monday.zip --log /var/log/tandem.log",
            "",
            "Exit status: 0 if it was written, also where parts could not be had (it names them); 1 if not; 2 usage or configuration."
        })
final class SupportBundleVerb extends Verb implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What was written. */
    private record Written(
            String file,
            long bytes,
            long unpackedBytes,
            List<BundleFile.Part> parts,
            List<String> leftOut,
            int secretsTooShort) {}

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "What is written; otherwise tandem-support-SITE-TIME.zip here.")
    private Path file;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "A log file to add, where the log of Tandem goes to one. More than one is possible.")
    private List<Path> logs = List.of();

    @Option(
            names = "--unit",
            paramLabel = "NAME",
            defaultValue = "tandem",
            description = "The unit of systemd that Tandem runs as, for its log (default: ${DEFAULT-VALUE}).")
    private String unit;

    @Option(names = "--no-verify", description = "Do not read the journals; otherwise for 20 s at most.")
    private boolean noVerify;

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean force;

    @Option(names = "--json", description = "What was written, as one JSON object.")
    private boolean json;

    SupportBundleVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Logging.configure(Level.SEVERE, debug());
        return Refusal.told(console, json, this::write);
    }

    private int write() {
        final Path config = configFile(null);
        if (!Files.isReadable(config)) {
            throw Refusal.usage("cannot read the configuration " + config, "name another one with -c FILE");
        }
        if (!unit.matches("[A-Za-z0-9@_.:][A-Za-z0-9@_.:-]*")) {
            throw Refusal.usage("'" + unit + "' cannot be the name of a unit", null);
        }
        final Path target = console.folder().resolve(file == null ? Path.of(name(config)) : file);
        final KnownSecrets secrets = new KnownSecrets();
        final SharedConfiguration shared = new SharedConfiguration(config, secrets);
        final List<String> configuration = shared.lines(config);
        try (OutputFile out = new OutputFile(target, force)) {
            final BundleFile bundle = new BundleFile(out.out(), new Scrubber(secrets));
            final BundleParts parts = new BundleParts(console, config, bundle);
            parts.configuration(shared, configuration);
            parts.everything(logs.stream().map(console.folder()::resolve).toList(), unit, !noVerify);
            shared.notes().forEach(note -> bundle.miss("a secret", note));
            bundle.add("CONTENTS.txt", "this list", contents(bundle, secrets));
            bundle.close();
            out.finish();
            tell(target, bundle, secrets);
            return 0;
        } catch (IOException e) {
            throw Refusal.no("cannot write " + target + ": " + e.getMessage(), null);
        }
    }

    private static String name(Path config) {
        final String site = SiteFacts.of(config).site().replaceAll("[^A-Za-z0-9_.-]", "_");
        return "tandem-support-" + site + "-" + TIME.format(Instant.now()) + ".zip";
    }

    private static List<String> contents(BundleFile bundle, KnownSecrets secrets) {
        final TextTable table = new TextTable(false, "PART", ">SIZE", "WHAT");
        bundle.parts().forEach(part -> table.row()
                .cell(part.name())
                .cell(Amounts.bytes(part.bytes()))
                .cell(part.what()));
        final List<String> lines = new java.util.ArrayList<>(table.lines());
        lines.add("");
        bundle.leftOut().forEach(miss -> lines.add("not in it: " + miss));
        lines.add("");
        lines.add(
                "Secrets of the site stand nowhere in it: not the content of secret files, nor community names, nor what is behind");
        lines.add(
                "the host of a URL. \"(secret)\" stands where one was. A record of a decision in which that happened does not match its");
        lines.add("checksum any more, and an audit file not its chain.");
        if (secrets.tooShort() > 0) {
            lines.add(secrets.tooShort() + " secrets have less than " + KnownSecrets.SHORTEST
                    + " characters: they are not shown, but what others have written was not searched for them.");
        }
        lines.add(
                "Frames are not in it. Names of users, addresses, and the reasons that operators typed are: read before you send.");
        return lines;
    }

    private void tell(Path target, BundleFile bundle, KnownSecrets secrets) throws IOException {
        final long unpacked =
                bundle.parts().stream().mapToLong(BundleFile.Part::bytes).sum();
        if (json) {
            console.out()
                    .println(JsonRecords.write(new Written(
                            target.toString(),
                            Files.size(target),
                            unpacked,
                            bundle.parts(),
                            bundle.leftOut(),
                            secrets.tooShort())));
            return;
        }
        print(contents(bundle, secrets));
        console.out()
                .println(target + ": " + bundle.parts().size() + " parts, " + Amounts.bytes(Files.size(target)) + " ("
                        + Amounts.bytes(unpacked) + " unpacked)");
    }
}
