package org.tandemgw.gateway.deciding;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Maintenance;

/** What lines of the audit file say is out of service, should nothing else know it any more: whoever took a server out must not find it promoted. One start. */
final class MaintenanceSearch {
    private static final String ACTION = "\"action\":\"maintenance\"";

    private final Map<String, Maintenance> found = new LinkedHashMap<>();

    /** Of such a line, what matters here. */
    private record Said(Instant at, String who, String action, String object, String reason, boolean ok) {}

    /** The next line of the file. */
    void line(String line) {
        if (!line.contains(ACTION)) {
            return;
        }
        try {
            final Said said = JsonRecords.read(line, Said.class);
            if (said.ok() && "maintenance".equals(said.action()) && said.object() != null && said.at() != null) {
                said(said, said.object().split(" "));
            }
        } catch (JsonFormatException | DateTimeParseException e) {
            // Cut in two by the limit, or torn by a power loss: the next one counts.
            return;
        }
    }

    /** {@code on [SERVER] for PT2H}, {@code off [SERVER]}; anything else only asked whether it could be done. */
    private void said(Said said, String[] words) {
        final boolean on = words[0].equals("on");
        if (!on && !words[0].equals("off")) {
            return;
        }
        final String server = words.length == (on ? 4 : 2) ? words[1] : null;
        final long sinceMs = said.at().toEpochMilli();
        found.put(
                server,
                on
                        ? new Maintenance(
                                server,
                                said.who(),
                                said.reason(),
                                sinceMs,
                                sinceMs
                                        + Duration.parse(words[words.length - 1])
                                                .toMillis())
                        : null);
    }

    /** What was said last of each server, and by null of the whole site; null: it is in service again. Of whoever is not in it nothing was said. */
    Map<String, Maintenance> found() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(found));
    }
}
