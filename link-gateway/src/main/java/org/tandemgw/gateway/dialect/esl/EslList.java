package org.tandemgw.gateway.dialect.esl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tandemgw.recovery.AgentState;
import org.tandemgw.recovery.AgentView;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.LegSummary;

/** What a client may ask of how things stand, in the form of a FreeSWITCH. Told from the call table, on its thread; what the table does not know is empty or 0. */
final class EslList {
    /** A longer answer is not given: it would have to be held for a client that does not read. */
    static final int LONGEST_BYTES = 4 << 20;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final String TOO_LONG = "-ERR The list is too long\n";
    private static final List<String> AGENT_COLUMNS = List.of(
            "name",
            "instance_id",
            "uuid",
            "type",
            "contact",
            "status",
            "state",
            "max_no_answer",
            "wrap_up_time",
            "reject_delay_time",
            "busy_delay_time",
            "no_answer_delay_time",
            "last_bridge_start",
            "last_bridge_end",
            "last_offered_call",
            "last_status_change",
            "no_answer_count",
            "calls_answered",
            "talk_time",
            "ready_time",
            "external_calls_count");
    private static final List<String> MEMBER_COLUMNS = List.of(
            "queue",
            "instance_id",
            "uuid",
            "session_uuid",
            "cid_number",
            "cid_name",
            "system_epoch",
            "joined_epoch",
            "rejoined_epoch",
            "bridge_epoch",
            "abandoned_epoch",
            "base_score",
            "skill_score",
            "serving_agent",
            "serving_system",
            "state",
            "score");
    private static final Set<String> NUMBERS = Set.of(
            "max_no_answer",
            "wrap_up_time",
            "reject_delay_time",
            "busy_delay_time",
            "no_answer_delay_time",
            "last_bridge_start",
            "last_bridge_end",
            "last_offered_call",
            "no_answer_count",
            "calls_answered",
            "talk_time",
            "ready_time",
            "external_calls_count",
            "rejoined_epoch",
            "bridge_epoch",
            "abandoned_epoch",
            "base_score",
            "skill_score");

    /** One of them. */
    @FunctionalInterface
    interface Answer {
        /** The body of the answer. */
        String of(CallTable table, long acdNs);
    }

    private EslList() {}

    /** The answer to this command, its words between single blanks; null if it is none that only reads, or nobody has written it. */
    static Answer of(String command) {
        final String lower = command.toLowerCase(Locale.ROOT);
        final String queue = "callcenter_config queue list members ";
        if (lower.startsWith(queue)) {
            final String name = command.substring(queue.length());
            return (table, acdNs) -> members(table, acdNs, name);
        }
        return switch (lower) {
            case "show channels as json" -> (table, acdNs) -> asJson(channels(table));
            case "show channels" -> (table, acdNs) -> asTable(channels(table));
            case "show channels count" -> (table, acdNs) -> "\n" + legs(table) + " total.\n";
            case "show channels count as json" -> (table, acdNs) -> "{\"row_count\":" + legs(table) + "}";
            case "show calls count" -> (table, acdNs) -> "\n" + table.inFlight() + " total.\n";
            case "show calls count as json" -> (table, acdNs) -> "{\"row_count\":" + table.inFlight() + "}";
            case "show bridged_calls as json" -> (table, acdNs) -> asJson(bridged(table));
            case "status" -> (table, acdNs) -> "UP\nFreeSWITCH is ready\n" + legs(table) + " session(s)\n";
            case "callcenter_config agent list" -> EslList::agents;
            case "callcenter_config queue list members" -> (table, acdNs) -> members(table, acdNs, "");
            case "callcenter_config queue list" -> EslList::queues;
            default -> null;
        };
    }

    private static int legs(CallTable table) {
        final int[] legs = {0};
        table.calls(call -> legs[0] += call.legs());
        return legs[0];
    }

    // --- channels ---

    /** Null if there are too many. */
    private static List<Map<String, String>> channels(CallTable table) {
        final Rows rows = new Rows();
        table.calls(call -> {
            if (rows.room()) {
                call.legList().forEach(leg -> rows.add(channel(call, leg)));
            }
        });
        return rows.all();
    }

