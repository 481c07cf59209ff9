package org.tandemgw.gateway.reload;

import java.util.List;

/**
 * Which keys of the file a running site can change, and why it cannot change the others. The longest row that a key begins with counts. The same table is in
 * docs/configuration.md.
 */
public final class KeyTable {
    /** Marks the presence of the section {@code switchover} among its keys. */
    static final String SWITCHOVER_SECTION = "switchover.(section)";

    private static final String LISTENS = "servers log in there: a new address is a new feed";
    private static final String BOX = "a box has one owner, whose wires and cards are set when it starts";
    private static final String BOOKS = "the files of the present interval are open";

    /**
     * One row.
     *
     * @param key with {@code []} behind what is a list; all keys below it are meant too
     * @param why why only a restart helps; null: it is changed now
     */
    public record Row(String key, String why) {
        /** When such a key takes effect. */
        public How how() {
            return why == null ? How.NOW : How.RESTART;
        }

        private boolean covers(String pattern) {
            return pattern.startsWith(key)
                    && (pattern.length() == key.length() || ".[".indexOf(pattern.charAt(key.length())) >= 0);
        }
    }

    private static final List<Row> ROWS = List.of(
            now("log"),
            restart("site", "alarms, messages and records go by it"),
            restart("data", "everything that is kept is there"),
            now("time-zone"),
            restart("profiles", "profiles say how streams are cut and boxes are spoken to"),
            restart("acds", "each ACD has a journal and a thread of its own"),
            now("acds[].legs"),
            restart("journal", "what is synced decides what was sent"),
            now("journal.retention"),
            now("journal.min-free"),
            restart("servers", "journals and feeds go by the names of the servers"),
            restart("servers[].feeds", LISTENS),
            now("servers[].feeds[].soupbintcp.user"),
            now("servers[].feeds[].soupbintcp.secret-file"),
            now("servers[].feeds[].soupbintcp.on-lost"),
            now("servers[].feeds[].soupbintcp.catch-up"),
            now("servers[].feeds[].native.user"),
            now("servers[].feeds[].native.secret-file"),
            now("servers[].probes"),
            now("servers[].promote"),
            now("servers[].demote"),
            now("observers"),
            restart("switches", BOX),
            now("switches[].on-partial"),
            now("network"),
            now("switchover"),
            restart("switchover.history", "its files are open"),
            restart(SWITCHOVER_SECTION, "whether the site switches at all is decided when it starts"),
            restart("recovery", "what is kept for who takes over was planned by it"),
            restart("statistics", BOOKS),
            restart("call-records", BOOKS),
            now("snmp"),
            now("metrics"),
            restart("panel", "there is no panel in this version"),
            now("notify"));

    private KeyTable() {}

    private static Row now(String key) {
        return new Row(key, null);
    }

    private static Row restart(String key, String why) {
        return new Row(key, why);
    }

    /** All rows, in the order of the file. */
    public static List<Row> rows() {
        return ROWS;
    }

    /**
     * The row that a key falls under.
     *
     * @param pattern with {@code []} in place of names; the short form {@code servers[].feed} is the long one
     * @throws IllegalArgumentException if there is none
     */
    public static Row row(String pattern) {
        final String key = pattern.replace("servers[].feed.", "servers[].feeds[].");
        Row longest = null;
        for (final Row each : ROWS) {
            if (each.covers(key)
                    && (longest == null || each.key().length() > longest.key().length())) {
                longest = each;
            }
        }
        if (longest == null) {
            throw new IllegalArgumentException("no row for " + pattern);
        }
        return longest;
    }

    /** Whether everything below a key takes effect at the same time as itself. */
    static boolean isUniform(String pattern) {
        final How how = row(pattern).how();
        return ROWS.stream().allMatch(each -> each.how() == how || !new Row(pattern, null).covers(each.key()));
    }
}
