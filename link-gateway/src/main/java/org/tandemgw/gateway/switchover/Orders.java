package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;

/** Under which epoch each trunk switch was ordered last since the start: a picture from before that says nothing any more. */
final class Orders {
    private final List<Order> all = new ArrayList<>();

    /** One switch; {@code before} is the order that counts again if this one was never sent. */
    record Order(String name, long epoch, long before) {}

    /** All of them are ordered under this epoch. */
    void give(List<SwitchRules> switches, long epoch) {
        final List<Order> given = switches.stream()
                .map(each -> new Order(each.name(), epoch, before(each.name(), epoch)))
                .toList();
        all.clear();
        all.addAll(given);
    }

    private long before(String name, long epoch) {
        for (final Order each : all) {
            if (each.name.equals(name)) {
                return each.epoch == epoch ? each.before : each.epoch;
            }
        }
        return 0;
    }

    /** Nothing was sent to this one. */
    void unsent(String name) {
        all.replaceAll(each -> each.name.equals(name) ? new Order(name, each.before, each.before) : each);
    }

    /** Nothing was sent to any of them. */
    void unsent() {
        all.replaceAll(each -> new Order(each.name, each.before, each.before));
    }

    /** Whether it shows where a switch led before its last order; what was moved without us counts whenever it is told. */
    boolean old(Event.TrunksSeen seen) {
        if (seen.movedWithoutUs()) {
            return false;
        }
        for (final Order each : all) {
            if (each.name.equals(seen.name())) {
                return seen.epoch() < each.epoch;
            }
        }
        return false;
    }

    List<Order> memory() {
        return List.copyOf(all);
    }

    void recall(List<Order> memory) {
        all.addAll(memory);
    }
}
