package org.tandemgw.gateway.control;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import org.tandemgw.gateway.json.JsonFormatException;

/** The paths that take a server or the site out of service: {@code …/on/SERVER?for=7200000&dryRun}. Runs on the operator thread. */
final class MaintenanceRoutes {
    private static final long LONGEST_MS = Duration.ofDays(90).toMillis();

    private MaintenanceRoutes() {}

    /** What is asked for. */
    private record Asked(boolean on, String server, long forMs, boolean dryRun) {
        /** As the audit file has it. */
        String words() {
            return (dryRun ? "dry run " : "")
                    + (on ? "on" : "off")
                    + (server == null ? "" : " " + server)
                    + (on ? " for " + Duration.ofMillis(forMs) : "");
        }
    }

    static List<ControlApi.Route> all(ControlApi api, GatewayControl control) {
        return List.of(api.acting(
                "maintenance",
                "/v1/maintenance/(on|off)(?:/" + ControlApi.NAME + ")?(?:\\?(.*))?",
                match -> asked(match).words(),
                (match, by) -> {
                    final Asked asked = asked(match);
                    return SwitchAnswer.of(control.switching()
                            .maintain(asked.server(), asked.on(), asked.forMs(), asked.dryRun(), by));
                }));
    }

    private static Asked asked(MatchResult path) {
        long forMs = 0;
        boolean dryRun = false;
        final String words = path.group(3) == null ? "" : path.group(3);
        for (final String word : words.isEmpty() ? new String[0] : words.split("&")) {
            if (word.matches("for=\\d{1,12}")) {
                forMs = Long.parseLong(word.substring("for=".length()));
            } else if (word.equals("dryRun")) {
                dryRun = true;
            } else {
                throw new JsonFormatException("'" + word + "' is none of for=MILLISECONDS  dryRun");
            }
        }
        final boolean on = path.group(1).equals("on");
        if (on && (forMs <= 0 || forMs > LONGEST_MS)) {
            throw new JsonFormatException("for=MILLISECONDS is missing, or longer than 90 days");
        }
        return new Asked(on, path.group(2), on ? forMs : 0, dryRun);
    }
}
