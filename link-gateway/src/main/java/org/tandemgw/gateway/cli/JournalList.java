package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalSummary;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.gateway.terminal.Terminal;

/** The body of {@code journal ls}. */
final class JournalList {
    private record Row(
            String acd, int generation, long oldest, long last, Instant firstAt, Instant lastAt, long diskBytes) {}

    private final Console console;
    private final Path config;
    private final Path data;

    JournalList(Console console, Path config) {
        this.console = console;
        this.config = config;
        this.data = JournalFolders.of(config);
    }

    int print(boolean json) {
        final KnownJournals known = KnownJournals.read(data);
        final List<Row> rows = new ArrayList<>();
        for (final String acd : JournalFiles.acds(data)) {
            for (final int generation : JournalFiles.generations(data, acd)) {
                rows.add(row(acd, generation));
            }
        }
        if (json) {
            console.out().println(JsonRecords.write(rows));
        } else if (rows.isEmpty()) {
            console.out().println("no journals in " + data);
        } else {
            table(rows);
        }
        known.gone().forEach(acd -> console.err()
                .println("tandem: the journal of " + acd.name() + ", generation " + acd.generation()
                        + ", is gone: records up to " + acd.synced() + " were synced"));
        final List<String> unseen = known.unseen(
                SiteFacts.of(config).acds().stream().map(SiteFacts.Acd::name).toList());
        if (!unseen.isEmpty()) {
            console.err().println("tandem: " + KnownJournals.unseenText(unseen, data));
        }
        return known.gone().isEmpty() && unseen.isEmpty() ? 0 : 1;
    }

    private Row row(String acd, int generation) {
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, acd, generation))) {
            final JournalSummary summary = journal.summary();
            return new Row(
                    acd,
                    generation,
                    summary.oldest(),
                    summary.last(),
                    time(summary.firstAtNs()),
                    time(summary.lastAtNs()),
                    summary.diskBytes());
        } catch (IOException e) {
            throw Refusal.no("cannot read the journal of " + acd + ": " + e.getMessage(), null);
        }
    }

    private void table(List<Row> rows) {
        final TextTable table = new TextTable(
                Terminal.wantsColours(console.environment()),
                "ACD",
                ">GENERATION",
                ">OLDEST",
                ">LAST",
                "FIRST AT",
                "LAST AT",
                ">ON DISK");
        for (final Row row : rows) {
            table.row()
                    .cell(row.acd())
                    .cell(row.generation())
                    .cell(row.oldest())
                    .cell(row.last())
                    .cell(row.firstAt())
                    .cell(row.lastAt())
                    .cell(Amounts.bytes(row.diskBytes()));
        }
        table.lines().forEach(console.out()::println);
    }

    private static Instant time(long atNs) {
        return atNs < 0 ? null : Instant.ofEpochSecond(0, atNs);
    }
}
