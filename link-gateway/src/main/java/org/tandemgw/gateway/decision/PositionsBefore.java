package org.tandemgw.gateway.decision;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** Where the trunk switches stood when a decision was opened, and after the newest restart in the middle of it, by its record. Pure. */
public final class PositionsBefore {
    private PositionsBefore() {}

    /** Position of each trunk switch by its name, as shown to people; one that was not known, or did not answer, is not in it. */
    public static Map<String, String> of(DecisionRecord record) {
        final Map<String, String> positions = new LinkedHashMap<>();
        if (record.parts().isEmpty() || record.decision().openedAt() == null) {
            return positions;
        }
        final DecisionRecord.Part first = record.parts().get(0);
        final long openedMs = record.decision().openedAt().toEpochMilli();
        remembered(record.rules(first), first.snapshot(), positions);
        told(first, openedMs, positions);
        return positions;
    }

    /** Where the run that ended it read them last; empty where no run before it was cut off. */
    public static Map<String, String> foundAgain(DecisionRecord record) {
        final Map<String, String> positions = new LinkedHashMap<>();
        if (record.parts().size() < 2 || record.decision().closedAt() == null) {
            return positions;
        }
        told(
                record.parts().get(record.parts().size() - 1),
                record.decision().closedAt().toEpochMilli(),
                positions);
        return positions;
    }

    private static void told(DecisionRecord.Part part, long untilMs, Map<String, String> positions) {
        for (final String line : part.events()) {
            final int blank = line.indexOf(' ');
            try {
                if (Long.parseLong(line.substring(0, Math.max(0, blank))) > untilMs) {
                    break;
                }
                if (EventText.read(line.substring(blank + 1)) instanceof Event.TrunksSeen seen) {
                    seen(seen, positions);
                }
            } catch (IllegalArgumentException e) {
                continue; // of another version
            }
        }
    }

    private static void remembered(SwitchoverRules rules, String snapshot, Map<String, String> positions) {
        try {
            final Switchover machine = Switchover.restore(rules, snapshot);
            rules.switches().forEach(each -> {
                final Event.TrunksSeen seen = machine.trunks(each.name());
                if (seen != null) {
                    seen(seen, positions);
                }
            });
        } catch (RuntimeException e) {
            positions.clear(); // of another version: what the events tell must do
        }
    }

    private static void seen(Event.TrunksSeen seen, Map<String, String> positions) {
        if (seen.reachable() && seen.position() != null) {
            positions.put(seen.name(), seen.position());
        } else {
            positions.remove(seen.name());
        }
    }
}
