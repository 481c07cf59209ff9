package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tandemgw.gateway.InstanceLock;
import org.tandemgw.gateway.backup.BackupLabel;
import org.tandemgw.gateway.backup.BackupShelf;
import org.tandemgw.gateway.backup.Restore;
import org.tandemgw.gateway.backup.RestorePlan;
import org.tandemgw.gateway.backup.TimeRange;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.journal.JournalFaultException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.Ink;
import picocli.CommandLine.Option;

/** The options and the body of {@code journal restore}. */
final class RestoreCommand extends ShelfCommand {
    @Option(names = "--from", paramLabel = "FOLDER", required = true, description = "Where the backups are.")
    private Path folder;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Only what came at this time or later, like 2026-11-21T05:13Z.")
    private String start;

    @Option(names = "--stop", paramLabel = "TIME", description = "Only what came until then.")
    private String stop;

    @Option(names = "--interval", paramLabel = "TIME", description = "15m, 30m or 1h: widen both to whole intervals.")
    private Duration interval;

    @Option(names = "--partial", description = "Restore what there is, although some of it is missing or damaged.")
    private boolean partial;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit file.")
    private String reason;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    Path data(Path config) {
        return SiteFolder.data(config);
    }

    @Override
    int carryOut(Path config) {
        final TimeRange range = range();
        final Path shelf = BackupsCommand.shelf(console, folder);
        try {
            final InstanceLock lock = lock();
            try {
                restore(new BackupShelf(shelf), shelf, range);
            } finally {
                lock.close();
            }
            return 0;
        } catch (InstanceLock.HeldException e) {
            throw Refusal.no(
                    "the site is running: " + e.getMessage(), "stop it; a journal is restored while nobody writes it");
        } catch (IOException | JournalFaultException e) {
            throw Refusal.no("cannot restore: " + e.getMessage(), null);
        }
    }

    private InstanceLock lock() throws IOException {
        JournalFolders.requireFolder(data); // one that is made here may lie below a disk that is not mounted
        final String owner = Files.getOwner(data).getName();
        final String user = System.getProperty("user.name");
        if (!owner.equals(user) && !"?".equals(user)) {
            throw Refusal.no(
                    data + " belongs to " + owner + ", who could not use what " + user + " restores",
                    "do it as " + owner + ", for example with  sudo -u " + owner + " tandem journal restore …");
        }
        return InstanceLock.take(data);
    }

    private TimeRange range() {
        final TimeRange asked = new TimeRange(
                start == null ? Long.MIN_VALUE : Times.parse(start), stop == null ? Long.MAX_VALUE : Times.parse(stop));
        if (asked.fromNs() > asked.toNs()) {
            throw Refusal.usage("--stop is before --start", null);
        }
        try {
            return interval == null ? asked : asked.inWhole(TimeRange.interval(interval));
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(e.getMessage(), null);
        }
    }

    private void restore(BackupShelf shelf, Path from, TimeRange range) throws IOException {
        final Map<String, RestorePlan> plans = new LinkedHashMap<>();
        boolean all = true;
        for (final String acd : acds.isEmpty() ? shelf.acds(site.site()) : acds) {
            new Restore(data, acd).removeLeftovers();
            final RestorePlan plan = plan(shelf, from, acd, range);
            plans.put(acd, plan);
            all &= plan.troubles().isEmpty();
        }
        if (plans.isEmpty()) {
            throw nothing(shelf, from);
        }
        for (final Map.Entry<String, RestorePlan> each : plans.entrySet()) {
            show(shelf, each.getKey(), each.getValue());
        }
        requireRoom(plans);
        if (!all && !partial) {
            throw Refusal.no("not all of it can be restored", "--partial restores what there is");
        }
        requireConsent();
        final List<Restore.Note> notes = new ArrayList<>();
        try {
            for (final Map.Entry<String, RestorePlan> each : plans.entrySet()) {
                notes.add(carryOut(shelf, each.getKey(), each.getValue()));
            }
        } catch (IOException | JournalFaultException e) {
            final String done = notes.stream().map(Restore.Note::acd).collect(Collectors.joining(", "));
            throw Refusal.no(
                    "cannot restore: " + e.getMessage(), done.isEmpty() ? null : "restored before, and stays: " + done);
        }
        if (json) {
            console.out().println(JsonRecords.write(notes));
        }
    }

    private Refusal nothing(BackupShelf shelf, Path from) {
        return Refusal.no(
                "there is no backup of site " + site.site() + " in " + from,
                shelf.sites().isEmpty() ? null : "there are some of " + String.join(", ", shelf.sites()));
    }

