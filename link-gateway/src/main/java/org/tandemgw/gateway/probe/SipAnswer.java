package org.tandemgw.gateway.probe;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tandemgw.gateway.health.Sight;

/**
 * The head of a SIP response. Pure.
 *
 * @param status 100 to 699
 * @param phrase its words
 * @param branch of the first Via; empty without
 * @param callId empty without
 * @param sequence CSeq with one space; empty without
 */
record SipAnswer(int status, String phrase, String branch, String callId, String sequence) {
    private static final Pattern STATUS =
            Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d)(?: (.*))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern BRANCH =
            Pattern.compile("^[^,]*?;\\s*branch\\s*=\\s*([^;,\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final int FINAL = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_FAILURE = 500;
    private static final int NOT_IMPLEMENTED = 501;

    /** Null if this is no response of SIP. Compact names and folded lines are understood. */
    static SipAnswer parse(byte[] bytes, int length) {
        final String[] lines = new String(bytes, 0, length, StandardCharsets.UTF_8)
                .replaceAll("\r?\n[ \t]+", " ")
                .split("\r?\n");
        final Matcher first = STATUS.matcher(lines[0]);
        if (!first.matches()) {
            return null;
        }
        final Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            final int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        name(lines[i].substring(0, colon)),
                        lines[i].substring(colon + 1).strip());
            }
        }
        final Matcher branch = BRANCH.matcher(headers.getOrDefault("via", ""));
        return new SipAnswer(
                Integer.parseInt(first.group(1)),
                first.group(2) == null ? "" : first.group(2).replaceAll("[^\\x20-\\x7e]", "?"),
                branch.find() ? branch.group(1) : "",
                headers.getOrDefault("call-id", ""),
                headers.getOrDefault("cseq", "").replaceAll("\\s+", " "));
    }

    private static String name(String written) {
        final String name = written.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "v" -> "via";
            case "i" -> "call-id";
            default -> name;
        };
    }

    /** False for a provisional one: the answer is still to come. */
    boolean isFinal() {
        return status >= FINAL;
    }

    /**
     * Whoever can refuse is alive: 200 to 499 is well, and so is 501, by which an old system says that it does not know OPTIONS. Not well are the rest of 500 to 699, and
     * 408, by which a proxy says that the one behind it does not answer.
     */
    Sight sight() {
        final boolean well = status < SERVER_FAILURE && status != REQUEST_TIMEOUT || status == NOT_IMPLEMENTED;
        return well ? Sight.ANSWERED : Sight.WRONG;
    }

    String inWords() {
        return "SIP " + status + (phrase.isEmpty() ? "" : " " + phrase.substring(0, Math.min(80, phrase.length())));
    }
}
