package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.profiles.yaml.ScalarPlace;

/**
 * The two servers exchange their roles for a planned outage: the file is copied, its {@code switchover.initial} changed, the switchover made as any other,
 * and all of it looked at afterwards. If the switchover fails, the file is put back. Each step is told as it is done.
 */
final class RoleReversal {
    static final String[] INITIAL = {"switchover", "initial"};
    private static final int LOOKS = 100;
    private static final int LOOK_EVERY_MS = 100;

    /** One thing that was done. */
    record Step(String step, boolean ok, String said) {}

    /** How it ended. */
    record Done(
            boolean ok,
            String message,
            String remedy,
            String from,
            String to,
            String file,
            String backup,
            Long decision,
            List<Step> steps) {
        Done {
            steps = List.copyOf(steps);
        }
    }

    private final FileInPlace file;
    private final Path data;
    private final SwitchSite site;
    private final String from;
    private final String to;
    private final String reason;
    private final Consumer<Step> told;
    private final List<Step> steps = new ArrayList<>();
    private ReversalNote note;
    private Long decision;
    private boolean fileChanged;

    /** @param note what an interrupted one has left; null: it begins */
    RoleReversal(
            FileInPlace file,
            Path data,
            SwitchSite site,
            String from,
            String to,
            String reason,
            ReversalNote note,
            Consumer<Step> told) {
        this.file = file;
        this.data = data;
        this.site = site;
        this.from = from;
        this.to = to;
        this.reason = reason;
        this.note = note;
        this.told = told;
    }

    /** Does all that is left to be done. */
    Done run() {
        try {
            changeFile();
        } catch (IOException e) {
            return over(
                    false,
                    (fileChanged
                                    ? "the file says initial: " + to + ", which may not survive a power loss, and"
                                    : "the file could not be changed,")
                            + " nothing was switched: " + FileInPlace.words(e),
                    "may you write  " + file.path() + "  (lsattr: no i),  "
                            + file.path().getParent() + "  and  " + data + "?  then the same again");
        }
        if (!to.equals(site.running().status().active())) {
            final Done failed = switchOver();
            if (failed != null) {
                return failed;
            }
        }
        return verified();
    }

    private void changeFile() throws IOException {
        final String text = file.read();
        final ScalarPlace initial =
                ScalarPlace.find(text, INITIAL).orElseThrow(() -> new IOException("initial is gone"));
        final boolean begun = note == null;
        if (begun) {
            final boolean same = initial.value().equals(to);
            final Instant now = Instant.now();
            final Path backup = same ? null : file.backUp(now);
            note = new ReversalNote(to, initial.value(), backup == null ? null : backup.toString(), now);
            try {
                note.write(data);
            } catch (IOException e) {
                forget(true);
                throw e;
            }
            if (backup != null) {
                tell("backup", true, backup.toString());
            }
        }
        if (initial.value().equals(to)) {
            tell("file", true, "initial is " + to + " already");
            return;
        }
        final String changed = initial.replaced(text, to);
        try {
            replace(text, changed);
        } catch (IOException e) {
            fileChanged = file.read().equals(changed);
            forget(begun && !fileChanged);
            throw e;
        }
        tell("file", true, "initial: " + initial.value() + " -> " + to);
    }

    private void replace(String before, String after) throws IOException {
        final Path draft = file.draft(after);
        requireGood(draft);
        if (!file.read().equals(before)) {
            Files.deleteIfExists(draft);
            throw new IOException("somebody else is changing it");
        }
        file.take(draft);
    }

    /** Nothing was changed: what this run has left beside the file is of no use. */
    private void forget(boolean begun) {
        if (!begun) {
            return; // an earlier run's, which may have switched
        }
        try {
            ReversalNote.remove(data);
            if (note.backup() != null) {
                Files.deleteIfExists(Path.of(note.backup()));
            }
            note = null;
        } catch (IOException e) {
            tell("left behind", false, FileInPlace.words(e));
        }
    }

