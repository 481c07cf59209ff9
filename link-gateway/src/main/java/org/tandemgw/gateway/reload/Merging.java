package org.tandemgw.gateway.reload;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.tandemgw.gateway.config.SiteConfiguration;

/** The running configuration with those keys of the wanted one that can be changed now. Pure. */
final class Merging {
    private final Predicate<String> now;
    private final Predicate<String> uniform;

    /**
     * @param now whether a key, as a pattern, is changed now
     * @param uniform whether all below it goes the same way
     */
    Merging(Predicate<String> now, Predicate<String> uniform) {
        this.now = now;
        this.uniform = uniform;
    }

    SiteConfiguration of(SiteConfiguration running, SiteConfiguration wanted) {
        return (SiteConfiguration) record(running, wanted, "");
    }

    private Record record(Record running, Record wanted, String pattern) {
        final RecordComponent[] components = running.getClass().getRecordComponents();
        final Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            final Object old = Components.value(running, components[i]);
            final Object next = Components.value(wanted, components[i]);
            values[i] = Outline.isNoKey(running, components[i])
                    ? next
                    : value(old, next, Outline.join(pattern, Outline.key(running, components[i])));
        }
        return Components.made(running, values);
    }

    private Object value(Object running, Object wanted, String pattern) {
        if (uniform.test(pattern)) {
            return now.test(pattern) ? wanted : running;
        }
        if (running instanceof Optional<?> old && wanted instanceof Optional<?> next) {
            return old.isPresent() && next.isPresent()
                    ? Optional.of(value(old.get(), next.get(), pattern))
                    : now.test(pattern) ? wanted : running;
        }
        if (running instanceof List<?> old && wanted instanceof List<?> next) {
            return list(old, next, pattern + "[]");
        }
        if (Outline.isOneValue(running) || running.getClass() != wanted.getClass()) {
            return now.test(pattern) && running.getClass() == wanted.getClass() ? wanted : running;
        }
        return record((Record) running, (Record) wanted, pattern);
    }

    /** Those of the one that decides which there are, each merged with its like in the other. */
    private List<Object> list(List<?> running, List<?> wanted, String pattern) {
        final boolean next = now.test(pattern);
        final List<Object> merged = new ArrayList<>();
        for (final Object each : next ? wanted : running) {
            final Object like = like(each, next ? running : wanted);
            merged.add(like == null ? each : element(next ? like : each, next ? each : like, pattern));
        }
        return merged;
    }

    private Object element(Object running, Object wanted, String pattern) {
        return value(running, wanted, Outline.join(pattern, Outline.form(running)));
    }

    private static Object like(Object element, List<?> others) {
        return others.stream()
                .filter(other -> Objects.equals(Outline.name(other), Outline.name(element)))
                .findFirst()
                .orElse(null);
    }
}