    private static Map<String, String> channel(CallView call, LegSummary leg) {
        final boolean first = leg.id().equals(call.id());
        final Map<String, String> row = new LinkedHashMap<>();
        row.put("uuid", leg.id());
        row.put("direction", first ? "inbound" : "outbound");
        row.put("created", "");
        row.put("created_epoch", Long.toString(call.startedNs() / SECOND_NS));
        row.put("name", leg.trunk());
        row.put("state", "CS_EXECUTE");
        row.put("cid_name", "");
        row.put("cid_num", first ? leg.party() : call.calling());
        row.put("ip_addr", "");
        row.put("dest", first ? call.called() : leg.party());
        row.put("application", leg.state() == CallState.QUEUED ? "callcenter" : "");
        row.put("application_data", leg.state() == CallState.QUEUED ? call.queue() : "");
        row.put("dialplan", "");
        row.put("context", "");
        row.put("read_codec", "");
        row.put("read_rate", "");
        row.put("read_bit_rate", "");
        row.put("write_codec", "");
        row.put("write_rate", "");
        row.put("write_bit_rate", "");
        row.put("secure", "");
        row.put("hostname", "");
        row.put("presence_id", "");
        row.put("presence_data", "");
        row.put("accountcode", "");
        row.put("callstate", callState(leg.state(), first));
        row.put("callee_name", "");
        row.put("callee_num", "");
        row.put("callee_direction", "");
        row.put("call_uuid", call.id());
        return row;
    }

    private static String callState(CallState state, boolean first) {
        return switch (state) {
            case BORN -> "DOWN";
            case OFFERED -> first ? "ACTIVE" : "DIALING";
            case RINGING -> "RINGING";
            case HELD -> "HELD";
            case QUEUED, CONNECTED -> "ACTIVE";
            case ABANDONED, FAILED -> "HANGUP";
        };
    }

    private static List<Map<String, String>> bridged(CallTable table) {
        final Rows rows = new Rows();
        table.calls(call -> {
            final List<LegSummary> talk = rows.room()
                    ? call.legList().stream()
                            .filter(leg -> leg.state() == CallState.CONNECTED || leg.state() == CallState.HELD)
                            .toList()
                    : List.of();
            if (talk.size() > 1) {
                final Map<String, String> row = channel(call, talk.get(0));
                channel(call, talk.get(1)).forEach((name, value) -> row.put("b_" + name, value));
                row.put("call_created_epoch", Long.toString(call.startedNs() / SECOND_NS));
                rows.add(row);
            }
        });
        return rows.all();
    }

    private static String asJson(List<Map<String, String>> rows) {
        if (rows == null) {
            return TOO_LONG;
        }
        if (rows.isEmpty()) {
            return "{\"row_count\": 0}\n";
        }
        final StringBuilder out =
                new StringBuilder(512 * rows.size()).append("{\"row_count\":").append(rows.size());
        String between = ",\"rows\":[";
        for (final Map<String, String> row : rows) {
            out.append(between);
            between = "{";
            for (final Map.Entry<String, String> field : row.entrySet()) {
                out.append(between).append('"').append(field.getKey()).append("\":\"");
                quote(field.getValue(), out);
                out.append('"');
                between = ",";
            }
            out.append('}');
            between = ",";
        }
        return out.append("]}").toString();
    }

    private static void quote(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
    }

    private static String asTable(List<Map<String, String>> rows) {
        if (rows == null) {
            return TOO_LONG;
        }
        final StringBuilder out = new StringBuilder(256 * rows.size() + 64);
        if (!rows.isEmpty()) {
            out.append(String.join(",", rows.get(0).keySet())).append('\n');
        }
        rows.forEach(row -> out.append(String.join(",", row.values())).append('\n'));
        return out.append('\n').append(rows.size()).append(" total.\n").toString();
    }

    // --- mod_callcenter ---

