package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import org.tandemgw.gateway.journal.JournalFiles;

/** Which generation of a journal is meant. */
final class Generations {
    private Generations() {}

    /** The one that was named, else the newest. */
    static int choose(Path data, String acd, Integer named) {
        final List<Integer> generations = JournalFiles.generations(data, acd);
        if (generations.isEmpty()) {
            throw Refusal.no("there is no journal of '" + acd + "' in " + data, "tandem journal ls");
        }
        final int chosen = named == null ? generations.get(generations.size() - 1) : named;
        if (!generations.contains(chosen)) {
            throw Refusal.no(acd + " has no generation " + chosen + "; it has " + generations, null);
        }
        return chosen;
    }
}
