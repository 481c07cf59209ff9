package org.tandemgw.gateway.snmp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a walk over {@code TANDEM-MIB} has to find, told from {@code status --json} alone, in the words of {@code snmpbulkwalk -OQU}. It also knows which keys of the
 * status it has used.
 */
public final class MibOfStatus {
    /** Longer texts are cut. */
    private static final int MOST_BYTES = 255;

    private final Map<String, String> expected = new LinkedHashMap<>();
    private final Set<String> used = new TreeSet<>();

    private MibOfStatus() {}

    /** @param history what {@code alarms --history --json} says */
    @SuppressWarnings("unchecked")
    public static MibOfStatus of(Map<String, Object> status, List<Map<String, Object>> history) {
        final MibOfStatus mib = new MibOfStatus();
        mib.site(new Row("", status, mib.used));
        mib.rows(status, "acds", "").forEach(acd -> mib.acd(acd));
        mib.rows(status, "servers", "").forEach(server -> mib.server(server));
        mib.rows(status, "switches", "").forEach(each -> mib.trunkSwitch(each));
        mib.alarms(mib.rows(status, "alarms", ""));
        mib.history(history);
        mib.notified(mib.rows(status, "notified", ""));
        return mib;
    }

    /** By object and index. */
    public Map<String, String> expected() {
        return expected;
    }

    /** Keys of the status, with where they are. */
    public Set<String> used() {
        return used;
    }

