package org.tandemgw.abswitch;

import java.util.HashSet;

/** The rules of sending: what is refused before anything goes out. Pure. */
record Gate(SwitchSettings settings) {
    /** Why nothing at all may be sent, or null. */
    String refuseQuery() {
        if (settings.confirmed() == null || settings.confirmed().isBlank()) {
            return "nobody has confirmed that switch " + settings.name() + " is a "
                    + settings.rules().id() + ": compare model and wiring, then set confirmed";
        }
        return null;
    }

    /** Why this order may not be carried out now, or null. */
    String refuse(SelectOrder order, long epochSeen, Moves moves, long nowNs) {
        String refused = refuseQuery();
        if (refused != null) {
            return refused;
        }
        if (settings.monitorOnly()) {
            return "monitor-only: no command is ever sent";
        }
        if (!settings.rules().positions().containsKey(order.position())) {
            return "position " + order.position() + " is none of "
                    + settings.rules().positions().keySet().stream().sorted().toList();
        }
        if (order.cards().isEmpty()
                || new HashSet<>(order.cards()).size() != order.cards().size()) {
            return "cards " + order.cards() + ": none, or one of them twice";
        }
        for (int card : order.cards()) {
            if (!settings.cards().contains(card)) {
                return "card " + card + " is not ours; ours are " + settings.cards();
            }
        }
        if (order.epoch() < epochSeen) {
            return "epoch " + order.epoch() + " is older than " + epochSeen;
        }
        return order.forced() ? null : refuseByPace(order, moves, nowNs);
    }

    private String refuseByPace(SelectOrder order, Moves moves, long nowNs) {
        for (int card : order.cards()) {
            long since = moves.sinceOppositeNs(card, order.position(), nowNs);
            long left = settings.dwell().toNanos() - since;
            if (since >= 0 && left > 0) {
                return "dwell: card " + card + " was ordered the other way " + since / 1_000_000 + " ms ago; wait "
                        + (left / 1_000_000 + 1) + " ms, or force";
            }
            if (order.automatic() && moves.automatic(card, nowNs) >= settings.movesPerHour()) {
                return "moves-per-hour: card " + card + " was moved automatically " + settings.movesPerHour()
                        + " times within the last hour";
            }
        }
        return null;
    }
}
