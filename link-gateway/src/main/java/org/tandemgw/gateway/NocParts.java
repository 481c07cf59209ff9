package org.tandemgw.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
 * them but for their own troubles.
 */
final class NocParts implements AutoCloseable {
    private final SnmpService snmp;
    private final NotifyService notify;
    private final MetricsServer metrics;

    NocParts(
            SiteConfiguration site,
            List<AcdParts> acds,
            List<FeedServer> feeds,
            Supplier<GatewayStatus> status,
            Alarms alarms,
            Clock clock,
            Random random)
            throws IOException {
        snmp = site.snmp().isEmpty()
                ? null
                : new SnmpService(
                        site.snmp().get(),
                        site.site(),
                        StatusPicture.version(),
                        site.data(),
                        status,
                        alarms,
                        clock,
                        random);
        notify = site.notifiers().isEmpty()
                ? null
                : new NotifyService(
                        site.notifiers(),
                        site.site(),
                        site.snmp().map(SnmpConfig::enterprise).orElse(SnmpConfig.PLAYPEN),
                        site.data(),
                        alarms::active,
                        clock);
        metrics = site.metrics().isEmpty()
                ? null
                : new MetricsServer(site.metrics().get(), status, latencies(acds, feeds));
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
        if (snmp != null) {
            all.addAll(snmp.conditions());
        }
        if (notify != null) {
            all.addAll(notify.conditions());
        }
        if (metrics != null) {
            all.addAll(metrics.conditions());
        }
        return all;
    }

    /** What operators ask of them. */
    NotificationTests tests() {
        return new NotificationTests(snmp, notify);
    }

    /** What each manager and each target was told. Any thread. */
    List<GatewayStatus.Notified> notified() {
        final List<GatewayStatus.Notified> all = new ArrayList<>();
        if (snmp != null) {
            all.addAll(snmp.notified());
        }
        if (notify != null) {
            all.addAll(notify.notified());
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
