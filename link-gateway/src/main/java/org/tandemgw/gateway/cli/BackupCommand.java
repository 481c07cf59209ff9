package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.backup.BackupFolder;
import org.tandemgw.gateway.backup.BackupLabel;
import org.tandemgw.gateway.backup.JournalBackup;
import org.tandemgw.gateway.backup.TimeRange;
import org.tandemgw.gateway.journal.JournalFaultException;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.GatewayStatus;
import picocli.CommandLine.Option;

/** The options and the body of {@code journal backup}. */
final class BackupCommand extends ShelfCommand {
    private static final double NS_PER_S = 1e9;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            required = true,
            description = "Where the files go. It has to be there: an unmounted medium is no folder of ours.")
    private Path folder;

    @Option(
            names = "--incremental",
            description = "Only what came after the newest backup in FOLDER; a full one if there is none.")
    private boolean incremental;

    @Option(names = "--volume", paramLabel = "NAME", description = "What the medium is called; else the folder's name.")
    private String volume;

    private boolean complete = true;

    @Override
    Path data(Path config) {
        return JournalFolders.of(config);
    }

    @Override
    int carryOut(Path config) {
        final Path to = console.folder().resolve(folder).toAbsolutePath().normalize();
        if (!Files.isDirectory(to)) {
            throw Refusal.no("there is no folder " + to, "make it, or mount the medium that it is on");
        }
        if (to.startsWith(data.resolve("journal").toAbsolutePath())) {
            throw Refusal.usage("a backup among the journals is none", "name a folder on another disk");
        }
        final List<String> wanted = acds.isEmpty() ? JournalFiles.acds(data) : acds;
        if (wanted.isEmpty()) {
            throw Refusal.no("there are no journals in " + data, null);
        }
        final List<JournalBackup.Made> made = new ArrayList<>();
        try (BackupFolder opened = BackupFolder.toWrite(to)) {
            for (final String acd : wanted) {
                backUp(opened, to, acd, config, made);
            }
        } catch (IOException e) {
            throw Refusal.no("cannot write to " + to + ": " + e.getMessage(), null);
        }
        if (json) {
            console.out().println(JsonRecords.write(made));
        }
        return complete ? 0 : 1;
    }

    /** One that cannot be backed up does not keep the others from it. */
    private void backUp(BackupFolder opened, Path to, String acd, Path config, List<JournalBackup.Made> made) {
        final int chosen;
        try {
            chosen = Generations.choose(data, acd, generation);
        } catch (Refusal e) {
            failed(acd, e.getMessage());
            return;
        }
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, acd, chosen))) {
            final long startNs = clock.nanoTime();
            final JournalBackup backup = new JournalBackup(opened, origin(to, acd, chosen), journal);
            final Instant now = TimeRange.instant(clock.utcNs());
            try (Progress progress = new Progress(console, acd, journal.oldest(), journal.last())) {
                made.add(backup.make(incremental, () -> last(journal, acd, chosen, config), now, progress));
            }
            tell(acd, made.get(made.size() - 1), clock.nanoTime() - startNs);
        } catch (IOException | JournalFaultException e) {
            failed(acd, e.getMessage());
        }
    }

    private void failed(String acd, String why) {
        complete = false;
        console.err().println("tandem: no backup of " + acd + ": " + why);
    }

    /** A running gateway is asked how far it is sure; else, or with {@code sync: none}, what is there is made durable first. */
    private long last(StoredJournal journal, String acd, int chosen, Path config) throws IOException {
        final long appended = journal.last();
        journal.force();
        final GatewayStatus running = running(config);
        return running == null || !site.group()
                ? appended
                : running.acds().stream()
                        .filter(each -> each.name().equals(acd) && each.generation() == chosen)
                        .mapToLong(each -> Math.min(appended, each.synced()))
                        .findFirst()
                        .orElse(appended);
    }

    private static GatewayStatus running(Path config) {
        try {
            return new RunningSite(config).status();
        } catch (Refusal e) {
            return null;
        }
    }

    private JournalBackup.Origin origin(Path to, String acd, int chosen) {
        final SiteFacts.Acd facts = site.acd(acd);
        return new JournalBackup.Origin(
                site.site(),
                Version.current(),
                hostName(),
                acd,
                facts.mode(),
                facts.profile(),
                chosen,
                volume == null ? String.valueOf(to.getFileName()) : volume);
    }

    /** Without asking a name server. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private void tell(String acd, JournalBackup.Made made, long tookNs) {
        complete &= made.complete();
        if (made.missed() != null) {
            console.err().println("tandem: " + acd + ": " + made.missed() + "; so this backup is full");
        }
        if (made.end() != null && made.end().lost() > 0) {
            console.err()
                    .println("tandem: " + acd + ": " + made.end().lost()
                            + " records cannot be read in the journal; they are in the backup as lost records");
        }
        if (json) {
            return;
        }
        console.out()
                .println(
                        made.label() != null
                                ? line(made, tookNs)
                                : acd
                                        + (made.last() == 0
                                                ? "  the journal is empty"
                                                : "  nothing new after record " + made.last()));
    }

    private static String line(JournalBackup.Made made, long tookNs) {
        final BackupLabel label = made.label();
        return String.format(
                Locale.ROOT,
                "%s  records %d to %d  %s to %s  %s, %.1f MB/s",
                made.file(),
                label.first(),
                label.last(),
                label.firstAt(),
                label.lastAt(),
                Amounts.bytes(made.bytes()),
                made.bytes() / 1e6 / Math.max(1e-3, tookNs / NS_PER_S));
    }
}
