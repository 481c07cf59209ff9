package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * Something done on the site's behalf: a program run or a URL posted to.
 *
 * @param on the events at which it is done; empty where the key that holds it says when
 * @param kind program or URL
 * @param target absolute path or URL
 * @param timeout after which it has failed
 */
public record ActionConfig(List<Event> on, Kind kind, String target, Duration timeout) {

    /** What is done. */
    public enum Kind {
        /** A program is run. */
        RUN,
        /** A URL is posted to. */
        POST
    }

    /** When a hook is called. */
    public enum Event {
        /** A switchover begins. */
        COMMENCE,
        /** It is done. */
        SWITCHED,
        /** It was given up. */
        DISCONTINUE,
        /** It was refused. */
        REFUSED,
        /** There is no healthy standby. */
        UNPROTECTED,
        /** A drill begins or ends. */
        DRILL
    }

    /** Copies the list. */
    public ActionConfig {
        on = List.copyOf(on);
    }
}
