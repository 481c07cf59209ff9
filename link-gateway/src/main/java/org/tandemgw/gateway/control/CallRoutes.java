package org.tandemgw.gateway.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tandemgw.gateway.control.ControlApi.Reply;
import org.tandemgw.gateway.json.JsonRecords;

/** The part of the table of paths that is about calls. Runs on the operator thread. */
final class CallRoutes {
    /** An answer is one text in memory: more calls than this are not told at once. */
    static final int MOST_CALLS = 100_000;

    private interface Question {
        List<? extends Record> ask() throws CallControl.CannotTellException;
    }

    private final GatewayControl control;

    CallRoutes(GatewayControl control) {
        this.control = control;
    }

    List<ControlApi.Route> all() {
        return List.of(
                ControlApi.reading(
                        "/v1/calls(?:\\?limit=" + ControlApi.NUMBER + ")?",
                        path -> told(() -> control.calls().calls(limit(path.group(1))))),
                ControlApi.reading(
                        "/v1/intervals", path -> told(() -> control.calls().intervals())),
                ControlApi.reading(
                        "/v1/call\\?id=([A-Za-z0-9%+._*-]{1,800})",
                        path -> told(
                                () -> control.calls().call(URLDecoder.decode(path.group(1), StandardCharsets.UTF_8)))));
    }

    private static Reply told(Question question) {
        try {
            return new Reply(200, JsonRecords.write(question.ask()));
        } catch (CallControl.CannotTellException e) {
            return ControlApi.error(409, e.getMessage(), e.remedy());
        }
    }

    private static int limit(String asked) {
        return asked == null ? MOST_CALLS : (int) Math.min(MOST_CALLS, Long.parseLong(asked));
    }
}
