package org.tandemgw.gateway.reload;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;

/** Reads and makes the records of a configuration, which are public. Pure. */
final class Components {
    private Components() {}

    static Object value(Record of, RecordComponent component) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the configuration was checked, and yet: " + component, e);
        }
    }

    /** One of the same kind with these values. */
    static Record made(Record like, Object[] values) {
        final RecordComponent[] components = like.getClass().getRecordComponents();
        final Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            final Constructor<?> constructor = like.getClass().getDeclaredConstructor(types);
            return (Record) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the configuration was checked, and yet: " + like.getClass(), e);
        }
    }
}
