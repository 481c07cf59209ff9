package org.tandemgw.gateway.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.time.Clock;

/**
 * Who asked for what, and what became of it: one JSON object a line, only ever appended. Above {@link #MAX_BYTES} the file is set aside under the time's
 * name; nothing is deleted. An entry that cannot be written goes to the log instead. Any thread.
 */
public final class AuditFile {
    static final long MAX_BYTES = 16L << 20;

    /** Its name below {@code data}. */
    public static final String NAME = "audit.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    /** Operators' requests and the commands to trunk switches end up in one file, from several threads. */
    private static final Object ONE_LINE = new Object();

    /** One line. */
    record Entry(Instant at, String who, String action, String object, String reason, boolean ok, String message) {}

    private final Path path;
    private final Clock clock;

    /** Appends to this file, which need not exist. */
    public AuditFile(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Adds a line about what an operator asked for. */
    public void append(String action, String object, Operator by, Told answer) {
        final Instant at = Instant.ofEpochSecond(0, clock.utcNs());
        LOG.info("{} {} by {}: {}", action, object, by.who(), answer.message());
        append(new Entry(at, by.who(), action, object, by.reason(), answer.ok(), answer.message()));
    }

    /** Adds a line of more keys than these. Any thread: whoever else writes to this file waits. */
    public void append(Record entry) {
        final String line = JsonRecords.write(entry);
        try {
            synchronized (ONE_LINE) {
                setAside(Instant.ofEpochSecond(0, clock.utcNs()));
                Files.writeString(
                        path,
                        line + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            LOG.warn("not in the audit file ({}): {}", e, line);
        }
    }

    private void setAside(Instant at) throws IOException {
        if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
            Files.move(path, path.resolveSibling("audit-" + at.toString().replace(':', '-') + ".jsonl"));
        }
    }
}
