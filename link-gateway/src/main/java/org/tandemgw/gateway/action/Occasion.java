package org.tandemgw.gateway.action;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * Why an action is called: what a program finds in its environment, and what is posted as JSON. No secret is ever part of it.
 *
 * @param site name of the site
 * @param event {@code promote}, {@code demote}, or the event of a hook
 * @param server whom it concerns; null: nobody in particular
 * @param epoch of the attempt
 * @param from the active server before; null: none
 * @param to the active server after; null: none
 * @param decision number of the decision, for {@code tandem why}
 * @param reason in words
 */
public record Occasion(
        String site, String event, String server, long epoch, String from, String to, long decision, String reason) {
    private static final int LONGEST = 1_000;

    /** The environment of a program. What is not known is there, and empty. */
    Map<String, String> environment() {
        final Map<String, String> all = new LinkedHashMap<>();
        all.put("TANDEM_SITE", oneLine(site));
        all.put("TANDEM_EVENT", oneLine(event));
        all.put("TANDEM_SERVER", oneLine(server));
        all.put("TANDEM_EPOCH", Long.toString(epoch));
        all.put("TANDEM_FROM", oneLine(from));
        all.put("TANDEM_TO", oneLine(to));
        all.put("TANDEM_DECISION", Long.toString(decision));
        all.put("TANDEM_REASON", oneLine(reason));
        return all;
    }

    /** One JSON object with the record's own names. */
    String json() {
        return JsonRecords.write(this);
    }

    /** A NUL would end the value for the system, a line end would look like a second one. */
    private static String oneLine(String text) {
        if (text == null) {
            return "";
        }
        return text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("\\p{Cntrl}", " ");
    }
}
