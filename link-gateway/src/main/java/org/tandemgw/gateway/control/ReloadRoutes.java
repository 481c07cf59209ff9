package org.tandemgw.gateway.control;

import java.util.List;
import java.util.regex.MatchResult;
import org.tandemgw.gateway.json.JsonFormatException;

/** The part of the table of paths that is about the configuration file. Runs on the operator thread. */
final class ReloadRoutes {
    private static final String DIGEST = "seen=[0-9a-f]{64}";

    private final ControlApi api;
    private final GatewayControl control;

    ReloadRoutes(ControlApi api, GatewayControl control) {
        this.api = api;
        this.control = control;
    }

    List<ControlApi.Route> all() {
        return List.of(
                api.acting("reload asked", "/v1/reload(?:\\?(.*))?", match -> match.group(1), this::reload),
                ControlApi.get("/v1/reload/" + ControlApi.NUMBER, path -> control.reloads()
                        .reload(Long.parseLong(path.group(1)))));
    }

    private ReloadReport reload(MatchResult path, Operator by) {
        boolean dryRun = false;
        String seen = null;
        final String words = path.group(1) == null ? "" : path.group(1);
        for (final String word : words.isEmpty() ? new String[0] : words.split("&")) {
            if (word.equals("dryRun")) {
                dryRun = true;
            } else if (word.matches(DIGEST)) {
                seen = word.substring(word.indexOf('=') + 1);
            } else {
                throw new JsonFormatException("'" + word + "' is none of dryRun  seen=<64 hex digits>");
            }
        }
        return control.reloads().reload(dryRun, seen, by);
    }
}