    private static String agents(CallTable table, long acdNs) {
        final Map<String, LegSummary> busy = new LinkedHashMap<>();
        table.calls(call -> call.legList().stream()
                .filter(leg -> !leg.agent().isEmpty())
                .forEach(leg -> busy.put(leg.agent(), leg)));
        final Rows rows = new Rows();
        table.agents(agent -> {
            if (rows.room()) {
                rows.add(agent(agent, busy.get(agent.agent())));
            }
        });
        return asBars(rows.all(), AGENT_COLUMNS);
    }

    private static Map<String, String> agent(AgentView agent, LegSummary leg) {
        final boolean talks = leg != null && (leg.state() == CallState.CONNECTED || leg.state() == CallState.HELD);
        return Map.of(
                "name",
                agent.agent(),
                "instance_id",
                "single_box",
                "type",
                "callback",
                "uuid",
                talks ? leg.id() : "",
                "status",
                agent.state() == AgentState.NOT_READY
                        ? agent.cause().isEmpty() ? "On Break" : agent.cause()
                        : "Available",
                "state",
                talks ? "In a queue call" : leg != null ? "Receiving" : "Waiting",
                "last_status_change",
                Long.toString(agent.sinceNs() / SECOND_NS));
    }

    private static String members(CallTable table, long acdNs, String queue) {
        final Rows rows = new Rows();
        table.calls(call -> {
            if (rows.room() && (queue.isEmpty() || queue.equals(call.queue()))) {
                call.legList().stream()
                        .filter(leg -> leg.state() == CallState.QUEUED)
                        .forEach(leg -> rows.add(member(call, leg, acdNs)));
            }
        });
        return asBars(rows.all(), MEMBER_COLUMNS);
    }

    private static Map<String, String> member(CallView call, LegSummary leg, long acdNs) {
        final boolean rings = call.legList().stream().anyMatch(each -> each.state() == CallState.RINGING);
        final long waitedS = Math.max(0, call.waitedNs(acdNs) / SECOND_NS);
        return Map.of(
                "queue",
                call.queue(),
                "instance_id",
                "single_box",
                "session_uuid",
                leg.id(),
                "cid_number",
                leg.party(),
                "system_epoch",
                Long.toString(call.startedNs() / SECOND_NS),
                "joined_epoch",
                Long.toString(acdNs / SECOND_NS - waitedS),
                "state",
                rings ? "Trying" : "Waiting",
                "score",
                Long.toString(waitedS));
    }

    private static String queues(CallTable table, long acdNs) {
        final Set<String> names = new LinkedHashSet<>();
        table.calls(call -> {
            if (!call.queue().isEmpty() && names.size() < Rows.MOST) {
                names.add(call.queue());
            }
        });
        final Rows rows = new Rows();
        names.forEach(name -> rows.add(Map.of("name", name)));
        return asBars(rows.all(), List.of("name"));
    }

    private static String asBars(List<Map<String, String>> rows, List<String> columns) {
        if (rows == null) {
            return TOO_LONG;
        }
        final StringBuilder out = new StringBuilder(128 * rows.size() + 256);
        if (!rows.isEmpty()) {
            out.append(String.join("|", columns)).append('\n');
        }
        for (final Map<String, String> row : rows) {
            final List<String> values = new ArrayList<>(columns.size());
            columns.forEach(column -> values.add(row.getOrDefault(column, NUMBERS.contains(column) ? "0" : "")));
            out.append(String.join("|", values)).append('\n');
        }
        return out.append("+OK\n").toString();
    }

    /** Rows, as many as an answer may have. */
    private static final class Rows {
        static final int MOST = 100_000;
        private final List<Map<String, String>> rows = new ArrayList<>();
        private final Predicate<Map<String, String>> kept = rows::add;
        private long bytes;

        boolean room() {
            return bytes <= LONGEST_BYTES;
        }

        void add(Map<String, String> row) {
            row.forEach((name, value) -> bytes += name.length() + value.length() + 6);
            if (room()) {
                kept.test(row);
            }
        }

        List<Map<String, String>> all() {
            return room() ? rows : null;
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
