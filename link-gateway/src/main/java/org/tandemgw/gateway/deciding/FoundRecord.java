package org.tandemgw.gateway.deciding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tandemgw.gateway.switchover.DrillBook;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Holding;
import org.tandemgw.gateway.switchover.Maintenance;
import org.tandemgw.gateway.switchover.Mode;

/**
 * What a start goes on from. Where the control file is lost, or older than what others remember, nobody knows which server is active:
 * then the epoch goes on above everything that was found, and an operator decides. Pure.
 */
final class FoundRecord {
    private FoundRecord() {}

    /**
     * The record to begin with; null: this site has never decided anything.
     *
     * @param kept what the control file says; null: nothing
     * @param forgotten whether the site has run before and its control file does not know it
     * @param trunkEpoch the newest that the trunk switches remember
     * @param found what audit file and decisions say
     */
    static Durable of(Durable kept, boolean forgotten, long trunkEpoch, EpochSearch.Found found, long nowMs) {
        if (forgotten) {
            return holding(
                    Math.max(trunkEpoch, found.epoch()),
                    found.decision(),
                    mode(null, found),
                    maintenance(null, found),
                    DrillBook.EMPTY,
                    "the control file, which knew which server is active, is gone or damaged" + said(null, found),
                    nowMs);
        }
        final long epoch = Math.max(kept == null ? 0 : kept.epoch(), trunkEpoch);
        final long decision = kept == null ? 0 : kept.decision();
        if (found.epoch() > epoch || found.decision() > decision) {
            return holding(
                    Math.max(epoch, found.epoch()),
                    Math.max(decision, found.decision()),
                    mode(kept, found),
                    maintenance(kept, found),
                    drills(kept, nowMs),
                    "the control file is older than the audit file and the records of decisions, which know epoch "
                            + found.epoch() + " and decision " + found.decision() + said(kept, found),
                    nowMs);
        }
        if (kept != null
                && kept.open() != null
                && found.ended().contains(kept.open().decision())) {
            // To finish it once more could give its epoch a second active server.
            return holding(
                    epoch,
                    decision,
                    mode(kept, found),
                    maintenance(kept, found),
                    drills(kept, nowMs),
                    "the control file is older than the audit file: decision "
                            + kept.open().decision() + " is open in one and over in the other"
                            + said(kept, found),
                    nowMs);
        }
        return kept;
    }

    /** The operator's: what the audit file says is newer. Where nobody knows whether he held the site, he did. */
    private static Mode mode(Durable kept, EpochSearch.Found found) {
        if (found.mode() != null) {
            return found.mode();
        }
        if (kept != null) {
            return kept.mode();
        }
        return found.whole() ? null : Mode.HELD;
    }

    /** What the audit file says of a server, or of the site, is newer; of whoever it says nothing, as far as it was read, what is kept counts. */
    private static List<Maintenance> maintenance(Durable kept, EpochSearch.Found found) {
        final Map<String, Maintenance> out = new LinkedHashMap<>();
        if (kept != null) {
            kept.maintenance().forEach(each -> out.put(each.server(), each));
        }
        out.putAll(found.maintenance());
        return out.values().stream().filter(Objects::nonNull).toList();
    }

    /** What is known of them is kept; one under way is over, for nobody knows which server is active. */
    private static DrillBook drills(Durable kept, long nowMs) {
        return kept == null
                ? DrillBook.EMPTY
                : kept.drills().interrupted("Tandem was started again with a control file that is too old", nowMs);
    }

    private static String said(Durable kept, EpochSearch.Found found) {
        if (found.mode() != null) {
            return "; the operator's mode " + found.mode() + " was found in the audit file";
        }
        return kept != null || found.whole()
                ? ""
                : "; which mode the operator had said is not known, so that it counts as held";
    }

    private static Durable holding(
            long epoch,
            long decision,
            Mode mode,
            List<Maintenance> maintenance,
            DrillBook drills,
            String why,
            long nowMs) {
        return new Durable(
                epoch,
                null,
                mode,
                0,
                new Holding(
                        Holding.Kind.RECORD_LOST,
                        why + ": look where the trunks lead and which server is in control",
                        nowMs,
                        null),
                List.of(),
                null,
                decision,
                null,
                null,
                null,
                0,
                maintenance,
                drills);
    }
}
