package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.config.Check;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.ConfigHash;
import org.tandemgw.gateway.control.NetworkPlace;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.deciding.ConfigurationHash;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.Ink;

/** The body of {@code check --live}: everything is looked at once, and if all of it works, the running appliance remembers that for this configuration. */
final class LiveCheckRun {
    private static final long LOOK_MS = 200;
    private static final long LIMIT_S = 60;

    private final Console console;
    private final Path config;
    private final boolean json;
    private final SwitchSite site;

    /** What programs read. */
    record Outcome(boolean passed, String configHash, boolean remembered, String message, List<LiveCheck.Item> items) {}

    LiveCheckRun(Console console, Path config, boolean json) {
        this.console = console;
        this.config = config;
        this.json = json;
        this.site = new SwitchSite(config);
    }

    int run(String reason) {
        final String hash =
                site.running().record(ConfigHash.class, "/v1/config-hash").hash();
        final ConfigurationFile.Result file = ConfigurationFile.read(config);
        final Optional<SiteConfiguration> read = file.configuration();
        if (read.isEmpty()) {
            Check.printProblems(config, file.problems(), console.err());
            return Check.BAD;
        }
        if (!ConfigurationHash.of(read.get()).equals(hash)) {
            throw Refusal.no(
                    "the file is not the one that Tandem runs with: it was changed since the start",
                    "restart Tandem, then  tandem check --live");
        }
        final SwitchAnswer asked = site.ask("/v1/look-now", reason);
        if (!asked.ok()) {
            throw Refusal.no(asked.message(), asked.remedy());
        }
        final List<LiveCheck.Item> items = await(asked.at());
        final boolean passed = items.stream().allMatch(each -> Boolean.TRUE.equals(each.passed()));
        final SwitchAnswer told = passed ? site.ask("/v1/live-checked/" + hash, reason) : null;
        if (json) {
            console.out()
                    .println(JsonRecords.write(new Outcome(
                            passed,
                            hash,
                            told != null && told.ok(),
                            told == null ? summary(items) : told.message(),
                            items)));
        } else {
            items.forEach(this::show);
            console.out().println(summary(items));
        }
        if (told != null && !told.ok()) {
            throw Refusal.no("all of it works, but it is not remembered: " + told.message(), told.remedy());
        }
        if (!json) {
            console.out()
                    .println(
                            passed
                                    ? Ink.GOOD.paint("passed", console.colours())
                                            + ", and remembered for this configuration; who may switch:  tandem mode auto|manual"
                                            + " --reason TEXT"
                                    : Ink.BAD.paint("not passed", console.colours())
                                            + ": Tandem does not switch by itself until it has passed");
        }
        return passed ? 0 : 1;
    }

    /** A box is asked card by card: that may take a while. */
    private List<LiveCheck.Item> await(Instant since) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (true) {
            final List<LiveCheck.Item> items = LiveCheck.of(
                    site.running().status(), site.running().records(NetworkPlace.class, "/v1/network"), since);
            final boolean known = items.stream().noneMatch(each -> each.passed() == null);
            final boolean passed = items.stream().allMatch(each -> Boolean.TRUE.equals(each.passed()));
            if (passed || known && settled(endNs) || System.nanoTime() - endNs > 0 || !pause()) {
                return items;
            }
        }
    }

    /** What failed a moment ago may only have been late: it has some seconds. */
    private static boolean settled(long endNs) {
        return endNs - System.nanoTime() < TimeUnit.SECONDS.toNanos(LIMIT_S - 5);
    }

    private void show(LiveCheck.Item item) {
        final boolean passed = Boolean.TRUE.equals(item.passed());
        console.out()
                .println((passed ? "  ok  " : Ink.BAD.paint("  NO  ", console.colours()))
                        + Ink.harmless(item.name() + ": " + item.found()));
        if (!passed) {
            console.out().println("      " + Ink.harmless(item.remedy()));
        }
    }

    private static String summary(List<LiveCheck.Item> items) {
        final long passed = items.stream()
                .filter(each -> Boolean.TRUE.equals(each.passed()))
                .count();
        return passed + " of " + items.size() + " work";
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