    private static void requireGood(Path draft) throws IOException {
        final ConfigurationFile.Result read = ConfigurationFile.read(draft);
        if (read.configuration().isEmpty()) {
            final String why = read.problems().errors().get(0).oneLine();
            Files.deleteIfExists(draft);
            throw new IOException("it would not be a good configuration: " + why);
        }
    }

    /** Null: it succeeded. */
    private Done switchOver() {
        final SwitchAnswer answer;
        try {
            answer = site.move("/v1/switch/" + to, "roles reverse: " + reason, each -> {
                if (each.decision() != null) {
                    decision = each.decision().decision();
                }
            });
        } catch (Refusal e) {
            tell("switch", false, e.getMessage());
            return over(
                    false,
                    "nobody knows yet what became of the switchover: " + e.getMessage() + "; the file says initial: "
                            + to,
                    "tandem status; then  tandem roles reverse " + to + " --reason …  goes on with it");
        }
        final boolean switched = answer.decision() != null && answer.decision().outcome() == Outcome.SWITCHED;
        tell("switch", switched, answer.message());
        if (switched) {
            return null;
        }
        final String remedy = (decision == null || decision == 0 ? "" : "tandem why " + decision + "; then ")
                + (answer.remedy() == null ? "tandem why-not" : answer.remedy());
        final String back = putBack();
        return over(false, to + " is not active: " + answer.message() + "; " + back, remedy);
    }

    /** In words. */
    private String putBack() {
        try {
            final String text = file.read();
            final ScalarPlace initial = ScalarPlace.find(text, INITIAL).orElse(null);
            if (initial != null
                    && initial.value().equals(to)
                    && !note.initialBefore().equals(to)) {
                file.take(file.draft(initial.replaced(text, note.initialBefore())));
                tell("file put back", true, "initial: " + to + " -> " + note.initialBefore());
            }
            ReversalNote.remove(data);
            return "the file says initial: " + note.initialBefore() + " as before";
        } catch (IOException e) {
            tell("file put back", false, e.toString());
            return "the file could NOT be put back and says initial: " + to + " (" + e + ")"
                    + (note.backup() == null ? "" : "; as it was: " + note.backup());
        }
    }

    private Done verified() {
        final ConfigurationFile.Result read = ConfigurationFile.read(file.path());
        final boolean good = read.configuration()
                .map(each -> each.switchover().initial().filter(to::equals).isPresent())
                .orElse(false);
        tell("check file", good, good ? "good, initial is " + to : "it is not good, or says another initial");
        String why = wrong(site.running().status());
        for (int i = 0; i < LOOKS && why != null; i++) {
            pause();
            why = wrong(site.running().status());
        }
        tell("check site", why == null, why == null ? to + " is active, and every trunk leads to it" : why);
        if (!good || why != null) {
            return over(
                    false,
                    "not as it should be: " + (good ? why : "the file"),
                    "tandem status; tandem check " + file.path());
        }
        try {
            ReversalNote.remove(data);
        } catch (IOException e) {
            return over(
                    false,
                    "done, but the note of it cannot be removed: " + e,
                    "remove  roles-reverse.json  in  " + data);
        }
        return over(true, to + " is active and initial, " + from + " is the other one", null);
    }

    /** Null: nothing is. */
    private String wrong(GatewayStatus now) {
        if (!to.equals(now.active())) {
            return "active is " + now.active();
        }
        return now.switches().stream()
                .filter(each -> !to.equals(each.leadsTo()))
                .findFirst()
                .map(each -> each.name() + " is at " + each.position())
                .orElse(null);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String step, boolean ok, String said) {
        final Step done = new Step(step, ok, said);
        steps.add(done);
        told.accept(done);
    }

    private Done over(boolean ok, String message, String remedy) {
        return new Done(
                ok,
                message,
                remedy,
                from,
                to,
                file.path().toString(),
                note == null ? null : note.backup(),
                decision,
                steps);
    }
}
