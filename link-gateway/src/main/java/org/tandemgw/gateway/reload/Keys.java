package org.tandemgw.gateway.reload;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchoverConfig;

/** Every value of a configuration under its key, in the order of the file. Pure. */
final class Keys {
    /**
     * One value.
     *
     * @param pattern its key with {@code []} in place of names
     * @param real what is compared; may be secret
     */
    record Value(String pattern, String shown, Object real) {}

    /** The names of what is in a list, in its order: what is in it stands under keys of its own. */
    record Order(List<String> names) {}

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, String> elements = new LinkedHashMap<>();

    private Keys() {}

    static Keys of(SiteConfiguration site) {
        final Keys keys = new Keys();
        keys.record(site, "", "");
        return keys;
    }

    /** By key. */
    Map<String, Value> values() {
        return values;
    }

    /** What is there or not as a whole: elements of lists, and sections. Its key, and its pattern. */
    Map<String, String> elements() {
        return elements;
    }

    private void record(Record of, String path, String pattern) {
        if (of instanceof SwitchoverConfig switchover && switchover.configured()) {
            elements.put(path, KeyTable.SWITCHOVER_SECTION);
        }
        for (final RecordComponent component : of.getClass().getRecordComponents()) {
            if (!Outline.isNoKey(of, component) && !component.getName().equals("configured")) {
                final String key = Outline.key(of, component);
                final Object value = Components.value(of, component);
                final Object inner = value instanceof Optional<?> optional ? optional.orElse(null) : value;
                if (value instanceof Optional<?> && inner != null && !Outline.isOneValue(inner) && !key.isEmpty()) {
                    elements.put(Outline.join(path, key), Outline.join(pattern, key));
                }
                if (inner != null) {
                    value(inner, Outline.join(path, key), Outline.join(pattern, key));
                }
            }
        }
    }

    private void value(Object value, String path, String pattern) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                final String word = key instanceof Enum<?> named ? Outline.word(named) : key.toString();
                value(inner, Outline.join(path, word), Outline.join(pattern, key instanceof Enum<?> ? word : "*"));
            });
        } else if (value instanceof List<?> list && list.stream().anyMatch(each -> !Outline.isOneValue(each))) {
            list(list, path, pattern);
        } else if (Outline.isOneValue(value)) {
            values.put(path, new Value(pattern, Shown.of(pattern, value), Shown.compared(value)));
        } else {
            record((Record) value, path, pattern);
        }
    }

    private void list(List<?> list, String path, String pattern) {
        final List<String> names = new ArrayList<>();
        for (final Object each : list) {
            final String given = Outline.name(each);
            final String name = given == null ? Integer.toString(names.size() + 1) : given;
            names.add(name);
            final String form = Outline.form(each);
            final String key = Outline.join(path, name);
            elements.put(key, pattern + "[]");
            elements.put(Outline.join(key, form), Outline.join(pattern + "[]", form));
            value(each, Outline.join(key, form), Outline.join(pattern + "[]", form));
        }
        values.put(path, new Value(pattern, String.join(", ", names), new Order(List.copyOf(names))));
    }
}
