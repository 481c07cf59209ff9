package org.tandemgw.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.notify.NotifyService;
import org.tandemgw.gateway.snmp.SnmpService;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;

/**
 * What tells others how things stand: the SNMP agent, syslog and webhooks, each only where the file has it. They ask for the picture and the alarms; nobody asks
 * them but for their own troubles.
 */
final class NocParts implements AutoCloseable {
    private final SnmpService snmp;
    private final NotifyService notify;

    NocParts(SiteConfiguration site, Supplier<GatewayStatus> status, Alarms alarms, Clock clock, Random random)
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
    }

    void start() throws IOException {
        if (snmp != null) {
            snmp.start();
        }
        if (notify != null) {
            notify.start();
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
        return all;
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
