package org.tandemgw.gateway.space;

import java.util.List;
import java.util.Objects;
import org.tandemgw.gateway.space.Deletion.Lost;
import org.tandemgw.gateway.space.Deletion.Why;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.gateway.space.SpaceFacts.Journal;

/** Who misses what. Pure. */
public final class Missing {
    private Missing() {}

    /**
     * What is already lost to a server: it has everything up to {@code hold}, and the oldest that is kept is not the next.
     *
     * @return null if nothing is
     */
    public static Lost lost(Holder holder, long oldest) {
        return holder.hold() >= 0 && holder.hold() < oldest - 1
                ? new Lost(holder.server(), holder.hold() + 1, oldest - 1)
                : null;
    }

    /** What each server would lose with a file that goes. */
    static List<Lost> lostWith(Journal journal, File file) {
        return journal.holders().stream()
                .filter(holder -> holder.misses(file))
                .map(holder -> new Lost(holder.server(), Math.max(file.first(), holder.hold() + 1), file.last()))
                .toList();
    }

    static boolean nobody(Journal journal, File file) {
        return journal.holders().stream().noneMatch(holder -> holder.misses(file));
    }

    static boolean somebodyConnected(Journal journal, File file) {
        return journal.holders().stream().anyMatch(holder -> holder.misses(file) && holder.connected());
    }

    /** Below {@code min-free}: as what a file would go. */
    static Why kind(Journal journal, File file, String active) {
        if (!journal.live()) {
            return Why.NOBODY_READS_IT;
        }
        if (nobody(journal, file)) {
            return Why.BOTH_HAVE_IT;
        }
        final boolean harmless = journal.holders().stream()
                .filter(holder -> holder.misses(file))
                .noneMatch(holder -> mayBeActive(holder, journal.holders(), active));
        return harmless ? Why.ONLY_NON_ACTIVE_MISSES : Why.BOTH_MISS;
    }

    /**
     * While it is not known who is in control, it is not the one that is away while the other is here, else not the one that
     * is further behind.
     */
    private static boolean mayBeActive(Holder holder, List<Holder> all, String active) {
        if (holder.session()) {
            return false;
        }
        if (active != null) {
            return Objects.equals(holder.server(), active);
        }
        return all.stream()
                .filter(other -> !other.session() && !other.server().equals(holder.server()))
                .noneMatch(other ->
                        other.connected() == holder.connected() ? other.hold() > holder.hold() : other.connected());
    }
}
