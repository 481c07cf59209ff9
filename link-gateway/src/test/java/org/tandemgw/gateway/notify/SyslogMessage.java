package org.tandemgw.gateway.notify;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of RFC 5424, written from its grammar and from nothing of ours. */
record SyslogMessage(
        int priority,
        OffsetDateTime at,
        String host,
        String application,
        String process,
        String id,
        String element,
        Map<String, String> data,
        String text) {
    private static final Pattern WHOLE = Pattern.compile(
            "<(0|[1-9][0-9]{0,2})>1 (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?(?:Z|[+-]\\d\\d:\\d\\d)) "
                    + "([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) "
                    + "\\[([^ =\\]\"]{1,32}(?<=@[0-9.]{1,28}))((?: [!-~&&[^=\\]\"]]{1,32}=\"(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*)\\]"
                    + "(?: (\ufeff.*|[\\x00-\\x7f]*))?",
            Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile(" ([^=]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    static SyslogMessage parse(byte[] bytes) {
        final String line = new String(bytes, StandardCharsets.UTF_8);
        final Matcher whole = WHOLE.matcher(line);
        if (!whole.matches() || Integer.parseInt(whole.group(1)) > 191) {
            throw new AssertionError("not of RFC 5424: " + line);
        }
        final Map<String, String> data = new LinkedHashMap<>();
        final Matcher parameter = PARAMETER.matcher(whole.group(8));
        while (parameter.find()) {
            data.put(parameter.group(1), parameter.group(2).replaceAll("\\\\(.)", "$1"));
        }
        return new SyslogMessage(
                Integer.parseInt(whole.group(1)),
                OffsetDateTime.parse(whole.group(2)),
                whole.group(3),
                whole.group(4),
                whole.group(5),
                whole.group(6),
                whole.group(7),
                data,
                whole.group(9).replace("\ufeff", ""));
    }

    int severity() {
        return priority % 8;
    }
}
