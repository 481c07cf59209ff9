package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.journal.FormerGeneration;
import org.tandemgw.gateway.journal.JournalCheck;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalVerification;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.terminal.Terminal;
import org.tandemgw.gateway.time.SystemClock;

/** The body of {@code journal verify}. */
final class JournalVerify {
    private static final int SHOWN = 200;
    private static final long PROGRESS_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** A whole answer. */
    private record Answer(boolean sound, String unknown, List<Row> journals) {}

    /** One generation of one ACD. */
    private record Row(
            String acd,
            int generation,
            boolean sound,
            long oldest,
            long last,
            long records,
            long lost,
            int files,
            int sealed,
            long bytes,
            List<JournalCheck.Damage> damages,
            long notListed,
            long missingAtEnd) {}

    private final Console console;
    private final Path data;
    private final Path config;
    private final boolean showsProgress;
    private KnownJournals known;

    JournalVerify(Console console, Path config) {
        this.console = console;
        this.config = config;
        this.data = JournalFolders.of(config);
        this.showsProgress = Terminal.isTerminal(2);
    }

    /** {@code acd} and {@code generation} may be null: all of them. */
    int print(String acd, Integer generation, boolean json) {
        known = KnownJournals.read(data);
        final List<Row> rows = new ArrayList<>();
        boolean newest = false;
        for (final String each : acd == null ? JournalFiles.acds(data) : List.of(acd)) {
            final List<Integer> there = JournalFiles.generations(data, each);
            for (final FormerGeneration gone : FormerGeneration.gone(data, each)) {
                if ((generation == null || generation == gone.generation()) && isYoung(gone)) {
                    add(rows, gone(each, gone), json);
                }
            }
            for (final int number : there) {
                if (generation == null || generation == number) {
                    final boolean last = number == there.get(there.size() - 1);
                    add(rows, verify(each, number, known.synced(each, number), last), json);
                    newest |= last;
                }
            }
        }
        for (final ControlState.Acd each : known.gone()) {
            if ((acd == null || acd.equals(each.name())) && (generation == null || generation == each.generation())) {
                add(rows, gone(each), json);
            }
        }
        if (rows.isEmpty() && (acd != null || generation != null)) {
            throw Refusal.no(
                    "there is no " + (generation == null ? "" : "generation " + generation + " of the ") + "journal"
                            + (acd == null ? "" : " of '" + acd + "'") + " in " + data,
                    "tandem journal ls");
        }
        final String unknown = unknown(acd == null && generation == null, newest || rows.isEmpty());
        final boolean sound = rows.stream().allMatch(Row::sound);
        if (unknown != null) {
            console.err().println("tandem: " + unknown);
        }
        if (json) {
            console.out().println(JsonRecords.write(new Answer(sound && unknown == null, unknown, rows)));
        } else if (rows.isEmpty()) {
            console.out().println("no journals in " + data);
        } else if (!sound) {
            remedy(rows);
        }
        return sound && unknown == null ? 0 : 1;
    }

    /** Why what was seen does not prove that all is well; null if it does. */
    private String unknown(boolean all, boolean newest) {
        final List<String> configured =
                SiteFacts.of(config).acds().stream().map(SiteFacts.Acd::name).toList();
        final List<String> unseen = all ? known.unseen(configured) : List.of();
        if (!unseen.isEmpty()) {
            return KnownJournals.unseenText(unseen, data);
        }
        return newest ? known.unknown() : null; // how an older generation ended stands in the next
    }

    /** What came longer ago retention has deleted; then only the next generation still tells of it. */
    private boolean isYoung(FormerGeneration gone) {
        return new SystemClock().utcNs() - gone.atNs()
                < SiteFacts.of(config).retention().toNanos();
    }

    private void add(List<Row> rows, Row row, boolean json) {
        rows.add(row);
        if (!json) {
            show(row);
        }
    }

