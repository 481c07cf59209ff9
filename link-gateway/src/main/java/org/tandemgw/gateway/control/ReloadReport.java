package org.tandemgw.gateway.control;

import java.util.List;
import org.tandemgw.gateway.reload.Change;

/**
 * What became of a reload, or would. Component names are the keys of JSON.
 *
 * @param ok whether what can change did, or would
 * @param message one sentence
 * @param remedy what to do next; null: nothing
 * @param request to be asked for again until {@code done}; null: there is none
 * @param done whether it is over
 * @param dryRun whether nothing was done
 * @param file the file that was read
 * @param digest of what was read, as {@code sha256sum} prints it; null: nothing was
 * @param changes every key that differs from what ran
 * @param problems why the file is refused, one line each
 * @param notes what else follows
 */
public record ReloadReport(
        boolean ok,
        String message,
        String remedy,
        Long request,
        boolean done,
        boolean dryRun,
        String file,
        String digest,
        List<Change> changes,
        List<String> problems,
        List<String> notes)
        implements Told {
    /** Copies the lists. */
    public ReloadReport {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** Nothing has changed. */
    public static ReloadReport refused(String file, String message, String remedy) {
        return new ReloadReport(false, message, remedy, null, true, false, file, null, List.of(), List.of(), List.of());
    }

    /** The same under a number. */
    public ReloadReport as(long number) {
        return new ReloadReport(ok, message, remedy, number, done, dryRun, file, digest, changes, problems, notes);
    }
}