    /** Every key of a status, with where it is. */
    public static Set<String> keys(Object json, String at) {
        final Set<String> keys = new TreeSet<>();
        if (json instanceof Map<?, ?> object) {
            object.forEach((key, value) -> {
                if (!(value instanceof Map)
                        && !(value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance))) {
                    keys.add(at + key);
                }
                keys.addAll(keys(value, at + key + "."));
            });
        } else if (json instanceof List<?> list) {
            list.forEach(each -> keys.addAll(keys(each, at)));
        }
        return keys;
    }

    /** One object of the status. */
    private record Row(String at, Map<String, Object> json, Set<String> used) {
        Object get(String key) {
            used.add(at + key);
            return json.get(key);
        }

        String text(String key) {
            return cut(get(key) == null ? "" : String.valueOf(get(key)));
        }

        String truth(String key) {
            return String.valueOf(get(key));
        }

        /** Without the hyphens that the module's words cannot have. */
        String word(String key) {
            final StringBuilder word = new StringBuilder();
            for (final String part : String.valueOf(get(key)).split("-")) {
                word.append(word.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
            }
            return word.toString();
        }

        String orElse(String key, String nothing) {
            return get(key) == null ? nothing : String.valueOf(get(key));
        }

        long number(String key) {
            return get(key) == null ? 0 : ((Number) get(key)).longValue();
        }

        String time(String key) {
            return MibOfStatus.time(get(key));
        }

        String seconds(String key) {
            return get(key) == null ? "-1" : String.valueOf(number(key) / 1000);
        }
    }

    private void put(String object, String index, Object value) {
        expected.put(object + "." + index, String.valueOf(value));
    }

    private static String quoted(Object name) {
        return "\"" + name + "\"";
    }

    @SuppressWarnings("unchecked")
    private List<Row> rows(Map<String, Object> of, String key, String at) {
        return ((List<Map<String, Object>>) of.get(key))
                .stream().map(each -> new Row(at + key + ".", each, used)).toList();
    }

    @SuppressWarnings("unchecked")
    private void site(Row site) {
        put("tandemSiteName", "0", site.text("site"));
        put("tandemVersion", "0", site.text("version"));
        put("tandemUpSince", "0", site.time("upSince"));
        put("tandemStatusTime", "0", site.time("at"));
        put("tandemState", "0", site.word("state"));
        put("tandemProtected", "0", site.truth("protected"));
        put(
                "tandemBecause",
                "0",
                cut(((List<Object>) site.get("because"))
                        .stream().map(Object::toString).collect(Collectors.joining("; "))));
        put("tandemNext", "0", site.text("next"));
        put("tandemMode", "0", site.orElse("mode", "unset"));
        put("tandemModeFile", "0", site.orElse("modeFile", "unset"));
        put("tandemModeOperator", "0", site.orElse("modeOperator", "unset"));
        put("tandemActiveServer", "0", site.text("active"));
        put("tandemEpoch", "0", site.number("epoch"));
        put("tandemDecision", "0", site.number("decision"));
        put("tandemHoldDownLeft", "0", (site.number("holdDownLeftMs") + 999) / 1000);
        put("tandemPhase", "0", site.text("phase"));
        final Row calls = new Row("calls.", (Map<String, Object>) site.json().get("calls"), used);
        put("tandemCallsInFlight", "0", calls.orElse("inFlight", "-1"));
        put("tandemCallsRecovered", "0", calls.orElse("recovered", "-1"));
        put("tandemCallsCut", "0", calls.orElse("cut", "-1"));
        put("tandemCallsWaiting", "0", calls.orElse("waiting", "-1"));
        put("tandemAgents", "0", calls.orElse("agents", "-1"));
        put("tandemCallsSure", "0", calls.truth("sure"));
        final Row disk = new Row("disk.", (Map<String, Object>) site.json().get("disk"), used);
        put("tandemDiskState", "0", disk.word("state"));
        put("tandemDiskFree", "0", disk.number("freeBytes") >> 20);
        put("tandemDiskJournals", "0", disk.number("journalBytes") >> 20);
        put("tandemDiskWhy", "0", disk.text("why"));
        plans(site);
    }

    @SuppressWarnings("unchecked")
    private void plans(Row site) {
        used.add("maintenance"); // empty, it is a key by itself
        put(
                "tandemMaintenance",
                "0",
                cut(rows(site.json(), "maintenance", "").stream()
                        .map(each -> each.orElse("server", "the whole site") + " until " + each.get("until")
                                + (Boolean.TRUE.equals(each.get("overdue")) ? ", overdue" : ""))
                        .collect(Collectors.joining("; "))));
        final Row drills = inner(site, "drills", "drills.");
        final Row newest = inner(drills, "newest", "drills.newest.");
        put("tandemDrillNext", "0", drills.time("next"));
        put("tandemDrillStage", "0", newest.text("stage"));
        put("tandemDrillVerdict", "0", newest.text("verdict"));
        put("tandemDrillPassedTime", "0", drills.time("passedAt"));
        final Row file = inner(site, "configuration", "configuration.");
        final Object waiting = file.get("waiting");
        put(
                "tandemConfigurationWaiting",
                "0",
                cut(
                        waiting == null
                                ? ""
                                : ((List<Object>) waiting)
                                        .stream().map(Object::toString).collect(Collectors.joining("; "))));
        put("tandemConfigurationRefused", "0", file.text("refused"));
    }

    /** What may not be there. */
    @SuppressWarnings("unchecked")
    private Row inner(Row of, String key, String at) {
        final Object found = of.get(key);
        return new Row(at, found == null ? Map.of() : (Map<String, Object>) found, used);
    }

    private void acd(Row acd) {
        final String index = quoted(acd.get("name"));
        put("tandemAcdProfile", index, acd.text("profile"));
        put("tandemAcdLinkMode", index, acd.text("mode"));
        put("tandemAcdPaused", index, acd.truth("paused"));
        put("tandemAcdGeneration", index, acd.number("generation"));
        put("tandemAcdSequence", index, acd.number("sequence"));
        put("tandemAcdSynced", index, acd.number("synced"));
        put("tandemAcdOldest", index, acd.number("oldest"));
        put("tandemAcdGaps", index, acd.number("gaps"));
        put("tandemAcdDiscontinuities", index, acd.number("discontinuities"));
        for (final Row leg : rows(acd.json(), "legs", "acds.")) {
            final String place = index + "." + leg.get("leg");
            put("tandemLegState", place, leg.word("state"));
            put("tandemLegPeer", place, leg.text("peer"));
            put("tandemLegWhy", place, leg.text("why"));
            put("tandemLegFirst", place, leg.number("first"));
            put("tandemLegConfirmed", place, leg.number("confirmed"));
            put("tandemLegOwed", place, leg.number("owed"));
            put("tandemLegLag", place, leg.number("lagMs"));
            put("tandemLegSilence", place, leg.number("silenceMs"));
            put("tandemLegReconnects", place, leg.number("reconnects"));
            put("tandemLegBadFrames", place, leg.number("badFrames"));
            put("tandemLegFailedAttempts", place, leg.number("failedAttempts"));
            put("tandemLegRefused", place, leg.number("refused"));
            final Row relayed = inner(leg, "relayed", "acds.legs.relayed.");
            put(
                    "tandemLegBytesFromAcd",
                    place,
                    inner(relayed, "fromAcd", "acds.legs.relayed.fromAcd.").number("bytes"));
            put(
                    "tandemLegBytesToAcd",
                    place,
                    inner(relayed, "toAcd", "acds.legs.relayed.toAcd.").number("bytes"));
        }
    }

    private void server(Row server) {
        final String index = quoted(server.get("name"));
        final List<Row> feeds = rows(server.json(), "feeds", "servers.");
        put("tandemServerRole", index, server.word("role"));
        put("tandemServerHealth", index, server.word("health"));
        put("tandemServerFeeds", index, feeds.size());
        put(
                "tandemServerFeedsConnected",
                index,
                feeds.stream()
                        .filter(feed -> Boolean.TRUE.equals(feed.get("connected")))
                        .count());
        for (final Row probe : rows(server.json(), "probes", "servers.")) {
            final String place = index + "." + quoted(probe.get("name"));
            put("tandemProbeHealth", place, probe.word("health"));
            put("tandemProbeFailures", place, probe.number("failures"));
            put("tandemProbeSaid", place, probe.text("said"));
            put("tandemProbeTime", place, probe.time("at"));
            put(
                    "tandemProbeAnswerTime",
                    place,
                    probe.get("lastMs") == null ? 0 : Math.round(((Number) probe.get("lastMs")).doubleValue() * 1000));
        }
        for (final Row feed : feeds) {
            final String place = index + "." + quoted(feed.get("acd"));
            put("tandemFeedKind", place, feed.text("kind"));
            put("tandemFeedConnected", place, feed.truth("connected"));
            put("tandemFeedPeer", place, feed.text("peer"));
            put("tandemFeedCursor", place, feed.number("cursor"));
            put("tandemFeedCursorKind", place, feed.text("cursorKind"));
            put("tandemFeedSent", place, feed.number("sent"));
            put("tandemFeedLag", place, feed.number("lagFrames"));
            put("tandemFeedLagTime", place, feed.number("lagMs"));
            put("tandemFeedParity", place, feed.text("parity"));
            put(
                    "tandemFeedParityTime",
                    place,
                    feed.get("parityMs") == null ? -1 : (feed.number("parityMs") + 999) / 1000);
            put("tandemFeedRejectedLogins", place, feed.number("rejectedLogins"));
            put("tandemFeedBadPackets", place, feed.number("badPackets"));
            put("tandemFeedLastRefusal", place, feed.text("lastRefusal"));
        }
    }

    private void trunkSwitch(Row each) {
        final String index = quoted(each.get("name"));
        put("tandemSwitchPosition", index, position(each.text("position")));
        put("tandemSwitchLeadsTo", index, each.text("leadsTo"));
        put("tandemSwitchReachable", index, each.truth("reachable"));
        put("tandemSwitchReachWhy", index, each.text("reachWhy"));
        put("tandemSwitchProfile", index, each.text("boxProfile"));
        put("tandemSwitchPath", index, each.text("path"));
        put("tandemSwitchMovedWithoutUs", index, each.truth("movedWithoutUs"));
        put("tandemSwitchMonitorOnly", index, each.truth("monitorOnly"));
        put("tandemSwitchLastEpoch", index, each.number("lastEpoch"));
        put("tandemSwitchAge", index, each.seconds("ageMs"));
        for (final Row card : rows(each.json(), "cards", "switches.")) {
            final String place = index + "." + card.get("card");
            put("tandemCardPosition", place, position(card.text("position")));
            put("tandemCardPositionName", place, card.text("position"));
            put("tandemCardLeadsTo", place, card.text("leadsTo"));
            put("tandemCardLastOutcome", place, card.text("lastOutcome"));
            put("tandemCardMovedWithoutUs", place, card.truth("movedWithoutUs"));
            put("tandemCardAge", place, card.seconds("ageMs"));
        }
    }

    private static String position(String position) {
        return position.length() == 1 ? position.toLowerCase(Locale.ROOT) : position;
    }

    @SuppressWarnings("unchecked")
    private void alarms(List<Row> alarms) {
        put("tandemAlarmsStanding", "0", alarms.size());
        for (final String severity : List.of("Critical", "Major", "Minor", "Warning")) {
            put(
                    "tandemAlarms" + severity,
                    "0",
                    alarms.stream()
                            .filter(alarm -> alarm.word("severity").equals(severity.toLowerCase(Locale.ROOT)))
                            .count());
        }
        for (final Row alarm : alarms) {
            final String number = alarm.text("number");
            final Object by = alarm.get("acknowledged");
            put("tandemAlarmName", number, alarm.word("name"));
            put("tandemAlarmSeverity", number, alarm.word("severity"));
            put("tandemAlarmObject", number, alarm.text("object"));
            put("tandemAlarmSince", number, alarm.time("since"));
            put("tandemAlarmText", number, alarm.text("text"));
            put("tandemAlarmAcknowledged", number, by != null);
            final Row ack = new Row("alarms.acknowledged.", by == null ? Map.of() : (Map<String, Object>) by, used);
            put("tandemAlarmAckWho", number, ack.text("who"));
            put("tandemAlarmAckReason", number, ack.text("reason"));
            put("tandemAlarmAckTime", number, ack.time("at"));
        }
    }

    @SuppressWarnings("unchecked")
    private void history(List<Map<String, Object>> history) {
        final List<Row> over = history.stream()
                .filter(alarm -> alarm.get("cleared") != null)
                .map(alarm -> new Row("history.", alarm, used))
                .toList();
        put("tandemHistoryRows", "0", over.size());
        for (final Row alarm : over) {
            final String number = alarm.text("number");
            put("tandemHistoryName", number, alarm.word("name"));
            put("tandemHistorySeverity", number, alarm.word("severity"));
            put("tandemHistoryObject", number, alarm.text("object"));
            put("tandemHistorySince", number, alarm.time("since"));
            put("tandemHistoryCleared", number, alarm.time("cleared"));
            put("tandemHistoryText", number, alarm.text("text"));
            final Object by = alarm.get("acknowledged");
            final Row ack = new Row("history.acknowledged.", by == null ? Map.of() : (Map<String, Object>) by, used);
            put("tandemHistoryAckWho", number, ack.text("who"));
            put("tandemHistoryAckReason", number, ack.text("reason"));
        }
    }

    @SuppressWarnings("unchecked")
    private void notified(List<Row> notified) {
        int manager = 0;
        int target = 0;
        for (final Row each : notified) {
            final String kind = each.text("kind");
            if (kind.startsWith("snmp/")) {
                final String index = String.valueOf(++manager);
                put("tandemManagerTarget", index, each.text("target"));
                put("tandemManagerInform", index, kind.endsWith("inform"));
                put(
                        "tandemManagerState",
                        index,
                        switch (each.text("state")) {
                            case "reached" -> "reachable";
                            case "unreachable" -> "unreachable";
                            default -> "unknown";
                        });
                put("tandemManagerLastNumber", index, each.number("lastNumber"));
                put("tandemManagerFailed", index, each.number("failed"));
                put("tandemManagerUntold", index, each.number("untold"));
                put("tandemManagerConfirmed", index, each.time("confirmedAt"));
                final Object asked = each.get("test");
                final Row test =
                        new Row("notified.test.", asked == null ? Map.of() : (Map<String, Object>) asked, used);
                put("tandemManagerTested", index, test.time("at"));
                put(
                        "tandemManagerTest",
                        index,
                        switch (test.orElse("state", "none")) {
                            case "confirmed", "sent" -> "taken";
                            case "failed" -> "notTaken";
                            default -> test.orElse("state", "none");
                        });
            } else {
                final String index = String.valueOf(++target);
                put("tandemTargetName", index, each.text("target"));
                put("tandemTargetKind", index, kind);
                put("tandemTargetState", index, each.text("state"));
                put("tandemTargetLastNumber", index, each.number("lastNumber"));
                put("tandemTargetSent", index, each.number("sent"));
                put("tandemTargetFailed", index, each.number("failed"));
                put("tandemTargetWaiting", index, each.number("waiting"));
                put("tandemTargetDropped", index, each.number("dropped"));
                put("tandemTargetWhy", index, each.text("why"));
            }
        }
    }

    /** As net-snmp shows a DateAndTime. */
    private static String time(Object iso) {
        if (iso == null) {
            return "0-0-0,0:0:0.0";
        }
        final OffsetDateTime at = Instant.parse(iso.toString()).atOffset(ZoneOffset.UTC);
        return at.getYear() + "-" + at.getMonthValue() + "-" + at.getDayOfMonth() + "," + at.getHour() + ":"
                + at.getMinute() + ":" + at.getSecond() + "." + at.getNano() / 100_000_000 + ",+0:0";
    }

    private static String cut(String text) {
        return text.length() <= MOST_BYTES ? text : text.substring(0, MOST_BYTES);
    }
}
