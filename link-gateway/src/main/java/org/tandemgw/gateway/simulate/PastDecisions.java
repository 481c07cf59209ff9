package org.tandemgw.gateway.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.tandemgw.gateway.control.AuditTrail;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.DecisionRecord;
import org.tandemgw.gateway.switchover.Decision;

/** What was really decided, as the records of a data folder have it. */
final class PastDecisions {
    private static final int MOST = 1_000;
    private static final int MOST_LINES = 10_000;
    private static final int MOST_ASKED = 50;

    private PastDecisions() {}

    /** The oldest first; what cannot be read is left out, as {@code why --list} tells. */
    static List<HindsightReport.Really> within(Path data, long fromMs, long toMs) throws IOException {
        return new DecisionLog(data)
                .newest(MOST).records().stream()
                        .map(DecisionRecord::decision)
                        .filter(each -> each.openedAt() != null
                                && each.openedAt().toEpochMilli() >= fromMs
                                && each.openedAt().toEpochMilli() <= toMs)
                        .sorted(Comparator.comparingLong(Decision::decision))
                        .map(PastDecisions::of)
                        .toList();
    }

    /** What was asked of Tandem, the newest of it; who moved what stands among the decisions. */
    static List<HindsightReport.Asked> asked(Path data, long fromMs, long toMs) throws IOException {
        final List<HindsightReport.Asked> all = new AuditTrail(data)
                .last(MOST_LINES).stream()
                        .map(AuditTrail::parsed)
                        .filter(each -> each != null && each.at() != null && each.action() != null)
                        .filter(each -> each.at().toEpochMilli() >= fromMs
                                && each.at().toEpochMilli() <= toMs
                                && !each.action().startsWith("switchover")
                                && !each.action().startsWith("trunk command"))
                        .map(each -> new HindsightReport.Asked(
                                each.at(), each.who(), each.action(), each.object(), each.reason(), each.ok()))
                        .toList();
        return all.subList(Math.max(0, all.size() - MOST_ASKED), all.size());
    }

    private static HindsightReport.Really of(Decision each) {
        return new HindsightReport.Really(
                each.decision(),
                each.openedAt(),
                each.from(),
                each.to(),
                String.valueOf(each.trigger()),
                each.who(),
                each.outcome() == null ? "no end" : each.outcome().toString(),
                each.reason());
    }
}
