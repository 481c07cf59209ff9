package org.tandemgw.gateway.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/** From a request to its reply: the table of paths. Knows nothing of sockets; runs on the operator thread. */
final class ControlApi {
    static final int MAX_HISTORY = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);
    private static final int MAX_REASON = 1_000;
    private static final int MAX_NAME = 64;
    private static final String ACD = "/v1/acds/([A-Za-z0-9-]{1,32})";
    static final String NAME = "([A-Za-z0-9_.-]{1,32})";
    private static final String TRUNK = "/v1/trunks/" + NAME;
    private static final String TARGET = "[A-Za-z0-9%+._*:/-]{1,800}";
    static final String NUMBER = "(\\d{1,18})";

    /** What came in; {@code peer} is the user as the kernel knows him, or null. */
    record Request(String method, String path, String body, String peer) {}

    /** What goes out. */
    record Reply(int status, String json) {}

    private record Body(String who, String reason) {}

    record Route(String method, Pattern path, BiFunction<MatchResult, Request, Reply> handler) {}

    private final GatewayControl control;
    private final AuditFile audit;
    private final List<Route> routes;

    ControlApi(GatewayControl control, AuditFile audit) {
        this.control = control;
        this.audit = audit;
        routes = new ArrayList<>(List.of(
                get("/v1/status", path -> control.status()),
                get("/v1/alarms", path -> control.alarms()),
                get("/v1/alarms/history(?:\\?limit=" + NUMBER + ")?", path -> control.alarmHistory(limit(path))),
                post(
                        "alarm ack",
                        "/v1/alarms/" + NUMBER + "/ack",
                        (path, by) -> control.acknowledge(Long.parseLong(path.group(1)), by)),
                post(
                        "leg busy-out",
                        ACD + "/legs/([12])/busy-out",
                        (path, by) -> control.legBusyOut(path.group(1), leg(path), by)),
                post(
                        "leg release",
                        ACD + "/legs/([12])/release",
                        (path, by) -> control.legRelease(path.group(1), leg(path), by)),
                post("acd pause", ACD + "/pause", (path, by) -> control.acdPause(path.group(1), by)),
                post("acd resume", ACD + "/resume", (path, by) -> control.acdResume(path.group(1), by)),
                acting(
                        "notify test",
                        "/v1/notified/test(?:\\?target=(" + TARGET + "))?",
                        ControlApi::target,
                        (path, by) -> control.testNotifications(target(path), by)),
                get("/v1/trunks", path -> control.trunks().show()),
                get("/v1/trunks/orders/" + NUMBER, path -> control.trunks().order(Long.parseLong(path.group(1)))),
                trunks("trunks query", TRUNK + "/query", (path, by) -> control.trunks()
                        .query(path.group(1), by)),
                trunks("trunks adopt", TRUNK + "/adopt", (path, by) -> control.trunks()
                        .adopt(path.group(1), by)),
                trunks("trunks select", TRUNK + "/select/" + NAME + "(?:\\?(.*))?", (path, by) -> control.trunks()
                        .select(WishWords.read(path), by))));
        routes.addAll(new SwitchRoutes(this, control).all());
        routes.addAll(MaintenanceRoutes.all(this, control));
        routes.addAll(new ReloadRoutes(this, control).all());
        routes.addAll(ProcessRoutes.all());
        routes.addAll(new CallRoutes(control).all());
    }

    Reply handle(Request request) {
        boolean known = false;
        for (final Route route : routes) {
            final Matcher path = route.path().matcher(request.path());
            if (path.matches()) {
                known = true;
                if (route.method().equals(request.method())) {
                    return guarded(route, path, request);
                }
            }
        }
        return known
                ? error(405, request.method() + " is not possible here", "GET reads, POST acts")
                : error(404, "there is no " + shown(request.path()), "GET /v1/status or /v1/alarms; see docs/cli.md");
    }

    static Reply error(int status, String message, String remedy) {
        return new Reply(status, JsonRecords.write(Answer.refused(message, remedy)));
    }

    private static Reply guarded(Route route, MatchResult path, Request request) {
        try {
            return route.handler().apply(path, request);
        } catch (JsonFormatException e) {
            return error(400, "the body is wrong: " + e.getMessage(), "send {\"who\":…,\"reason\":…}");
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            return error(500, "the gateway could not do this: " + e, "see its log");
        }
    }

    static Route get(String path, Function<MatchResult, Object> answer) {
        return new Route(
                "GET",
                Pattern.compile(path),
                (match, request) -> new Reply(200, JsonRecords.write(answer.apply(match))));
    }

    static Route reading(String path, Function<MatchResult, Reply> answer) {
        return new Route("GET", Pattern.compile(path), (match, request) -> answer.apply(match));
    }

    private Route post(String action, String path, BiFunction<MatchResult, Operator, Answer> act) {
        return acting(action, path, ControlApi::object, act);
    }

    private Route trunks(String action, String path, BiFunction<MatchResult, Operator, TrunkReport> act) {
        return acting(action, path, match -> match.group(1), act);
    }

    <T extends Told> Route acting(
            String action,
            String path,
            Function<MatchResult, String> object,
            BiFunction<MatchResult, Operator, T> act) {
        return new Route("POST", Pattern.compile(path), (match, request) -> {
            final Operator by = operator(request);
            final T answer = act.apply(match, by);
            audit.append(action, object.apply(match), by, answer);
            return new Reply(answer.ok() ? 200 : 409, JsonRecords.write(answer));
        });
    }

    private static Operator operator(Request request) {
        final Body body =
                request.body().isBlank() ? new Body(null, null) : JsonRecords.read(request.body(), Body.class);
        if (body.reason() != null && body.reason().length() > MAX_REASON) {
            throw new JsonFormatException("the reason is longer than " + MAX_REASON + " characters");
        }
        if (body.who() != null && body.who().length() > MAX_NAME) {
            throw new JsonFormatException("the name is longer than " + MAX_NAME + " characters");
        }
        return new Operator(who(request.peer(), body.who()), body.reason());
    }

    private static String who(String peer, String claimed) {
        if (peer == null) {
            return claimed == null ? "unknown" : claimed + " (unproved)";
        }
        return claimed == null || claimed.equals(peer) ? peer : peer + " (as " + claimed + ")";
    }

    private static String object(MatchResult path) {
        return path.groupCount() > 1 ? path.group(1) + "/leg-" + path.group(2) : path.group(1);
    }

    private static String target(MatchResult path) {
        try {
            return path.group(1) == null ? null : URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new JsonFormatException("the target: " + e.getMessage());
        }
    }

    private static int leg(MatchResult path) {
        return Integer.parseInt(path.group(2));
    }

    private static int limit(MatchResult path) {
        return path.group(1) == null ? MAX_HISTORY : (int) Math.min(MAX_HISTORY, Long.parseLong(path.group(1)));
    }

    private static String shown(String path) {
        return path.length() > 80 ? path.substring(0, 80) + "…" : path;
    }
}
