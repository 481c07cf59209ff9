package org.tandemgw.abswitch;

import java.nio.charset.StandardCharsets;

/** Makes bytes fit for people and logs: the password masked, everything unprintable as {@code \xNN}. */
record Masking(String password) {
    String show(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (password != null && !password.isEmpty()) {
            text = text.replace(password, "****");
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            if (c >= 0x20 && c < 0x7F) {
                out.append(c);
            } else {
                out.append(String.format("\\x%02X", (int) c));
            }
        }
        return out.toString();
    }
}
