package org.tandemgw.gateway.action;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What of a program's output is kept: its beginning and its last line. One thread. */
final class ProgramOutput {
    static final int KEPT_BYTES = 4_096;
    static final int LINE_BYTES = 400;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream(256);
    private final byte[] line = new byte[LINE_BYTES];
    private int length;
    private String last = "";

    void take(byte[] bytes, int count) {
        head.write(bytes, 0, Math.min(count, KEPT_BYTES - head.size()));
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                endLine();
            } else if (length < LINE_BYTES) {
                line[length++] = bytes[i];
            }
        }
    }

    private void endLine() {
        final String text = printable(new String(line, 0, length, StandardCharsets.UTF_8));
        if (!text.isEmpty()) {
            last = text;
        }
        length = 0;
    }

    /** The lines of the first {@link #KEPT_BYTES} bytes. */
    List<String> firstLines() {
        return head.toString(StandardCharsets.UTF_8)
                .lines()
                .map(ProgramOutput::printable)
                .toList();
    }

    /** The last line that is not empty, or an empty text. */
    String lastLine() {
        endLine();
        return last;
    }

    /** Nothing that would move the cursor of whoever reads it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}]", " ").strip();
    }
}
