package org.tandemgw.gateway.reload;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.reload.Keys.Order;
import org.tandemgw.gateway.reload.Keys.Value;

/**
 * What a changed file means for a running site: every key that differs, when each takes effect, and the configuration that is in force once those that can be
 * changed now are. Pure.
 *
 * <p>Where an ACD, a server or a trunk switch comes, goes or is renamed, everything that may name one waits with it: half of such a change would be a
 * configuration that nobody has written.
 */
public final class ReloadPlan {
    private static final Pattern NAMES_CHANGE =
            Pattern.compile("(acds|servers|switches)\\[\\]|servers\\[\\]\\.feeds\\[\\].*|"
                    + Pattern.quote(KeyTable.SWITCHOVER_SECTION));
    private static final Pattern NAMES_USED =
            Pattern.compile("(acds|servers|observers|switches|network|switchover|time-zone)\\b.*");

    private final Keys running;
    private final Keys wanted;
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final Map<String, String> patterns = new LinkedHashMap<>();
    private final SiteConfiguration inForce;

    private ReloadPlan(SiteConfiguration running, SiteConfiguration wanted) {
        this.running = Keys.of(running);
        this.wanted = Keys.of(wanted);
        final Set<String> keys = new LinkedHashSet<>(this.wanted.values().keySet());
        keys.addAll(this.running.values().keySet());
        keys.forEach(this::compare);
        final String names = namesChange();
        if (names != null) {
            changes.replaceAll((key, change) -> waiting(change, names));
        }
        inForce = new Merging(
                        pattern -> KeyTable.row(pattern).how() == How.NOW
                                && (names == null
                                        || !NAMES_USED.matcher(pattern).matches()),
                        KeyTable::isUniform)
                .of(running, wanted);
    }

    /** From what runs to what the file says. */
    public static ReloadPlan of(SiteConfiguration running, SiteConfiguration wanted) {
        return new ReloadPlan(running, wanted);
    }

    /** Every key that differs, in the order of the file. */
    public List<Change> changes() {
        return List.copyOf(changes.values());
    }

    /** Those that take effect with the reload. */
    public List<Change> now() {
        return changes.values().stream().filter(Change::isNow).toList();
    }

    /** Those that wait for the next start. */
    public List<Change> waiting() {
        return changes.values().stream().filter(each -> !each.isNow()).toList();
    }

    /** The configuration once the reload is done: of keys that wait it has what runs. */
    public SiteConfiguration inForce() {
        return inForce;
    }

    private void compare(String key) {
        final Value old = running.values().get(key);
        final Value next = wanted.values().get(key);
        final String whole = onlyOnOneSide(key);
        if (whole != null) {
            final boolean added = wanted.elements().containsKey(whole);
            note(
                    whole,
                    (added ? wanted : running).elements().get(whole),
                    added ? null : "there",
                    added ? "there" : null);
        } else if (old != null && old.real() instanceof Order || next != null && next.real() instanceof Order) {
            order(key, old, next);
        } else if (old == null || next == null || !Objects.equals(old.real(), next.real())) {
            final String shown = next == null ? null : next.shown();
            final boolean alike = old != null && old.shown().equals(shown);
            note(
                    key,
                    (next == null ? old : next).pattern(),
                    old == null ? null : old.shown(),
                    alike ? shown + ", which is another now" : shown);
        }
    }

    /** What is in both lists, in another order; what is in one of them alone is told by itself. */
    private void order(String key, Value old, Value next) {
        if (old != null
                && next != null
                && old.real() instanceof Order before
                && next.real() instanceof Order after
                && !before.equals(after)
                && new HashSet<>(before.names()).equals(new HashSet<>(after.names()))) {
            note(key, next.pattern(), old.shown(), next.shown());
        }
    }

    /** The outermost thing around this key that is in one of the two configurations only; null: there is none. */
    private String onlyOnOneSide(String key) {
        for (int dot = key.indexOf('.'); ; dot = key.indexOf('.', dot + 1)) {
            final String part = dot < 0 ? key : key.substring(0, dot);
            if (running.elements().containsKey(part) != wanted.elements().containsKey(part)) {
                return part;
            }
            if (dot < 0) {
                return null;
            }
        }
    }

    private void note(String key, String pattern, String old, String next) {
        final KeyTable.Row row = KeyTable.row(pattern);
        changes.put(key, new Change(key, old, next, row.how().toString(), row.why()));
        patterns.put(key, pattern);
    }

    /** The first of what comes, goes or is renamed so that others wait with it; null: nothing does. */
    private String namesChange() {
        return changes.values().stream()
                .filter(each -> !each.isNow()
                        && (each.old() == null || each.new_() == null)
                        && NAMES_CHANGE.matcher(patterns.get(each.key())).matches())
                .map(Change::key)
                .findFirst()
                .orElse(null);
    }

    private Change waiting(Change change, String names) {
        return change.isNow() && NAMES_USED.matcher(patterns.get(change.key())).matches()
                ? new Change(change.key(), change.old(), change.new_(), How.RESTART.toString(), "it goes with " + names)
                : change;
    }
}
