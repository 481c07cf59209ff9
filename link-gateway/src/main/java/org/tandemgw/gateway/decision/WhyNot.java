package org.tandemgw.gateway.decision;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Trigger;

/** What keeps the site from switching by itself now: every condition, its value, what is missing, and which command helps. Pure; any thread. */
public final class WhyNot {
    private static final int VALUE = 34;

    private WhyNot() {}

    /** The page. */
    public static List<String> lines(String site, SwitchoverView now, boolean colours) {
        final Page page = new Page(colours);
        final List<Condition> missing = now.conditions().stream()
                .filter(each -> !each.met() && !SiteNow.isFailure(each))
                .toList();
        final String target = target(now);
        page.item(
                site,
                Ink.BOLD,
                site.length() + 2,
                now.state().toUpperCase(Locale.ROOT) + "   "
                        + (now.active() == null ? "nobody is known to be active" : "active " + now.active())
                        + "   mode "
                        + now.mode() + " (file " + now.modeFile()
                        + (now.modeOperator() == null ? "" : ", operator " + now.modeOperator()) + ")   epoch "
                        + now.epoch(),
                1);
        if (now.phase().switching()) {
            page.item("UNDER WAY:", Ink.BOLD, 11, underWay(now), 1);
        } else if (now.conditions().isEmpty()) {
            page.text(0, "nothing can be said yet: ask again in a moment", 1);
        } else if (now.active() == null) {
            page.item("NOT BY ITSELF:", Ink.BAD, 15, "an operator has to say who is active", 2);
        } else if (SiteNow.isReady(now)) {
            page.item(
                    "READY:", Ink.GOOD, 7, "should " + now.active() + " fail, " + target + " takes over by itself", 1);
        } else {
            page.item(
                    "NOT BY ITSELF:",
                    Ink.BAD,
                    15,
                    (SiteNow.hasFailed(now)
                                    ? now.active() + " is down, and nothing is switched: "
                                    : "should " + now.active() + " fail, nothing is switched: ")
                            + missing.size()
                            + (missing.size() == 1 ? " condition is" : " conditions are") + " missing",
                    1);
        }
        page.blank();
        for (final Condition each : missing) {
            page.item("  NO   " + Page.cut(each.name(), VALUE - 9), Ink.BAD, VALUE, value(each), 2);
            page.text(7, "missing: " + each.missing(), 2);
            if (each.command() != null) {
                page.commands("       type:", 16, each.command());
            }
        }
        now.conditions().stream()
                .filter(Condition::met)
                .forEach(each ->
                        page.item("  yes  " + Page.cut(each.name(), VALUE - 9), Ink.PLAIN, VALUE, value(each), 1));
        now.conditions().stream()
                .filter(each -> !each.met() && SiteNow.isFailure(each))
                .forEach(each -> page.item(
                        "  -    " + Page.cut(each.name(), VALUE - 9), Ink.DIM, VALUE, "none: " + value(each), 1));
        page.blank();
        now.because().stream().limit(4).forEach(why -> page.text(0, "because " + why, 3));
        page.commands("TYPE NEXT", 11, next(now, missing));
        return page.lines();
    }

    /** Where nothing has to be done at once, what is missing is worth a command all the same. */
    private static String next(SwitchoverView now, List<Condition> missing) {
        return now.phase().switching() || now.next() != null || !now.protected_()
                ? SiteNow.next(now)
                : missing.stream()
                        .filter(each -> !each.name().equals("hold-down")) // over by itself
                        .map(Condition::command)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(command -> "for Tandem to switch by itself: " + command)
                        .orElse(SiteNow.next(now));
    }

    private static String underWay(SwitchoverView now) {
        final Decision open = now.open();
        return "decision " + now.decision()
                + (open == null
                        ? ""
                        : (open.from() == null ? "" : " from " + open.from()) + " to " + open.to()
                                + (open.trigger() == Trigger.AUTOMATIC ? ", by itself" : ", by " + open.who()))
                + ";  tandem why " + now.decision();
    }

    private static String value(Condition each) {
        return each.value() == null ? "-" : each.value();
    }

    private static String target(SwitchoverView now) {
        return now.servers().stream()
                .map(SwitchoverView.ServerView::name)
                .filter(name -> !name.equals(now.active()))
                .findFirst()
                .orElse("the other server");
    }
}
