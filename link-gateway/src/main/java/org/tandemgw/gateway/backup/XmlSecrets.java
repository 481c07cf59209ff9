package org.tandemgw.gateway.backup;

/**
 * Where in XML a value is that is named as a secret: all between the tags of such an element, be it text, a CDATA section or further elements, and the value of such an attribute. What is no good XML
 * is searched all the same; where the end of a secret is not found it reaches to the end of the bytes. One use each.
 */
final class XmlSecrets {
    private final byte[] out;
    private int at;

    XmlSecrets(byte[] out) {
        this.out = out;
    }

    /** Hides them. */
    void hide() {
        while (at < out.length) {
            if (out[at++] == '<' && at < out.length && out[at] != '/') {
                element();
            }
        }
    }

    /** Stands behind the first byte of a tag. */
    private void element() {
        final int name = at;
        while (at < out.length && !isSpace(out[at]) && "<>/".indexOf(out[at]) < 0) {
            at++;
        }
        final int end = at;
        final boolean hasText = attributes();
        if (hasText && Redaction.isSecret(out, name, end)) {
            final int from = at;
            at = closing(name, end);
            Redaction.hideValue(out, from, at);
        }
    }

    /** Up to the end of the tag, or to where another one begins. False: it has no text behind it. */
    private boolean attributes() {
        int nameEnd = at;
        while (at < out.length && out[at] != '<') {
            final byte b = out[at++];
            if (b == '>') {
                return out[at - 2] != '/';
            }
            if (b == '"' || b == '\'') {
                value(b, Redaction.isSecret(out, nameBegin(nameEnd), nameEnd));
            } else if (!isSpace(b) && b != '=') {
                nameEnd = at;
            }
        }
        return true;
    }

    /** Of the attribute that ends there: no name is longer than what stands before it without a space or quote. */
    private int nameBegin(int end) {
        int begin = end;
        while (begin > 0 && !isSpace(out[begin - 1]) && "<>\"'=".indexOf(out[begin - 1]) < 0) {
            begin--;
        }
        return begin;
    }

    /** Stands behind a quote. Where it is the only one, what follows may be anything. */
    private void value(byte quote, boolean secret) {
        int end = at;
        while (end < out.length && out[end] != quote && (secret || out[end] != '<')) {
            end++;
        }
        if (secret) {
            Redaction.hideValue(out, at, end);
        }
        if (end < out.length && out[end] == quote) {
            at = end + 1;
        } else if (secret) {
            at = end;
        }
    }

    /** Where the tag begins that ends the element of this name. */
    private int closing(int name, int end) {
        for (int tag = at; tag + 2 + end - name <= out.length; tag++) {
            if (out[tag] == '<' && out[tag + 1] == '/' && isSame(tag + 2, name, end)) {
                return tag;
            }
        }
        return out.length;
    }

    private boolean isSame(int from, int name, int end) {
        for (int i = name; i < end; i++) {
            if (out[from + i - name] != out[i]) {
                return false;
            }
        }
        final int behind = from + end - name;
        return behind == out.length || out[behind] == '>' || isSpace(out[behind]);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
