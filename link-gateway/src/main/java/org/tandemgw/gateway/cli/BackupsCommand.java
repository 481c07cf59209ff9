package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.backup.BackupCheck;
import org.tandemgw.gateway.backup.BackupLabel;
import org.tandemgw.gateway.backup.BackupShelf;
import org.tandemgw.gateway.backup.RestorePlan;
import org.tandemgw.gateway.backup.TimeRange;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.gateway.terminal.Terminal;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options and the body of {@code journal backups}. */
final class BackupsCommand {
    /** One file, for programs. */
    private record Row(
            String file,
            boolean whole,
            String damage,
            long first,
            long last,
            long lost,
            long damagedRecords,
            long bytes,
            BackupLabel label) {
        static Row of(BackupCheck check) {
            return new Row(
                    check.name(),
                    check.damage() == null,
                    check.damage(),
                    check.first(),
                    check.last(),
                    check.lost(),
                    check.damagedRecords(),
                    check.bytes(),
                    check.label());
        }
    }

    @Parameters(paramLabel = "FOLDER", description = "Where backups are.")
    private Path folder;

    @Option(names = "--json", description = "A JSON array, for programs.")
    private boolean json;

    private Console console;

    int run(Console onConsole) {
        console = onConsole;
        try {
            final Path there = shelf(console, folder);
            final List<BackupCheck> checks = new ArrayList<>();
            final List<String> results = new ArrayList<>();
            final boolean good = check(new BackupShelf(there), checks, results);
            if (json) {
                console.out()
                        .println(JsonRecords.write(checks.stream().map(Row::of).toList()));
            } else if (checks.isEmpty()) {
                console.out().println("no backups in " + there);
            } else {
                table(checks);
                results.forEach(line -> console.out().println(Ink.harmless(line)));
            }
            return good ? 0 : 1;
        } catch (IOException e) {
            throw Refusal.no("cannot read " + folder + ": " + e.getMessage(), null);
        }
    }

    /** The folder that is meant, which has to be there. */
    static Path shelf(Console console, Path folder) {
        final Path there = console.folder().resolve(folder).toAbsolutePath().normalize();
        if (!Files.isDirectory(there)) {
            throw Refusal.no("there is no folder " + there, null);
        }
        return there;
    }

    private boolean check(BackupShelf shelf, List<BackupCheck> checks, List<String> results) throws IOException {
        boolean good = true;
        final Progress progress = new Progress(console, "reading", 0, shelf.bytes());
        for (final String site : shelf.sites()) {
            for (final String acd : shelf.acds(site)) {
                for (final int generation : shelf.generations(site, acd)) {
                    final List<BackupCheck> found = shelf.check(site, acd, generation, TimeRange.ALL, progress);
                    final RestorePlan plan = RestorePlan.of(found, TimeRange.ALL);
                    found.stream()
                            .filter(check -> checks.stream()
                                    .noneMatch(known -> known.file().equals(check.file())))
                            .forEach(checks::add);
                    results.add(result(site, acd, generation, plan));
                    plan.troubles().forEach(trouble -> results.add("  " + trouble));
                    good &= plan.troubles().isEmpty();
                }
            }
        }
        for (final Path file : shelf.files()) {
            if (checks.stream().noneMatch(known -> known.file().equals(file))) {
                checks.add(BackupCheck.of(file, TimeRange.ALL, bytes -> {}));
            }
        }
        progress.close();
        return good && checks.stream().allMatch(check -> check.damage() == null);
    }

    private static String result(String site, String acd, int generation, RestorePlan plan) {
        return acd + " of " + site + ", generation " + generation + ": "
                + (plan.steps().isEmpty()
                        ? "nothing can be restored"
                        : "records " + plan.first() + " to " + plan.last() + " can be restored");
    }

    private void table(List<BackupCheck> checks) {
        final TextTable table = new TextTable(
                Terminal.wantsColours(console.environment()),
                "FILE",
                "SITE",
                "MADE AT",
                ">FIRST",
                ">LAST",
                "FIRST AT",
                "LAST AT",
                ">SIZE",
                "STATE");
        for (final BackupCheck check : checks) {
            final BackupLabel label = check.label();
            table.row()
                    .cell(Ink.harmless(check.name()))
                    .cell(label == null ? null : Ink.harmless(label.site()))
                    .cell(label == null ? null : label.madeAt())
                    .cell(label == null ? null : label.first())
                    .cell(label == null ? null : label.last())
                    .cell(label == null ? null : label.firstAt())
                    .cell(label == null ? null : label.lastAt())
                    .cell(Amounts.bytes(check.bytes()))
                    .cell(check.damage() == null ? "whole" : "DAMAGED: " + Ink.harmless(check.damage()));
        }
        table.lines().forEach(console.out()::println);
    }
}
