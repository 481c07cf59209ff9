package org.tandemgw.gateway.dialect.ami;

import java.nio.charset.StandardCharsets;

/** Builds answers to a client, each character one byte. One thread. */
final class AmiAnswer {
    private final StringBuilder text = new StringBuilder(512);

    /** Begins a response. */
    static AmiAnswer response(String word, AmiAction to) {
        return new AmiAnswer().line("Response: " + word).raw(to.idLine());
    }

    static byte[] error(AmiAction to, String message) {
        return response("Error", to).add("Message", message).end().bytes();
    }

    /** Begins an event. */
    AmiAnswer event(String name, String idLine) {
        return line("Event: " + name).raw(idLine);
    }

    AmiAnswer add(String name, Object value) {
        text.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** A text of the call table, as the bytes that the ACD sent. */
    AmiAnswer told(String name, String value) {
        return add(name, latin(value));
    }

    /** The same, where Asterisk says so if there is none. */
    AmiAnswer known(String name, String value) {
        return add(name, value.isEmpty() ? "<unknown>" : latin(value));
    }

    /** Ends a message. */
    AmiAnswer end() {
        text.append("\r\n");
        return this;
    }

    int length() {
        return text.length();
    }

    byte[] bytes() {
        return AmiMessage.latin(text.toString());
    }

    /** The text whose ISO 8859-1 bytes are the UTF-8 bytes of the given one. */
    static String latin(String utf8) {
        return utf8.chars().allMatch(c -> c < 128)
                ? utf8
                : new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private AmiAnswer line(String whole) {
        text.append(whole).append("\r\n");
        return this;
    }

    private AmiAnswer raw(String lines) {
        text.append(lines);
        return this;
    }
}