    private RestorePlan plan(BackupShelf shelf, Path from, String acd, TimeRange range) throws IOException {
        final List<Integer> generations = shelf.generations(site.site(), acd);
        if (generations.isEmpty()) {
            throw shelf.acds(site.site()).isEmpty()
                    ? nothing(shelf, from)
                    : Refusal.no(
                            "there is no backup of " + acd + " in " + from,
                            "there are some of " + String.join(", ", shelf.acds(site.site())));
        }
        final int chosen = generation == null ? generations.get(generations.size() - 1) : generation;
        if (!generations.contains(chosen)) {
            throw Refusal.no("there is no backup of generation " + chosen + " of " + acd, "there are " + generations);
        }
        final RestorePlan plan;
        try (Progress progress = new Progress(console, "reading", 0, shelf.bytes())) {
            plan = RestorePlan.of(shelf.check(site.site(), acd, chosen, range, progress), range);
        }
        if (plan.steps().isEmpty()) {
            plan.troubles().forEach(trouble -> console.err().println("tandem: " + Ink.harmless(trouble)));
            throw Refusal.no(
                    "nothing of " + acd + " that was asked for is in " + from, "tandem journal backups " + from);
        }
        return plan;
    }

    private void show(BackupShelf shelf, String acd, RestorePlan plan) throws IOException {
        final RestorePlan.Step first = plan.steps().get(0);
        final RestorePlan.Step last = plan.steps().get(plan.steps().size() - 1);
        console.err()
                .println(acd + ": generation " + first.source().label().generation() + " of "
                        + Ink.harmless(first.source().label().site()) + " becomes generation "
                        + nextGeneration(shelf, acd)
                        + (site.acds().stream().anyMatch(each -> each.name().equals(acd))
                                ? ""
                                : "; the configuration has no such ACD"));
        for (final RestorePlan.Step step : plan.steps()) {
            console.err()
                    .println("  " + Ink.harmless(step.source().name()) + ", made "
                            + step.source().label().madeAt() + ": records "
                            + step.from() + " to " + step.to()
                            + (step.source().lost() == 0
                                    ? ""
                                    : ", of what it holds " + step.source().lost() + " are lost records")
                            + (step.source().damage() == null
                                    ? ""
                                    : "; DAMAGED: " + Ink.harmless(step.source().damage())));
        }
        console.err()
                .println("  records " + plan.first() + " to " + plan.last() + ", "
                        + Times.text(first.source().firstAtNs()) + " to "
                        + Times.text(last.source().lastAtNs()));
        plan.troubles().forEach(trouble -> console.err().println("  MISSING: " + Ink.harmless(trouble)));
    }

    /** Also above what the control file knows: that generation may have gone with its folder. */
    private int nextGeneration(BackupShelf shelf, String acd) throws IOException {
        final ControlState.Acd known = ControlFile.read(data).state().acd(acd);
        final List<Integer> generations = shelf.generations(site.site(), acd);
        return new Restore(data, acd)
                .nextGeneration(
                        Math.max(known == null ? 0 : known.generation(), generations.get(generations.size() - 1)));
    }

    private void requireRoom(Map<String, RestorePlan> plans) {
        final long needed =
                plans.values().stream().mapToLong(Restore::needsBytes).sum();
        final long usable = data.toFile().getUsableSpace();
        if (usable < needed) {
            throw Refusal.no(
                    "there is no room: about " + Amounts.bytes(needed) + " are needed, " + data + " has "
                            + Amounts.bytes(usable),
                    "free some space, or restore less with --start and --stop");
        }
    }

    private void requireConsent() {
        if (!yes && !console.agrees("Restore this?")) {
            throw console.person() == null
                    ? Refusal.usage("this changes the site, and there is no terminal to ask at", "add --yes")
                    : Refusal.no("not done", null);
        }
    }

    private Restore.Note carryOut(BackupShelf shelf, String acd, RestorePlan plan) throws IOException {
        final String who = System.getProperty("user.name");
        final Restore.Order order = new Restore.Order(TimeRange.instant(clock.utcNs()), who, reason, Version.current());
        try (Progress progress = new Progress(console, acd, plan.first(), plan.last())) {
            final Restore.Note note =
                    new Restore(data, acd).carryOut(plan, nextGeneration(shelf, acd), order, progress);
            final String done = "restored records " + note.first() + " to " + note.last() + ", " + note.firstAt()
                    + " to " + note.lastAt() + ", as generation " + note.generation();
            audit(acd, Answer.done(done));
            if (!json) {
                tell(note, plan.steps().get(0).source().label(), done);
            }
            return note;
        } catch (IOException | RuntimeException e) {
            audit(acd, Answer.refused("not restored: " + e.getMessage(), null));
            throw e;
        }
    }

    private void audit(String acd, Answer answer) {
        try (AuditFile file = new AuditFile(data.resolve(AuditFile.NAME), clock)) {
            file.append("restore", acd, new Operator(System.getProperty("user.name"), reason), answer);
        }
    }

    private void tell(Restore.Note note, BackupLabel label, String done) {
        final String session = note.acd() + "." + note.generation();
        console.out().println(note.acd() + ": " + done);
        console.out().println("  record " + (note.last() + 1) + " is a mark that says so");
        console.out().println("  servers: their session is called " + session + " from now on");
        console.out()
                .println("    who has all of session " + label.session() + " up to record n, n from "
                        + (note.first() - 1) + " to " + note.last() + ": go on with n + 1, they are the same records");
        console.out().println("    everybody else: log in at 1, and take it for another history");
    }
}
