package org.tandemgw.gateway.dialect.csta;

import java.util.Arrays;

/**
 * The beginning of a document, as far as intake has to know it: how its first element is called, and where the reference of its monitor stands. It reads tags and understands
 * nothing else, keeps nothing and expands nothing. Bytes of UTF-8, or of whatever has ASCII in it.
 */
final class CstaHead {
    private static final byte[] REFERENCE = CstaMessage.utf8("monitorCrossRefID");
    private static final byte[] EVENT = CstaMessage.utf8("Event");
    private static final byte[] RESPONSE = CstaMessage.utf8("Response");
    private static final byte[] EVENTS_ID = CstaMessage.utf8("9999");

    private byte[] buffer;
    private int offset;
    private int limit;
    private int at;
    private int nameFrom;
    private int nameTo;
    private int referenceFrom;
    private int referenceTo;

    /** Reads the beginning of the document in this frame. */
    CstaHead over(byte[] bytes, int from, int length) {
        buffer = bytes;
        offset = from;
        limit = from + length;
        at = Math.min(limit, from + CstaFraming.HEADER);
        nameFrom = nameTo = at;
        referenceFrom = -1;
        if (at + 2 < limit
                && bytes[at] == (byte) 0xEF
                && bytes[at + 1] == (byte) 0xBB
                && bytes[at + 2] == (byte) 0xBF) {
            at += 3;
        }
        if (tag()) {
            final int rootFrom = nameFrom;
            final int rootTo = nameTo;
            if (toEndOfTag() && tag()) {
                reference();
            }
            nameFrom = rootFrom;
            nameTo = rootTo;
        }
        return this;
    }

    private void reference() {
        if (!isName(REFERENCE) || !toEndOfTag()) {
            return;
        }
        int from = at;
        int to = at;
        while (to < limit && buffer[to] != '<') {
            to++;
        }
        if (to == limit) {
            return;
        }
        while (from < to && isSpace(buffer[from])) {
            from++;
        }
        while (to > from && isSpace(buffer[to - 1])) {
            to--;
        }
        if (to > from) {
            referenceFrom = from;
            referenceTo = to;
        }
    }

    /** Goes on to the next opening tag, behind its name; false if something else comes that is no comment and no declaration. */
    private boolean tag() {
        while (at < limit) {
            if (isSpace(buffer[at])) {
                at++;
            } else if (buffer[at] != '<' || at + 1 >= limit) {
                return false;
            } else if (buffer[at + 1] == '?') {
                at = behind('?', '>', at + 2);
            } else if (buffer[at + 1] == '!') {
                if (at + 3 >= limit || buffer[at + 2] != '-' || buffer[at + 3] != '-') {
                    return false;
                }
                at = behindComment(at + 4);
            } else {
                name(at + 1);
                return nameTo > nameFrom;
            }
        }
        return false;
    }

    private void name(int from) {
        nameFrom = from;
        int to = from;
        while (to < limit && !isSpace(buffer[to]) && buffer[to] != '>' && buffer[to] != '/' && buffer[to] != '<') {
            if (buffer[to] == ':') {
                nameFrom = to + 1;
            }
            to++;
        }
        nameTo = to;
        at = to;
    }

    /** Behind the tag; false if it is empty, as {@code <a/>} is, or has no end. */
    private boolean toEndOfTag() {
        byte quote = 0;
        for (; at < limit; at++) {
            final byte b = buffer[at];
            if (quote != 0) {
                quote = b == quote ? 0 : quote;
            } else if (b == '"' || b == '\'') {
                quote = b;
            } else if (b == '>') {
                at++;
                return buffer[at - 2] != '/';
            }
        }
        return false;
    }

    private int behind(char first, char second, int from) {
        int i = from;
        while (i + 1 < limit && (buffer[i] != first || buffer[i + 1] != second)) {
            i++;
        }
        return Math.min(limit, i + 2);
    }

    private int behindComment(int from) {
        int i = from;
        while (i + 2 < limit && (buffer[i] != '-' || buffer[i + 1] != '-' || buffer[i + 2] != '>')) {
            i++;
        }
        return Math.min(limit, i + 3);
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Whether the document's name, without a prefix, is this. */
    boolean isName(byte[] name) {
        return Arrays.equals(buffer, nameFrom, nameTo, name, 0, name.length);
    }

    /** Whether a frame tells of something that happened, and is no part of a conversation. */
    boolean isEvent() {
        return nameEndsWith(EVENT) || hasEventsId() && !nameEndsWith(RESPONSE) && !CstaMessage.isOfTheSession(this);
    }

    private boolean hasEventsId() {
        return limit - offset >= CstaFraming.HEADER
                && Arrays.equals(buffer, offset + 4, offset + 8, EVENTS_ID, 0, EVENTS_ID.length);
    }

    private boolean nameEndsWith(byte[] end) {
        return nameTo - nameFrom >= end.length
                && Arrays.equals(buffer, nameTo - end.length, nameTo, end, 0, end.length);
    }

    /** Whether the monitor's reference is where it should be. */
    boolean hasReference() {
        return referenceFrom >= 0;
    }

    int referenceFrom() {
        return referenceFrom;
    }

    int referenceTo() {
        return referenceTo;
    }
}
