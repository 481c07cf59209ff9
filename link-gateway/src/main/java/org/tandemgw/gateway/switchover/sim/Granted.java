package org.tandemgw.gateway.switchover.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.Wish;

/** What operators asked for and were granted, and so what is in effect: the mode, and what is out for maintenance. */
final class Granted {
    /** The whole site, among what is out. */
    static final String SITE = "";

    private final Map<Long, Wish> asked = new HashMap<>();
    private final Set<String> out = new HashSet<>();
    private Mode mode;
    private String checkedHash;
    private boolean withForce;

    void began(Durable state) {
        mode = state.mode();
        checkedHash = state.checkedHash();
        out.clear();
        out.addAll(names(state));
    }

    void killed() {
        asked.clear();
    }

    void asked(long request, Wish wish) {
        asked.put(request, wish);
    }

    /** Whether the operator who asked last for a switch used force. */
    boolean withForce() {
        return withForce;
    }

    void hears(Event event) {
        if (event instanceof Event.Asked request && request.wish() instanceof Wish.Switch wish) {
            withForce = wish.force();
        }
    }

    /** The wish that this is the answer to; null: nobody waits for one. */
    Wish answered(long request) {
        return asked.remove(request);
    }

    void granted(Wish wish) {
        if (wish instanceof Wish.SetMode set) {
            mode = set.mode();
        } else if (wish instanceof Wish.LiveChecked checked) {
            checkedHash = checked.hash();
        } else if (wish instanceof Wish.Maintain maintain && !maintain.dryRun()) {
            maintain(maintain, out);
        }
    }

    /** Whoever is in control is not out. */
    void wrote(Durable state) {
        out.remove(state.active());
    }

    /** What this wish makes of what is out. */
    static void maintain(Wish.Maintain wish, Set<String> out) {
        String what = Objects.requireNonNullElse(wish.server(), SITE);
        if (wish.on()) {
            out.add(what);
        } else {
            out.remove(what);
        }
    }

    /** What is out by what is kept. */
    static Set<String> names(Durable state) {
        Set<String> names = new HashSet<>();
        state.maintenance().forEach(each -> names.add(Objects.requireNonNullElse(each.server(), SITE)));
        return names;
    }

    boolean isOut(String server) {
        return out.contains(server);
    }

    boolean suspended() {
        return out.contains(SITE);
    }

    Set<String> out() {
        return out;
    }

    /** The mode in effect under these rules. */
    Mode mode(SwitchoverRules rules) {
        Mode operator = mode == null ? rules.mode() : mode;
        Mode careful = operator.compareTo(rules.mode()) < 0 ? operator : rules.mode();
        boolean manual = suspended() || !rules.configHash().equals(checkedHash);
        return careful == Mode.AUTO && manual ? Mode.MANUAL : careful;
    }
}
