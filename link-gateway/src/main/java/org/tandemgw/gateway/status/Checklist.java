package org.tandemgw.gateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;

/**
 * The daily checklist: are all links up, is everything being stored and fed, did the backups run, was there anything unusual. Pure; for people, cron and programs
 * that ask every few minutes.
 */
public final class Checklist {
    /** How good it is; the numbers are the exit statuses that monitoring programs know. */
    public enum Grade {
        /** As it should be. */
        OK,
        /** Somebody should look, today. */
        WARNING,
        /** Somebody should look, now. */
        CRITICAL;

        /** The word that programs read. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One answer of the list; component names are the JSON keys. */
    public record Check(String name, Grade grade, String said) {}

    /**
     * The list.
     *
     * @param site null: it could not be asked
     * @param status the worst of all checks
     */
    public record Health(String site, Grade status, List<Check> checks) {
        /** Takes its own copy of the list. */
        public Health {
            checks = List.copyOf(checks);
        }
    }

    private static final Duration STALE = Duration.ofSeconds(5);
    private static final long LAG_MS = 10_000;

    private final GatewayStatus status;
    private final List<Check> checks = new ArrayList<>();

    private Checklist(GatewayStatus status) {
        this.status = status;
    }

    /**
     * Goes through the list.
     *
     * @param history alarms, active and over
     * @param since from when on alarms that are over count as unusual
     * @param backups when the newest backup of each ACD was made, null for one that has none; null: nobody asks
     * @param backupAge how old it may be
     */
    public static Health of(
            GatewayStatus status,
            List<Alarm> history,
            Instant now,
            Instant since,
            Map<String, Instant> backups,
            Duration backupAge) {
        final Checklist list = new Checklist(status);
        list.picture(now);
        list.links();
        list.stored();
        list.feeds();
        list.protection();
        list.trunks();
        list.backups(backups, now, backupAge);
        list.standing();
        list.unusual(history, since);
        final Grade worst =
                list.checks.stream().map(Check::grade).max(Grade::compareTo).orElse(Grade.OK);
        return new Health(status.site(), worst, list.checks);
    }

    /** Of a site that cannot be asked. */
    public static Health notRunning(String why) {
        return new Health(null, Grade.CRITICAL, List.of(new Check("running", Grade.CRITICAL, why)));
    }

    private void picture(Instant now) {
        final Duration age = Duration.between(status.at(), now);
        final boolean stale = age.compareTo(STALE) > 0;
        add(
                "running",
                stale ? Grade.CRITICAL : Grade.OK,
                stale ? "the picture is " + age.toSeconds() + " s old: Tandem is stuck" : "since " + status.upSince());
    }

    private void links() {
        final Findings findings = new Findings();
        int up = 0;
        int all = 0;
        for (final GatewayStatus.Acd acd : status.acds()) {
            final long working = acd.legs().stream().filter(Checklist::isUp).count();
            up += (int) working;
            all += acd.legs().size();
            for (final GatewayStatus.Leg leg : acd.legs()) {
                if (!isUp(leg)) {
                    findings.add(
                            working == 0 ? Grade.CRITICAL : Grade.WARNING,
                            acd.name() + " leg " + leg.leg() + " is " + leg.state()
                                    + (leg.why() == null ? "" : " (" + leg.why() + ")"));
                }
            }
        }
        findings.conclude("links", up + " of " + all + " legs are up");
    }

    private static boolean isUp(GatewayStatus.Leg leg) {
        return leg.state() == LegState.UP || leg.state() == LegState.HUNTING;
    }

    private void stored() {
        final Findings findings = new Findings();
        for (final Alarm alarm : status.alarms()) {
            if (alarm.name() == AlarmName.JOURNAL_FAULT) {
                findings.add(Grade.CRITICAL, alarm.object() + ": " + alarm.text());
            }
        }
        switch (status.disk().state()) {
            case OK -> {}
            case LOW -> findings.add(Grade.WARNING, "the disk is low");
            case CRITICAL, PAUSED ->
                findings.add(Grade.CRITICAL, "the disk is " + status.disk().state());
        }
        findings.conclude(
                "journals",
                status.acds().stream()
                                .map(acd -> acd.name() + " is at " + acd.sequence())
                                .collect(Collectors.joining(", "))
                        + "; free: " + (status.disk().freeBytes() >> 20) + " MiB");
    }

