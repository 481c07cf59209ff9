package org.tandemgw.gateway.switchover;

import java.util.List;

/**
 * What the last step wanted done, in case that what it wanted kept cannot be written: exactly one of the components is there.
 */
record Pending(
        Action.Demote demote,
        Action.Select select,
        Action.Promote promote,
        Action.LookNow look,
        Action.Hook hook,
        Action.Answer answer,
        Action.Drilled drilled,
        Action.Returned returned,
        Action.Opened opened,
        Action.Closed closed) {
    static List<Pending> of(List<Action> actions) {
        return actions.stream().map(Pending::of).toList();
    }

    private static Pending of(Action action) {
        return new Pending(
                action instanceof Action.Demote each ? each : null,
                action instanceof Action.Select each ? each : null,
                action instanceof Action.Promote each ? each : null,
                action instanceof Action.LookNow each ? each : null,
                action instanceof Action.Hook each ? each : null,
                action instanceof Action.Answer each ? each : null,
                action instanceof Action.Drilled each ? each : null,
                action instanceof Action.Returned each ? each : null,
                action instanceof Action.Opened each ? each : null,
                action instanceof Action.Closed each ? each : null);
    }

    Action action() {
        if (demote != null) {
            return demote;
        }
        if (select != null) {
            return select;
        }
        if (promote != null) {
            return promote;
        }
        if (look != null) {
            return look;
        }
        if (hook != null) {
            return hook;
        }
        if (answer != null) {
            return answer;
        }
        if (drilled != null) {
            return drilled;
        }
        if (returned != null) {
            return returned;
        }
        return opened != null ? opened : closed;
    }
}
