package org.tandemgw.gateway.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tandemgw.gateway.config.SwitchoverConfig.Drill;
import org.tandemgw.gateway.config.SwitchoverConfig.DrillSchedule;
import org.tandemgw.gateway.config.SwitchoverConfig.FailBack;
import org.tandemgw.gateway.config.SwitchoverConfig.Fence;
import org.tandemgw.gateway.config.SwitchoverConfig.Mode;
import org.tandemgw.gateway.config.SwitchoverConfig.ReleaseSkew;
import org.tandemgw.gateway.config.SwitchoverConfig.Restarts;
import org.tandemgw.gateway.config.SwitchoverConfig.Unreachable;
import org.tandemgw.profiles.yaml.Section;

/** Reads {@code switchover}: when and how the active server changes. */
final class SwitchoverReader {

    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";
    private static final Pattern WINDOW = Pattern.compile(TIME + "-" + TIME);
    private static final Pattern WEEKLY = Pattern.compile("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) " + TIME);
    private static final int MOST_HOOKS = 50;
    private static final Duration A_WEEK = Duration.ofDays(7);

    private final List<ServerConfig> servers;
    private final boolean hasSwitches;
    private final Set<String> serverNames;
    private final Actions actions;

    SwitchoverReader(List<ServerConfig> servers, Set<String> serverNames, boolean hasSwitches, Actions actions) {
        this.servers = servers;
        this.serverNames = serverNames;
        this.hasSwitches = hasSwitches;
        this.actions = actions;
    }

    SwitchoverConfig read(Section section) {
        Mode mode = section.word("mode", Mode.class, Mode.MANUAL);
        String initial = section.text("initial", null);
        if (initial != null && !serverNames.contains(initial)) {
            section.reject("initial", "is not a server of this file", "there are: " + String.join(", ", serverNames));
        }
        Section unreachable = section.section("unreachable");
        Section restarts = section.section("restarts");
        return new SwitchoverConfig(
                section.present(),
                mode,
                Optional.ofNullable(initial),
                fence(section),
                section.duration("reconnect", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)),
                new Unreachable(
                        (int) unreachable.number("pings", 3, -1, 1_000),
                        unreachable.duration(
                                "every", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofHours(1))),
                new Restarts(
                        (int) restarts.number("sequential", 2, 1, 100),
                        (int) restarts.number("in-period", 2, 1, 100),
                        restarts.duration(
                                "period", Duration.ofSeconds(300), Duration.ofSeconds(1), Duration.ofDays(7))),
                section.duration("hold-down", Duration.ofMinutes(10), Duration.ZERO, Duration.ofDays(7)),
                failBack(section),
                releaseSkew(section),
                drill(section.section("drill")),
                hooks(section),
                history(section.section("history")));
    }

    private static SwitchoverConfig.History history(Section section) {
        return new SwitchoverConfig.History(
                section.flag("record", true),
                section.duration("keep", Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(3_650)),
                section.sizeBytes("at-most", 64L << 20, 1L << 20, 1L << 40));
    }

    private Fence fence(Section section) {
        boolean demotes = servers.stream().allMatch(server -> server.demote().isPresent());
        Fence natural = hasSwitches ? Fence.TRUNK_SWITCH : demotes ? Fence.DEMOTE : Fence.NONE;
        Fence fence = section.word("fence", Fence.class, natural);
        if (fence == Fence.TRUNK_SWITCH && !hasSwitches) {
            section.reject("fence", "needs a trunk switch", "describe it under  switches:, or write  fence: demote");
        } else if (fence == Fence.DEMOTE && !demotes) {
            section.reject("fence", "needs a demote of both servers", "add  demote:  to both, or write  fence: none");
        } else if (fence == Fence.NONE) {
            section.warn(
                    "fence",
                    "is none: nothing makes sure that the old active server cannot act",
                    "add a trunk switch or demote actions before you rely on a switchover");
        }
        return fence;
    }

    private static FailBack failBack(Section section) {
        return section.value(
                "fail-back",
                new FailBack(FailBack.Policy.NEVER, Optional.empty()),
                SwitchoverReader::failBack,
                "write never, manual, idle, or a window such as \"02:00-04:00\"");
    }

    private static FailBack failBack(String text) {
        for (FailBack.Policy policy : FailBack.Policy.values()) {
            if (policy != FailBack.Policy.WINDOW && Section.wordOf(policy).equals(text)) {
                return new FailBack(policy, Optional.empty());
            }
        }
        if (!WINDOW.matcher(text).matches()) {
            throw new IllegalArgumentException("is neither a known word nor a window");
        }
        return new FailBack(FailBack.Policy.WINDOW, Optional.of(text));
    }

    private static ReleaseSkew releaseSkew(Section section) {
        ReleaseSkew skew = section.word("release-skew", ReleaseSkew.class, ReleaseSkew.BLOCK);
        if (skew == ReleaseSkew.ALLOW) {
            section.warn(
                    "release-skew",
                    "is allow: Tandem switches by itself to a server of another release",
                    "write  release-skew: block  once both run the same one");
        }
        return skew;
    }

    private static Drill drill(Section drill) {
        Duration every = drill.duration("every", null, Duration.ofSeconds(1), Duration.ofDays(366));
        String at = drill.text("at", null, WEEKLY, "write a weekday and a time, such as \"Sun 03:00\"");
        Duration within = drill.duration("within", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(1));
        Optional<DrillSchedule> schedule = Optional.empty();
        if (every != null && at != null) {
            schedule = Optional.of(new DrillSchedule(
                    every, new SwitchoverConfig.Weekly(at, day(at), at.substring(at.indexOf(' ') + 1)), within));
        } else if (drill.has("every") || drill.has("at") || drill.has("within")) {
            drill.require("every", "at");
        }
        if (every != null && every.compareTo(A_WEEK) < 0) {
            drill.warn(
                    "every",
                    "is less than a week, and  at  comes once a week: drillOverdue will be raised in between",
                    "write  every: 7d  or more");
        }
        return new Drill(
                schedule,
                (int) drill.number("calls-at-most", 0, 0, 1_000_000),
                drill.duration("home-within", Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofDays(1)));
    }

    private static DayOfWeek day(String at) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equals(at.substring(0, 3)))
                .findFirst()
                .orElseThrow();
    }

    private List<ActionConfig> hooks(Section section) {
        List<ActionConfig> hooks = new ArrayList<>();
        for (Section hook : section.sections("hooks")) {
            actions.readHook(hook).ifPresent(hooks::add);
        }
        if (hooks.size() > MOST_HOOKS) {
            section.reject("hooks", "has more than " + MOST_HOOKS + " entries", "shorten it");
        }
        return hooks;
    }
}
