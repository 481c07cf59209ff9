package org.tandemgw.gateway.deciding;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Maintenance;

/** What lines of the audit file say is out of service, should nothing else know it any more: whoever took a server out must not find it promoted. One start. */
final class MaintenanceSearch {
    private static final String ACTION = "\"action\":\"maintenance\"";

    private final List<Maintenance> found = new ArrayList<>();
    private boolean anySaid;

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
        anySaid = true;
        final String server = words.length == (on ? 4 : 2) ? words[1] : null;
        found.removeIf(each -> Objects.equals(each.server(), server));
        if (on) {
            final long sinceMs = said.at().toEpochMilli();
            found.add(new Maintenance(
                    server,
                    said.who(),
                    said.reason(),
                    sinceMs,
                    sinceMs + Duration.parse(words[words.length - 1]).toMillis()));
        }
    }

    /** Null: nothing was ever said of that. */
    List<Maintenance> found() {
        return anySaid ? List.copyOf(found) : null;
    }
}
