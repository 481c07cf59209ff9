package org.tandemgw.gateway.decision;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** Decides again, from a record alone: no site, no clock, no network. Any thread. */
public final class Replay {
    /**
     * What came of it.
     *
     * @param same true if the same was decided, as far as the record reaches
     * @param text one sentence
     * @param difference the first one: where, what was recorded, what was decided now; null if there is none
     * @param events how many events the machine was told
     * @param notKept how many the record lacks: then only the beginning was decided again
     */
    public record Result(boolean same, String text, String difference, long events, long notKept) {}

    private final DecisionRecord record;
    private Decision opened;
    private Decision closed;
    private long events;
    private long notKept;

    private Replay(DecisionRecord record) {
        this.record = record;
    }

    /** With the code that is here. */
    public static Result of(DecisionRecord record) {
        return new Replay(record).run();
    }

    private Result run() {
        if (record.parts().isEmpty()) {
            return result(false, "cannot be replayed: the record has no events", null);
        }
        for (final DecisionRecord.Part part : record.parts()) {
            try {
                tell(record.rules(part), part);
            } catch (RuntimeException e) {
                return result(
                        false,
                        "cannot be replayed: event " + (events + 1) + " cannot be told to this version: "
                                + e.getMessage(),
                        null);
            }
        }
        String difference = record.opened() == null ? null : difference(record.opened(), opened, "opened");
        if (difference == null && record.isOver() && notKept == 0) {
            difference = difference(record.decision(), closed, "decision");
        }
        if (difference != null) {
            return result(false, "another verdict", difference);
        }
        return result(true, "same verdict: " + verdict() + reach(), null);
    }

    private String verdict() {
        final Decision last = closed != null ? closed : opened;
        return last == null || last.outcome() == null
                ? "it begins"
                : last.outcome().toString();
    }

    private String reach() {
        if (notKept > 0) {
            return "; its beginning only: " + notKept + " events of it were not kept";
        }
        return record.isOver() ? "" : "; it is not over in this record";
    }

    private Result result(boolean same, String text, String difference) {
        return new Result(same, text, difference, events, notKept);
    }

    private void tell(SwitchoverRules rules, DecisionRecord.Part part) {
        final Switchover machine = Switchover.restore(rules, part.snapshot());
        for (final String line : part.events()) {
            final int blank = line.indexOf(' ');
            if (blank < 0) {
                throw new IllegalArgumentException("no time in '" + line + "'");
            }
            machine.on(EventText.read(line.substring(blank + 1)), Long.parseLong(line.substring(0, blank)))
                    .forEach(this::hear);
            events++;
        }
        notKept += part.notKept();
    }

    private void hear(Action action) {
        if (action instanceof Action.Opened each && each.decision().decision() == record.number()) {
            opened = each.decision();
        } else if (action instanceof Action.Closed each && each.decision().decision() == record.number()) {
            closed = each.decision();
        }
    }

    /** Null if there is none. Compared as it is written: what a file cannot hold is no difference. */
    private static String difference(Decision recorded, Decision now, String where) {
        if (now == null) {
            return where + ": recorded, and not decided now";
        }
        return JsonRecords.write(recorded).equals(JsonRecords.write(now)) ? null : first(recorded, now, where);
    }

    private static String first(Object recorded, Object now, String where) {
        if (recorded instanceof Record one && now instanceof Record other && one.getClass() == other.getClass()) {
            for (final RecordComponent component : one.getClass().getRecordComponents()) {
                final String found =
                        first(value(component, one), value(component, other), where + "." + component.getName());
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        if (recorded instanceof List<?> ones && now instanceof List<?> others) {
            for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
                final String found = first(ones.get(i), others.get(i), where + "[" + i + "]");
                if (found != null) {
                    return found;
                }
            }
            return ones.size() == others.size()
                    ? null
                    : where + ": recorded " + ones.size() + " of them, now " + others.size();
        }
        return String.valueOf(recorded).equals(String.valueOf(now))
                ? null
                : where + ": recorded " + recorded + ", now " + now;
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
