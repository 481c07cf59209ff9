package org.tandemgw.gateway.notify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/**
 * A message in the form of RFC 5424. Pure.
 *
 * <pre>
 *   &lt;PRI&gt;1 TIMESTAMP HOSTNAME tandem PROCID MSGID [tandem@… number="12" site="hq-east" alarm="3" name="linkLost" severity="critical" object="acd1"] SENTENCE
 * </pre>
 */
final class SyslogText {
    private static final int DAEMON = 3 * 8;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_SENTENCE = 500;
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String site;
    private final String host;
    private final String process;
    private final String element;

    /** @param enterprise below 1.3.6.1.4.1, as the structured data is named by it */
    SyslogText(String site, String host, long pid, String enterprise) {
        this.site = site;
        this.host = printable(host, LONGEST_NAME);
        process = Long.toString(pid);
        element = "tandem@" + enterprise.replaceFirst("^1\\.3\\.6\\.1\\.4\\.1\\.", "");
    }

    byte[] of(Message message, long dropped) {
        final StringBuilder data = new StringBuilder("[").append(element);
        parameter(data, "number", message.number());
        parameter(data, "site", site);
        if (message.alarm() != null) {
            parameter(data, "alarm", message.alarm().number());
            parameter(data, "name", message.alarm().name());
            parameter(data, "severity", message.alarm().severity());
            parameter(data, "object", message.alarm().object());
            parameter(data, "since", message.alarm().since());
        }
        if (dropped > 0) {
            parameter(data, "dropped", dropped);
        }
        final String header = "<" + (DAEMON + severity(message)) + ">1 "
                + message.at().truncatedTo(ChronoUnit.MILLIS) + " " + host + " tandem " + process + " "
                + message.kind() + " " + data.append("] ");
        final String said = message.sentence().replaceAll("\\p{Cntrl}", " ");
        final String sentence = said.substring(0, Math.min(LONGEST_SENTENCE, said.length()))
                + (dropped > 0 ? " (" + dropped + " messages before this one were dropped)" : "");
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        if (!sentence.chars().allMatch(c -> c < 128)) {
            bytes.writeBytes(BOM);
        }
        bytes.writeBytes(sentence.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** As RFC 5674 has it for the severities of X.733, but that none is an emergency; what is over or no alarm is for information. */
    private static int severity(Message message) {
        return switch (message.kind()) {
            case "alarmRaised" ->
                switch (message.alarm() == null ? "" : message.alarm().severity()) {
                    case "critical" -> 2;
                    case "major" -> 3;
                    case "minor" -> 4;
                    default -> 5;
                };
            case "alarmSummary" -> 4;
            case "alarmCleared", "coldStart" -> 5;
            default -> 6;
        };
    }

    private static void parameter(StringBuilder data, String name, Object value) {
        final String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
        data.append(' ')
                .append(name)
                .append("=\"")
                .append(text.substring(0, Math.min(LONGEST_VALUE, text.length()))
                        .replaceAll("([\"\\\\\\]])", "\\\\$1"))
                .append('"');
    }

    private static String printable(String text, int most) {
        final String clean = text.replaceAll("[^!-~]", "");
        return clean.isEmpty() ? "-" : clean.substring(0, Math.min(most, clean.length()));
    }
}