    private void feeds() {
        final Findings findings = new Findings();
        final Map<String, Integer> connected = new TreeMap<>();
        status.servers().forEach(server -> server.feeds()
                .forEach(feed -> connected.merge(feed.acd(), feed.connected() ? 1 : 0, Integer::sum)));
        for (final GatewayStatus.Server server : status.servers()) {
            for (final GatewayStatus.Feed feed : server.feeds()) {
                if (!feed.connected()) {
                    findings.add(
                            connected.get(feed.acd()) == 0 ? Grade.CRITICAL : Grade.WARNING,
                            server.name() + " is not connected to " + feed.acd());
                } else if (feed.lagMs() > LAG_MS) {
                    findings.add(
                            Grade.WARNING, server.name() + " is " + feed.lagMs() / 1000 + " s behind " + feed.acd());
                }
            }
        }
        findings.conclude("servers", "both are fed");
    }

    private void protection() {
        final Grade grade =
                switch (status.state()) {
                    case PROTECTED -> Grade.OK;
                    case ERROR, HOLDING, ISOLATED -> Grade.CRITICAL;
                    case STARTING, SWITCHING, MAINTENANCE, DIAGNOSING, RECONNECTING, SUSPECTING, UNPROTECTED ->
                        Grade.WARNING;
                };
        add(
                "protection",
                grade,
                status.state() + (status.because().isEmpty() ? "" : ": " + String.join("; ", status.because())));
    }

    private void trunks() {
        if (status.switches().isEmpty()) {
            return;
        }
        final Findings findings = new Findings();
        for (final GatewayStatus.TrunkSwitch each : status.switches()) {
            if (each.confirmedBy() == null) {
                findings.add(Grade.WARNING, each.name() + " was confirmed by nobody, and is not asked");
            } else if (!each.reachable()) {
                findings.add(Grade.CRITICAL, each.name() + " cannot be asked: " + each.reachWhy());
            } else if (each.leadsTo() == null) {
                findings.add(Grade.CRITICAL, each.name() + " is at " + each.position());
            }
            if (each.movedWithoutUs()) {
                findings.add(Grade.WARNING, each.name() + " was moved without an order");
            }
        }
        findings.conclude(
                "trunks",
                status.switches().stream()
                        .map(each -> each.name() + " leads to " + each.leadsTo())
                        .collect(Collectors.joining(", ")));
    }

    private void backups(Map<String, Instant> newest, Instant now, Duration age) {
        if (newest == null) {
            add("backups", Grade.OK, "not asked: name the folder with --backups");
            return;
        }
        final Findings findings = new Findings();
        newest.forEach((acd, at) -> {
            if (at == null) {
                findings.add(Grade.WARNING, "there is none of " + acd);
            } else if (Duration.between(at, now).compareTo(age) > 0) {
                findings.add(Grade.WARNING, "the newest of " + acd + " was made at " + at);
            }
        });
        findings.conclude("backups", "all are younger than " + age.toHours() + " hours");
    }

    private void standing() {
        final Findings findings = new Findings();
        for (final Alarm alarm : status.alarms()) {
            findings.add(
                    alarm.severity().compareTo(Severity.MAJOR) <= 0 ? Grade.CRITICAL : Grade.WARNING,
                    alarm.name() + " " + alarm.object());
        }
        findings.conclude("alarms", "none stands");
    }

    private void unusual(List<Alarm> history, Instant since) {
        final Map<String, Long> counts = history.stream()
                .filter(alarm -> !alarm.active() && !alarm.cleared().isBefore(since))
                .filter(alarm -> alarm.severity().compareTo(Severity.MAJOR) <= 0)
                .collect(Collectors.groupingBy(
                        alarm -> alarm.name() + " " + alarm.object(), TreeMap::new, Collectors.counting()));
        final Findings findings = new Findings();
        counts.forEach(
                (name, count) -> findings.add(Grade.WARNING, name + (count > 1 ? " (" + count + " times)" : "")));
        findings.conclude("unusual", "no critical or major alarm was over since " + since);
    }

    private void add(String name, Grade grade, String said) {
        checks.add(new Check(name, grade, said));
    }

    /** What is not as it should be, of one check. */
    private final class Findings {
        private Grade worst = Grade.OK;
        private final List<String> said = new ArrayList<>();

        void add(Grade grade, String sentence) {
            worst = grade.compareTo(worst) > 0 ? grade : worst;
            said.add(sentence);
        }

        void conclude(String name, String... ifGood) {
            Checklist.this.add(name, worst, String.join("; ", said.isEmpty() ? Arrays.asList(ifGood) : said));
        }
    }
}
