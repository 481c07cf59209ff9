package org.tandemgw.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records as JSON objects and reads them back. Component names are the keys, in their order; one trailing underscore (of a name that Java
 * keeps to itself) is left out. Enums are their {@code toString()}, instants ISO 8601, null is written. Unknown keys are skipped and missing
 * ones are null or 0, so that two versions understand each other. Any thread.
 */
public final class JsonRecords {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Looked up once per type: reflection copies what it is asked for each time. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private JsonRecords() {}

    /** A record, or a list of records, on one line. */
    public static String write(Object value) {
        final StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /**
     * Reads one object.
     *
     * @throws JsonFormatException if the text is not such an object
     */
    public static <T extends Record> T read(String text, Class<T> type) {
        return type.cast(readAny(text, type));
    }

    /**
     * Reads an array of objects.
     *
     * @throws JsonFormatException if the text is not such an array
     */
    public static <T extends Record> List<T> readList(String text, Class<T> type) {
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            return readList(json, type).stream().map(type::cast).toList();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static Object readAny(String text, Class<?> type) {
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            final Object value = read(json, type);
            if (value == null || json.nextToken() != null) {
                throw new JsonFormatException("one JSON object was expected");
            }
            return value;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static JsonFormatException malformed(IOException e) {
        return new JsonFormatException(
                e instanceof StreamReadException bad ? "not JSON: " + bad.getOriginalMessage() : e.getMessage());
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (final Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Record record) {
            json.writeStartObject();
            final Shape shape = SHAPES.get(record.getClass());
            for (int i = 0; i < shape.keys.length; i++) {
                json.writeFieldName(shape.keys[i]);
                write(json, value(record, shape.accessors[i]));
            }
            json.writeEndObject();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.toString());
        }
    }

    private static Object read(JsonParser json, Type type) throws IOException {
        final JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof ParameterizedType list) {
            return readList(json, (Class<?>) list.getActualTypeArguments()[0]);
        }
        final Class<?> wanted = (Class<?>) type;
        if (wanted.isRecord()) {
            return readRecord(json, wanted);
        }
        if (token == null || !token.isScalarValue()) {
            throw new JsonFormatException("a " + wanted.getSimpleName() + " was expected, not " + token);
        }
        return scalar(json, wanted);
    }

    private static List<Object> readList(JsonParser json, Class<?> element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new JsonFormatException("an array was expected, not " + json.currentToken());
        }
        final List<Object> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(read(json, element));
        }
        return values;
    }

    private static Object readRecord(JsonParser json, Class<?> type) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonFormatException("an object was expected, not " + json.currentToken());
        }
        final Shape shape = SHAPES.get(type);
        final Object[] values = new Object[shape.keys.length];
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final int at = shape.indexOf(json.currentName());
            json.nextToken();
            if (at < 0) {
                json.skipChildren();
            } else {
                values[at] = read(json, shape.generics[at]);
            }
        }
        return construct(type, shape, values);
    }

    private static Object construct(Class<?> type, Shape shape, Object[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] != null ? values[i] : absent(shape.types[i]);
        }
        try {
            return shape.constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new JsonFormatException("not a " + type.getSimpleName() + ": " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object absent(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == double.class) {
            return 0.0;
        }
        return type == long.class ? (Object) 0L : type == List.class ? List.of() : null;
    }

    private static Object scalar(JsonParser json, Class<?> wanted) throws IOException {
        if (wanted == String.class) {
            return json.getText();
        }
        if (wanted == long.class || wanted == Long.class) {
            return json.getLongValue();
        }
        if (wanted == int.class || wanted == Integer.class) {
            return json.getIntValue();
        }
        if (wanted == double.class || wanted == Double.class) {
            return json.getDoubleValue();
        }
        if (wanted == boolean.class) {
            return json.getBooleanValue();
        }
        if (wanted == Instant.class) {
            return instant(json.getText());
        }
        for (final Object constant : wanted.getEnumConstants()) {
            if (constant.toString().equals(json.getText())) {
                return constant;
            }
        }
        throw new JsonFormatException("'" + json.getText() + "' is no " + wanted.getSimpleName());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new JsonFormatException("'" + text + "' is no time");
        }
    }

    private static Object value(Record record, Method accessor) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What there is to know of a type of record. */
    private record Shape(
            String[] keys, Method[] accessors, Class<?>[] types, Type[] generics, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            final RecordComponent[] components = type.getRecordComponents();
            final Class<?>[] types = new Class<?>[components.length];
            final String[] keys = new String[components.length];
            final Method[] accessors = new Method[components.length];
            final Type[] generics = new Type[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                keys[i] = key(components[i].getName());
                generics[i] = components[i].getGenericType();
                accessors[i] = components[i].getAccessor();
                accessors[i].setAccessible(true);
            }
            try {
                final Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new Shape(keys, accessors, types, generics, constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String key(String name) {
            return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
        }

        int indexOf(String key) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i].equals(key)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
