package org.tandemgw.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.metrics.Latencies;
import org.tandemgw.gateway.metrics.MetricsServer;
import org.tandemgw.gateway.notify.NotifyService;
import org.tandemgw.gateway.snmp.SnmpService;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;

/**
 * What tells others how things stand: the SNMP agent, syslog and webhooks, Prometheus, each only where the file has it. They ask for the picture and the alarms; nobody asks
 * them but for their own troubles. A changed configuration makes those of them anew that it is about.
 */
final class NocParts implements AutoCloseable {
    private final Supplier<GatewayStatus> status;
    private final LongSupplier historyDropped;
    private final List<Latencies> latencies;
    private final Alarms alarms;
    private final Clock clock;
    private final Random random;
    private SiteConfiguration site;
    private volatile SnmpService snmp;
    private volatile NotifyService notify;
    private volatile MetricsServer metrics;

    NocParts(
            SiteConfiguration site,
            List<AcdParts> acds,
            List<FeedServer> feeds,
            Supplier<GatewayStatus> status,
            LongSupplier historyDropped,
            Alarms alarms,
            Clock clock,
            Random random)
            throws IOException {
        this.status = status;
        this.historyDropped = historyDropped;
        this.latencies = latencies(acds, feeds);
        this.alarms = alarms;
        this.clock = clock;
        this.random = random;
        this.site = site;
        snmp = snmp(site);
        notify = notify(site);
        metrics = metrics(site);
    }

    private SnmpService snmp(SiteConfiguration of) throws IOException {
        return of.snmp().isEmpty()
                ? null
                : new SnmpService(
                        of.snmp().get(), of.site(), StatusPicture.version(), of.data(), status, alarms, clock, random);
    }

    private NotifyService notify(SiteConfiguration of) {
        return of.notifiers().isEmpty()
                ? null
                : new NotifyService(of.notifiers(), of.site(), enterprise(of), of.data(), alarms::active, clock);
    }

    private static String enterprise(SiteConfiguration of) {
        return of.snmp().map(SnmpConfig::enterprise).orElse(SnmpConfig.PLAYPEN);
    }

    private MetricsServer metrics(SiteConfiguration of) {
        return of.metrics().isEmpty() ? null : new MetricsServer(of.metrics().get(), status, historyDropped, latencies);
    }

    /**
     * Tells by another configuration from now on. What it is not about goes on as it is; managers and targets of what is made anew are told once more what stands.
     * One thread at a time.
     *
     * @throws IOException if it cannot; what it had to close for that stays closed, until it follows the configuration before
     */
    void follow(SiteConfiguration next) throws IOException {
        final SiteConfiguration before = site;
        site = next;
        if (snmp == null == next.snmp().isPresent() || !before.snmp().equals(next.snmp())) {
            if (snmp != null) {
                snmp.close();
                snmp = null;
            }
            final SnmpService made = snmp(next);
            if (made != null) {
                made.start();
            }
            snmp = made;
        }
        final boolean sameNames = enterprise(before).equals(enterprise(next));
        if (notify == null == !next.notifiers().isEmpty()
                || !sameNames
                || !before.notifiers().equals(next.notifiers())) {
            if (notify != null) {
                notify.close();
                notify = null;
            }
            final NotifyService made = notify(next);
            if (made != null) {
                made.start();
            }
            notify = made;
        }
        if (!before.metrics().equals(next.metrics())) {
            if (metrics != null) {
                metrics.close();
            }
            final MetricsServer made = metrics(next);
            if (made != null) {
                made.start();
            }
            metrics = made;
        }
    }

    private static List<Latencies> latencies(List<AcdParts> acds, List<FeedServer> feeds) {
        final List<Latencies> all = new ArrayList<>();
        for (final AcdParts acd : acds) {
            all.add(new Latencies(
                    Latencies.Name.ARRIVAL_TO_JOURNAL,
                    Map.of("acd", acd.config().name()),
                    acd.intake().arrivalToJournal()));
        }
        for (final FeedServer feed : feeds) {
            feed.arrivalToServer()
                    .forEach((acd, counts) -> all.add(new Latencies(
                            Latencies.Name.ARRIVAL_TO_SERVER,
                            Map.of("acd", acd, "server", feed.status().server()),
                            counts)));
        }
        return all;
    }

    void start() throws IOException {
        if (snmp != null) {
            snmp.start();
        }
        if (notify != null) {
            notify.start();
        }
        if (metrics != null) {
            metrics.start();
        }
    }

    /** What is wrong with them now. Any thread. */
    List<Condition> conditions() {
        final List<Condition> all = new ArrayList<>();
        final SnmpService agent = snmp;
        final NotifyService targets = notify;
        final MetricsServer figures = metrics;
        if (agent != null) {
            all.addAll(agent.conditions());
        }
        if (targets != null) {
            all.addAll(targets.conditions());
        }
        if (figures != null) {
            all.addAll(figures.conditions());
        }
        return all;
    }

    /** What operators ask of them. */
    NotificationTests tests() {
        return new NotificationTests(() -> snmp, () -> notify);
    }

    /** What each manager and each target was told. Any thread. */
    List<GatewayStatus.Notified> notified() {
        final List<GatewayStatus.Notified> all = new ArrayList<>();
        final SnmpService agent = snmp;
        final NotifyService targets = notify;
        if (agent != null) {
            all.addAll(agent.notified());
        }
        if (targets != null) {
            all.addAll(targets.notified());
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            if (metrics != null) {
                metrics.close();
            }
            if (notify != null) {
                notify.close();
            }
        } finally {
            if (snmp != null) {
                snmp.close();
            }
        }
    }
}