    private Row verify(String acd, int generation, long synced, boolean last) {
        final long startedNs = System.nanoTime();
        final long[] shownNs = {startedNs};
        try {
            final JournalCheck check =
                    JournalVerification.of(JournalFiles.directory(data, acd, generation), synced, (bytes, ofBytes) -> {
                        final long nowNs = System.nanoTime();
                        if (showsProgress && nowNs - shownNs[0] >= PROGRESS_EVERY_NS) {
                            shownNs[0] = nowNs;
                            console.err()
                                    .printf(
                                            "\rverifying %s: %d %%, %d MB/s ",
                                            acd,
                                            bytes * 100 / Math.max(1, ofBytes),
                                            bytes * 1_000 / Math.max(1, nowNs - startedNs));
                        }
                    });
            return new Row(
                    acd,
                    generation,
                    check.sound(),
                    check.oldest(),
                    check.last(),
                    check.records(),
                    check.lost(),
                    check.files(),
                    check.sealed(),
                    check.bytes(),
                    check.damages(),
                    check.notListed(),
                    last ? Math.max(0, synced - check.last()) : 0);
        } catch (IOException e) {
            throw Refusal.no("cannot read the journal of " + acd + ": " + e.getMessage(), null);
        } finally {
            if (shownNs[0] != startedNs) {
                console.err().print("\r" + " ".repeat(60) + "\r");
            }
        }
    }

    /** A journal of which nothing is left but what the control file says. */
    private static Row gone(ControlState.Acd acd) {
        final long synced = acd.synced();
        return new Row(
                acd.name(),
                acd.generation(),
                false,
                1,
                0,
                0,
                synced,
                0,
                0,
                0,
                List.of(new JournalCheck.Damage(
                        "", null, 1L, synced, "were synced and are missing: the folder of the journal is gone")),
                0,
                synced);
    }

    /** One of which nothing is left but what the next one says. */
    private static Row gone(String acd, FormerGeneration gone) {
        return new Row(
                acd,
                gone.generation(),
                false,
                1,
                0,
                0,
                gone.last(),
                0,
                0,
                0,
                List.of(
                        new JournalCheck.Damage(
                                "",
                                null,
                                1L,
                                gone.last(),
                                "are missing: generation " + gone.toldBy() + " began when this one ended with record "
                                        + gone.last() + ", less than journal.retention ago, and its folder is gone;"
                                        + " unless it was deleted for want of space (the log says so), mount it, or restore it")),
                0,
                0);
    }

    private void show(Row row) {
        console.out()
                .println(row.acd() + " generation " + row.generation() + ": "
                        + (row.last() < row.oldest() ? "empty" : "records " + row.oldest() + " to " + row.last())
                        + ", " + row.files() + (row.files() == 1 ? " file (" : " files (") + row.sealed() + " sealed), "
                        + Amounts.bytes(row.bytes()) + ": "
                        + (row.sound()
                                ? "sound"
                                : "DAMAGED, " + row.lost() + (row.lost() == 1 ? " record lost" : " records lost")));
        row.damages().stream().limit(SHOWN).forEach(damage -> console.out().println("  " + line(damage)));
        final long more = Math.max(0, row.damages().size() - SHOWN) + row.notListed();
        if (more > 0) {
            console.out().println("  and " + more + " more");
        }
    }

    private static String line(JournalCheck.Damage damage) {
        final StringBuilder line = new StringBuilder(damage.file());
        if (damage.offset() != null) {
            line.append(" at byte ").append(damage.offset());
        }
        line.append(line.isEmpty() ? "" : ": ");
        if (damage.sequence() != null) {
            line.append(
                    damage.sequence().equals(damage.through())
                            ? "record " + damage.sequence() + ": "
                            : "records " + damage.sequence() + " to " + damage.through() + ": ");
        }
        return line.append(damage.what()).toString();
    }

    private void remedy(List<Row> rows) {
        final long missing = rows.stream().mapToLong(Row::missingAtEnd).sum();
        final long lost = rows.stream().mapToLong(Row::lost).sum() - missing;
        if (lost > 0) {
            console.out()
                    .println(
                            "Each record that is lost is served as lost, with its sequence; all others are served (nothing of older generations is). Only a backup can bring it back.");
        }
        if (missing > 0) {
            console.out()
                    .println(
                            "Records missing at the end are not served as lost: the next start begins a new generation. Before it, mount what is not mounted, or restore a backup.");
        }
        if (lost + missing == 0) {
            console.out().println("No record is lost.");
        }
        console.out().println("Damage seldom comes alone: look at the disk (smartctl, the kernel's log).");
    }
}
