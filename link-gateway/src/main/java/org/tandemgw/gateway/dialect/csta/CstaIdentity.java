package org.tandemgw.gateway.dialect.csta;

import java.util.Arrays;
import net.openhft.hashing.LongTupleHashFunction;
import org.tandemgw.gateway.dialect.FrameIdentity;

/**
 * The key of an event: what its document says, and not how it is written. Prefixes and declarations of namespaces, space between elements and around texts, comments, and the two ways to write an
 * empty element make no difference. What is no document counts as it is. Allocates nothing per frame.
 */
final class CstaIdentity implements FrameIdentity {
    private final LongTupleHashFunction hash;
    private final long[] key = new long[2];
    private byte[] kept = new byte[4096];
    private byte[] in;
    private int at;
    private int limit;
    private int to;

    CstaIdentity(long seed) {
        hash = LongTupleHashFunction.xx128(seed);
    }

    @Override
    public void of(byte[] buffer, int offset, int length, long atNs) {
        if (kept.length < 2 * length + 16) {
            kept = new byte[4 * length + 16];
        }
        in = buffer;
        at = offset + Math.min(length, CstaFraming.HEADER);
        limit = offset + length;
        to = 0;
        while (at < limit) {
            if (in[at] != '<') {
                text();
            } else if (at + 1 < limit && in[at + 1] == '?') {
                at = behind("?>", at + 2);
            } else if (starts("<!--")) {
                at = behind("-->", at + 4);
            } else if (starts("<![CDATA[")) {
                final int end = behind("]]>", at + 9);
                copy(at, end);
                at = end;
            } else if (at + 1 < limit && in[at + 1] == '!') {
                copy(at, at + 1);
                at++;
            } else {
                tag();
            }
        }
        if (to == 0) {
            copy(offset, limit);
        }
        hash.hashBytes(kept, 0, to, key);
    }

    private void text() {
        int from = at;
        while (at < limit && in[at] != '<') {
            at++;
        }
        int end = at;
        while (from < end && CstaHead.isSpace(in[from])) {
            from++;
        }
        while (end > from && CstaHead.isSpace(in[end - 1])) {
            end--;
        }
        copy(from, end);
    }

    private void tag() {
        final boolean closes = at + 1 < limit && in[at + 1] == '/';
        at += closes ? 2 : 1;
        put('<');
        if (closes) {
            put('/');
        }
        final int name = to;
        word();
        final int nameEnd = to;
        while (at < limit && in[at] != '>') {
            if (CstaHead.isSpace(in[at])) {
                at++;
            } else if (in[at] == '/' && at + 1 < limit && in[at + 1] == '>') {
                at += 2;
                put('>');
                put('<');
                put('/');
                put(name, nameEnd);
                put('>');
                return;
            } else {
                attribute();
            }
        }
        at = Math.min(limit, at + 1);
        put('>');
    }

    /** A name without its prefix. */
    private void word() {
        int from = at;
        while (at < limit && !CstaHead.isSpace(in[at]) && in[at] != '>' && in[at] != '/' && in[at] != '=') {
            if (in[at] == ':') {
                from = at + 1;
            }
            at++;
        }
        copy(from, at);
    }

    private void attribute() {
        final int before = to;
        final boolean declares = starts("xmlns");
        put(' ');
        if (in[at] == '/' || in[at] == '=') {
            put((char) in[at++]); // no attribute, but something: it counts
        } else {
            word();
        }
        while (at < limit && CstaHead.isSpace(in[at])) {
            at++;
        }
        if (at < limit && in[at] == '=') {
            put('=');
            at++;
            while (at < limit && CstaHead.isSpace(in[at])) {
                at++;
            }
            if (at < limit && (in[at] == '"' || in[at] == '\'')) {
                final byte quote = in[at];
                int end = at + 1;
                while (end < limit && in[end] != quote) {
                    end++;
                }
                copy(at + 1, end);
                put('"');
                at = Math.min(limit, end + 1);
            }
        }
        if (declares) {
            to = before;
        }
    }

    private boolean starts(String with) {
        if (limit - at < with.length()) {
            return false;
        }
        for (int i = 0; i < with.length(); i++) {
            if (in[at + i] != with.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int behind(String what, int from) {
        final int here = at;
        for (int i = from; i + what.length() <= limit; i++) {
            at = i;
            if (starts(what)) {
                at = here;
                return i + what.length();
            }
        }
        at = here;
        return limit;
    }

    private void copy(int from, int until) {
        final int length = until - from;
        room(length);
        System.arraycopy(in, from, kept, to, length);
        to += length;
    }

    private void put(int from, int until) {
        room(until - from);
        System.arraycopy(kept, from, kept, to, until - from);
        to += until - from;
    }

    private void put(char c) {
        room(1);
        kept[to++] = (byte) c;
    }

    private void room(int more) {
        if (to + more > kept.length) {
            kept = Arrays.copyOf(kept, 2 * kept.length + more);
        }
    }

    @Override
    public long high() {
        return key[0];
    }

    @Override
    public long low() {
        return key[1];
    }
}
