package org.tandemgw.gateway.control;

import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import org.tandemgw.gateway.control.ControlApi.Reply;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Mode;

/** The part of the table of paths that is about which server is active. Runs on the operator thread. */
final class SwitchRoutes {
    private final ControlApi api;
    private final GatewayControl control;

    SwitchRoutes(ControlApi api, GatewayControl control) {
        this.api = api;
        this.control = control;
    }

    List<ControlApi.Route> all() {
        return List.of(
                acting("switch", "/v1/switch/" + ControlApi.NAME + "(?:\\?(.*))?", this::switchTo),
                acting("drill", "/v1/drill(\\?dryRun)?", (path, by) -> control.switching()
                        .drill(path.group(1) != null, by)),
                acting("mode", "/v1/mode/(auto|manual|held)", (path, by) -> control.switching()
                        .mode(mode(path.group(1)), by)),
                acting("resume", "/v1/resume", (path, by) -> control.switching().resume(by)),
                acting("look now", "/v1/look-now", (path, by) -> control.switching()
                        .lookNow(by)),
                acting("live check passed", "/v1/live-checked/([0-9a-f]{8,128})", (path, by) -> control.switching()
                        .liveChecked(path.group(1), by)),
                ControlApi.get(
                        "/v1/switch/requests/" + ControlApi.NUMBER,
                        path -> SwitchAnswer.of(control.switching().request(Long.parseLong(path.group(1))))),
                ControlApi.get(
                        "/v1/config-hash",
                        path -> new ConfigHash(control.switching().configHash())),
                ControlApi.get("/v1/network", path -> control.switching().network()),
                ControlApi.reading("/v1/drill", path -> drills()),
                ControlApi.reading("/v1/why-not", path -> whyNot()),
                ControlApi.reading(
                        "/v1/decisions/" + ControlApi.NUMBER, path -> decision(Long.parseLong(path.group(1)))));
    }

    private Reply whyNot() {
        final var view = control.switching().view();
        return view == null
                ? ControlApi.error(409, "this site does not switch", "see  switchover:  in docs/reference.yaml")
                : new Reply(200, JsonRecords.write(view));
    }

    private Reply drills() {
        final var view = control.switching().view();
        return view == null ? whyNot() : new Reply(200, JsonRecords.write(view.drills()));
    }

    private Reply decision(long number) {
        final Decision decision = control.switching().decision(number);
        return decision == null
                ? ControlApi.error(
                        409,
                        number == 0 ? "nothing was decided in this run" : "decision " + number + " is none of this run",
                        "tandem why reads the older ones from their files")
                : new Reply(200, JsonRecords.write(DecisionJson.of(decision)));
    }

    private SwitchReport switchTo(MatchResult path, Operator by) {
        boolean forced = false;
        boolean dryRun = false;
        final String words = path.group(2) == null ? "" : path.group(2);
        for (final String word : words.isEmpty() ? new String[0] : words.split("&")) {
            switch (word) {
                case "forced" -> forced = true;
                case "dryRun" -> dryRun = true;
                default -> throw new JsonFormatException("'" + word + "' is none of forced  dryRun");
            }
        }
        return control.switching().switchTo(path.group(1), forced, dryRun, by);
    }

    private ControlApi.Route acting(String action, String path, BiFunction<MatchResult, Operator, SwitchReport> act) {
        return api.acting(
                action,
                path,
                match -> match.groupCount() == 0 || match.group(1) == null
                        ? null
                        : match.group(1)
                                + (match.groupCount() > 1 && match.group(2) != null ? "?" + match.group(2) : ""),
                (match, by) -> SwitchAnswer.of(act.apply(match, by)));
    }

    private static Mode mode(String word) {
        for (final Mode mode : Mode.values()) {
            if (mode.toString().equals(word)) {
                return mode;
            }
        }
        throw new JsonFormatException(word + " is no mode");
    }
}
