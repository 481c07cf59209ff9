package org.tandemgw.gateway.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/** Reads the audit files as they are, on a running or a stopped site: the last lines, and what is added to them. One thread. */
public final class AuditTrail {
    private static final int MOST_BYTES_AT_ONCE = 1 << 24;

    /** What a line says that every line says. */
    public record Line(
            Instant at, String who, String action, String object, String reason, boolean ok, String message) {}

    private final Path audit;
    private long read;

    /** Of this data folder. */
    public AuditTrail(Path data) {
        audit = data.resolve(AuditFile.NAME);
    }

    /** The newest lines, the oldest first, also from files that were set aside. */
    public List<String> last(int count) throws IOException {
        final List<Path> files = new ArrayList<>(AuditEnd.setAside(audit));
        if (Files.exists(audit)) {
            files.add(audit);
        }
        final Deque<String> lines = new ArrayDeque<>();
        for (int i = files.size() - 1; i >= 0 && lines.size() < count; i--) {
            final List<String> these =
                    ended(Files.readAllBytes(files.get(i)), files.get(i).equals(audit));
            for (int at = these.size() - 1; at >= 0 && lines.size() < count; at--) {
                lines.addFirst(these.get(at));
            }
        }
        return List.copyOf(lines);
    }

    /** What was added since the last call of this, or of {@link #last}. */
    public List<String> added() throws IOException {
        if (!Files.exists(audit)) {
            return List.of();
        }
        if (Files.size(audit) < read) {
            read = 0; // set aside meanwhile
        }
        final long from = read;
        final byte[] bytes = AuditBytes.read(audit, from, from + MOST_BYTES_AT_ONCE);
        final List<String> lines = ended(bytes, true);
        read += from; // ended() counts from the beginning of what it was given
        return lines;
    }

    /** The line as a record; null if it is none. */
    public static Line parsed(String line) {
        try {
            return JsonRecords.read(line, Line.class);
        } catch (JsonFormatException e) {
            return null;
        }
    }

    private List<String> ended(byte[] bytes, boolean current) {
        final List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                lines.add(new String(bytes, from, at - from, StandardCharsets.UTF_8));
                from = at + 1;
            }
        }
        if (current) {
            read = from;
        }
        return lines;
    }
}
