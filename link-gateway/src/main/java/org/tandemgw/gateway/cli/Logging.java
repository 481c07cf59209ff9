package org.tandemgw.gateway.cli;

import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tandemgw.gateway.control.LogTail;

/** Where log lines go: standard error, one line each, nothing to standard output. Configured once by the verb that runs. */
final class Logging {
    private static final Map<String, Level> QUIET =
            Map.of("io.netty", Level.WARNING, "net.openhft", Level.WARNING, "net.openhft.affinity", Level.SEVERE);

    /** The log manager forgets loggers that nobody holds, and their levels with them. */
    private static final List<Logger> HELD =
            QUIET.keySet().stream().map(Logger::getLogger).toList();

    private Logging() {}

    /** {@code debug}: everything of Tandem's own, and whole stack traces. */
    static void configure(Level level, boolean debug) {
        configure(level, debug, false);
    }

    /** Of a process that is asked for its log later. */
    static void configureRemembered(Level level, boolean debug) {
        configure(level, debug, true);
    }

    private static void configure(Level level, boolean debug, boolean remember) {
        final Logger root = Logger.getLogger("");
        for (final Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        final Handler handler = utf8(new ConsoleHandler());
        handler.setLevel(Level.ALL);
        handler.setFormatter(new LogLine(debug));
        root.addHandler(handler);
        if (remember) {
            root.addHandler(new LogTail(new LogLine(debug)));
        }
        follow(level, debug);
    }

    /** So much is logged from now on. Any thread. */
    static void follow(Level level, boolean debug) {
        Logger.getLogger("").setLevel(debug ? Level.FINE : level);
        HELD.forEach(logger -> logger.setLevel(
                debug || QUIET.get(logger.getName()).intValue() > level.intValue()
                        ? QUIET.get(logger.getName())
                        : level));
    }

    private static Handler utf8(Handler handler) {
        try {
            handler.setEncoding("UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
        return handler;
    }
}
