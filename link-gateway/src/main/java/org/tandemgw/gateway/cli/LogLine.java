package org.tandemgw.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One log record on one line: UTC with milliseconds, level, thread, short logger, message; of an exception its name, message and place. */
final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int WARN = 900;
    private static final int ERROR = 1_000;
    private static final int INFO = 800;

    private final boolean wholeTraces;

    LogLine(boolean wholeTraces) {
        this.wholeTraces = wholeTraces;
    }

    @Override
    public String format(LogRecord entry) {
        final StringBuilder line = new StringBuilder(160);
        TIME.formatTo(entry.getInstant(), line);
        line.append(' ').append(level(entry.getLevel().intValue())).append(" [");
        line.append(Thread.currentThread().getName()).append("] ");
        line.append(shortName(entry.getLoggerName())).append(": ").append(oneLine(formatMessage(entry)));
        if (entry.getThrown() != null) {
            line.append(wholeTraces ? "\n" + trace(entry.getThrown()) : " (" + oneLine(brief(entry.getThrown())) + ")");
        }
        return line.append('\n').toString();
    }

    private static String level(int level) {
        return level >= ERROR ? "ERROR" : level >= WARN ? "WARN " : level >= INFO ? "INFO " : "DEBUG";
    }

    private static String shortName(String logger) {
        return logger == null ? "-" : logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static String brief(Throwable thrown) {
        final StackTraceElement[] trace = thrown.getStackTrace();
        return thrown + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.replace("\r", "\\r").replace("\n", "\\n");
    }

    private static String trace(Throwable thrown) {
        final StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString().stripTrailing();
    }
}
