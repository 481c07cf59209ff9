package org.tandemgw.profiles.yaml;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of value that a key can have, each read through {@link #value}. */
abstract class TypedValues {

    /**
     * Reads a value in a way of the caller's own.
     *
     * @param key the key
     * @param def the value when there is none, or null
     * @param parse from text to value; an IllegalArgumentException's message says what is wrong
     * @param remedy what to write instead
     * @param <T> the type of the value
     * @return the value, or {@code def}
     */
    public abstract <T> T value(String key, T def, Function<String, T> parse, String remedy);

    /**
     * A text.
     *
     * @param key the key
     * @param def the value when there is none, or null
     * @return the text, or {@code def}
     */
    public String text(String key, String def) {
        return value(key, def, Function.identity(), "write one text, in quotes if it holds special characters");
    }

    /**
     * A text of a certain form.
     *
     * @param key the key
     * @param def the value when there is none, or null
     * @param form what it must match as a whole
     * @param remedy the form in words
     * @return the text, or {@code def}
     */
    public String text(String key, String def, Pattern form, String remedy) {
        return value(
                key,
                def,
                text -> {
                    if (!form.matcher(text).matches()) {
                        throw new IllegalArgumentException("does not have the right form");
                    }
                    return text;
                },
                remedy);
    }

    /**
     * One of a few words; each constant is written in lower case with hyphens.
     *
     * @param key the key
     * @param type the words
     * @param def the value when there is none, or null
     * @param <E> the words
     * @return the constant, or {@code def}
     */
    public <E extends Enum<E>> E word(String key, Class<E> type, E def) {
        E[] constants = type.getEnumConstants();
        List<String> words = Arrays.stream(constants).map(TypedValues::wordOf).toList();
        return value(
                key,
                def,
                text -> {
                    int index = words.indexOf(text.toLowerCase(Locale.ROOT));
                    if (index < 0) {
                        throw new IllegalArgumentException("is not one of the words known here");
                    }
                    return constants[index];
                },
                "write one of: " + String.join(", ", words));
    }

    /**
     * How a file writes an enum constant.
     *
     * @param constant the constant
     * @return lower case with hyphens
     */
    public static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * On or off.
     *
     * @param key the key
     * @param def the value when there is none
     * @return true for {@code on}, {@code true}
     */
    public boolean flag(String key, boolean def) {
        return value(
                key,
                def,
                text -> switch (text) {
                    case "on", "true" -> true;
                    case "off", "false" -> false;
                    default -> throw new IllegalArgumentException("is neither on nor off");
                },
                "write on or off");
    }

    /**
     * A whole number.
     *
     * @param key the key
     * @param def the value when there is none
     * @param min the least allowed
     * @param max the greatest allowed
     * @return the number, or {@code def}
     */
    public long number(String key, long def, long min, long max) {
        return value(
                key,
                def,
                text -> within(Values.number(text), min, max),
                "write a whole number from " + min + " to " + max);
    }

    /**
     * A duration with its unit.
     *
     * @param key the key
     * @param def the value when there is none, or null
     * @param min the least allowed
     * @param max the greatest allowed
     * @return the duration, or {@code def}
     */
    public Duration duration(String key, Duration def, Duration min, Duration max) {
        return value(
                key,
                def,
                text -> within(Values.duration(text), min, max),
                "write a number with its unit ms, s, m, h or d, from " + Values.shown(min) + " to "
                        + Values.shown(max));
    }

    /**
     * A duration with its unit, or {@code off}.
     *
     * @param key the key
     * @param def the value when there is none, or null
     * @param min the least allowed when not off
     * @param max the greatest allowed
     * @return the duration, zero for off, or {@code def}
     */
    public Duration durationOrOff(String key, Duration def, Duration min, Duration max) {
        return value(
                key,
                def,
                text -> text.equals("off") || text.equals("false")
                        ? Duration.ZERO
                        : within(Values.duration(text), min, max),
                "write off, or a number with its unit ms, s, m, h or d, from " + Values.shown(min) + " to "
                        + Values.shown(max));
    }

    /**
     * A size with its unit.
     *
     * @param key the key
     * @param defBytes the value when there is none
     * @param minBytes the least allowed
     * @param maxBytes the greatest allowed
     * @return bytes
     */
    public long sizeBytes(String key, long defBytes, long minBytes, long maxBytes) {
        return value(
                key,
                defBytes,
                text -> within(Values.sizeBytes(text), minBytes, maxBytes),
                "write a number with its unit B, KiB, MiB, GiB or TiB, from " + Values.shownBytes(minBytes) + " to "
                        + Values.shownBytes(maxBytes));
    }

    /**
     * An address with a port.
     *
     * @param key the key
     * @return the address, or null
     */
    public HostPort address(String key) {
        return value(key, null, HostPort::parse, "write \"host:port\", or \"[address]:port\" for IPv6");
    }

    /**
     * A host name or address without a port.
     *
     * @param key the key
     * @return the host, or null
     */
    public String host(String key) {
        return value(key, null, TypedValues::checkedHost, "write a host name or an IP address, without a port");
    }

    /**
     * An IP address without a port, never a name.
     *
     * @param key the key
     * @return the address, or null
     */
    public String ipAddress(String key) {
        return value(key, null, TypedValues::checkedAddress, "write an IP address, without a port");
    }

    /**
     * Bytes, written as a text whose every character up to {@code \xFF} is one byte.
     *
     * @param key the key
     * @return the bytes, or null
     */
    public Bytes bytes(String key) {
        return value(key, null, Bytes::parse, "in double quotes \\r, \\n and \\x00 to \\xFF are single bytes");
    }

    private static String checkedAddress(String text) {
        if (!HostPort.isAddress(text)) {
            throw new IllegalArgumentException("is not an IP address");
        }
        return text;
    }

    private static String checkedHost(String text) {
        if (!HostPort.isHost(text)) {
            throw new IllegalArgumentException("is neither a host name nor an IP address");
        }
        return text;
    }

    private static <T extends Comparable<T>> T within(T value, T min, T max) {
        if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException("is too small");
        }
        if (value.compareTo(max) > 0) {
            throw new IllegalArgumentException("is too large");
        }
        return value;
    }
}
