package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;

/** Rules of a site in tests: two servers, two gateways, a trunk switch of four cards; each word of a script changes one thing. */
final class RigRules {
    static final String EAST = "cms-east";
    static final String WEST = "cms-west";
    static final String HASH = "abc";

    private Mode mode = Mode.AUTO;
    private FencePolicy fence = FencePolicy.TRUNK_SWITCH;
    private OnPartial onPartial = OnPartial.HOLD;
    private FailBack failBack = FailBack.NEVER;
    private List<String> gateways = List.of("gw1", "gw2");
    private List<String> switches = List.of("trunks");
    private String initial = EAST;
    private boolean netTest = true;
    private boolean probes = true;
    private boolean secondPath;
    private boolean monitorOnly;
    private boolean skewAllowed;
    private long reconnectMs = 5_000;
    private int pings = 3;
    private long promoteMs = 10_000;
    private long demoteMs;
    private long dwellMs;
    private int failures = 3;
    private DrillRules drill = DrillRules.NONE;

    static RigRules site() {
        return new RigRules();
    }

    /** {@code key=value}, as scripts write it. */
    RigRules with(String word) {
        final String key = word.substring(0, word.indexOf('='));
        final String value = word.substring(word.indexOf('=') + 1);
        switch (key) {
            case "mode" -> mode = constant(Mode.values(), value);
            case "fence" -> fence = constant(FencePolicy.values(), value);
            case "on-partial" -> onPartial = constant(OnPartial.values(), value);
            case "fail-back" -> failBack = failBack(value);
            case "gateways" -> gateways = list(value);
            case "switches" -> switches = list(value);
            case "initial" -> initial = value.equals("none") ? null : value;
            case "net-test" -> netTest = value.equals("yes");
            case "probes" -> probes = value.equals("yes");
            case "second-path" -> secondPath = value.equals("yes");
            case "monitor-only" -> monitorOnly = value.equals("yes");
            case "skew-allowed" -> skewAllowed = value.equals("yes");
            case "reconnect" -> reconnectMs = millis(value);
            case "pings" -> pings = Integer.parseInt(value);
            case "promote" -> promoteMs = millis(value);
            case "demote" -> demoteMs = millis(value);
            case "dwell" -> dwellMs = millis(value);
            case "failures" -> failures = Integer.parseInt(value);
            case "drill" -> drill = drill(value);
            default -> throw new IllegalArgumentException("no rule " + key);
        }
        return this;
    }

    /** {@code days,day,HH:MM,within,calls,home-within}: {@code 30,7,03:00,3600s,0,900s}; no days: no schedule. */
    private static DrillRules drill(String value) {
        final String[] words = value.split(",");
        return new DrillRules(
                Long.parseLong(words[0]) * 86_400_000,
                Integer.parseInt(words[1]),
                minute(words[2]),
                millis(words[3]),
                Integer.parseInt(words[4]),
                millis(words[5]));
    }

    private static <E extends Enum<E>> E constant(E[] all, String word) {
        for (final E each : all) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException(word);
    }

    private static List<String> list(String value) {
        return value.equals("none") ? List.of() : List.of(value.split(","));
    }

    private static FailBack failBack(String value) {
        return switch (value) {
            case "never" -> FailBack.NEVER;
            case "manual" -> new FailBack(FailBack.Policy.MANUAL, 0, 0);
            case "idle" -> new FailBack(FailBack.Policy.IDLE, 0, 0);
            default -> new FailBack(FailBack.Policy.WINDOW, minute(value.substring(0, 5)), minute(value.substring(6)));
        };
    }

    private static int minute(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    static long millis(String text) {
        return Math.round(Double.parseDouble(text.replace("s", "")) * 1_000);
    }

    SwitchoverRules rules() {
        final List<ProbeRules> all =
                probes ? List.of(new ProbeRules("app", 1_000, 500, failures, 200, secondPath, false)) : List.of();
        return new SwitchoverRules(
                "hq",
                mode,
                List.of(server(EAST, all), server(WEST, all)),
                gateways,
                fence,
                reconnectMs,
                pings,
                10_000,
                new RestartRules(2, 2, 300_000),
                600_000,
                failBack,
                initial,
                switches.stream()
                        .map(name -> new SwitchRules(name, onPartial, 4, 20_000, dwellMs))
                        .toList(),
                monitorOnly,
                skewAllowed,
                HASH,
                "Europe/Berlin",
                drill);
    }

    private ServerRules server(String name, List<ProbeRules> all) {
        final String side = name.substring(4);
        return new ServerRules(
                name, all, promoteMs, demoteMs, null, netTest ? side + "-neighbour" : null, side + "-machine");
    }
}
