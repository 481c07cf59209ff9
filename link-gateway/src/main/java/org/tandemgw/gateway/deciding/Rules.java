package org.tandemgw.gateway.deciding;

import java.time.Duration;
import org.tandemgw.abswitch.BoxTiming;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.config.NetworkTarget;
import org.tandemgw.gateway.config.ProbeConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchRules;
import org.tandemgw.gateway.config.SwitchoverConfig;
import org.tandemgw.gateway.config.SwitchoverConfig.DrillSchedule;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.switchover.DrillRules;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OnPartial;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** From the configuration to what deciding depends on. Pure. */
public final class Rules {
    private static final int MINUTES_PER_HOUR = 60;

    /** Nothing is given up on earlier than this, whatever the profile says. */
    private static final long LEAST_SELECT_MS = 10_000;

    private Rules() {}

    /**
     * The rules in force.
     *
     * @param monitorOnly whether nothing is ever done
     */
    public static SwitchoverRules of(SiteConfiguration site, boolean monitorOnly) {
        final SwitchoverConfig config = site.switchover();
        return new SwitchoverRules(
                site.site(),
                Mode.valueOf(config.mode().name()),
                site.servers().stream().map(each -> server(each, site)).toList(),
                site.network().gateways(),
                FencePolicy.valueOf(config.fence().name()),
                config.reconnect().toMillis(),
                config.unreachable().pings(),
                config.unreachable().every().toMillis(),
                new RestartRules(
                        config.restarts().sequential(),
                        config.restarts().inPeriod(),
                        config.restarts().period().toMillis()),
                config.holdDown().toMillis(),
                failBack(config.failBack()),
                config.initial().orElse(null),
                site.switches().stream().map(Rules::trunkSwitch).toList(),
                monitorOnly,
                config.releaseSkew() == SwitchoverConfig.ReleaseSkew.ALLOW,
                ConfigurationHash.of(site),
                site.timeZone().getId(),
                drill(config.drill()));
    }

    private static ServerRules server(ServerConfig server, SiteConfiguration site) {
        final String release = server.profile().release();
        return new ServerRules(
                server.name(),
                server.probes().stream().map(Rules::probe).toList(),
                limitMs(server.promote().orElse(null)),
                limitMs(server.demote().orElse(null)),
                release == null || release.isEmpty() ? null : release,
                site.network().netTest().get(server.name()),
                NetworkTarget.machine(server).map(NetworkTarget::host).orElse(null));
    }

    private static long limitMs(ActionConfig action) {
        return action == null ? 0 : action.timeout().toMillis();
    }

    private static ProbeRules probe(ProbeConfig probe) {
        return new ProbeRules(
                probe.name(),
                probe.every().toMillis(),
                probe.timeout().toMillis(),
                probe.failures(),
                probe.retry().toMillis(),
                probe.secondPath().isPresent(),
                probe.kind() == ProbeConfig.Kind.ICMP);
    }

    private static org.tandemgw.gateway.switchover.SwitchRules trunkSwitch(SwitchConfig config) {
        return new org.tandemgw.gateway.switchover.SwitchRules(
                config.name(),
                OnPartial.valueOf(config.onPartial().name()),
                config.cards().size(),
                selectMs(config),
                config.dwell().toMillis());
    }

    /**
     * What a select may take at the very worst: every frame tried as often as the profile allows, over each path, and an order that
     * was there before it. The driver ends it earlier by itself; this is for an end that is never told.
     */
    private static long selectMs(SwitchConfig config) {
        final BoxTiming timing = SwitchRules.rules(config.profile()).timing();
        final Duration exchange =
                timing.connect().plus(timing.quiet()).plus(timing.answer()).plus(timing.gap());
        final int tries = timing.retries() + 1;
        final Duration frame = exchange.plus(timing.backoffMax()).multipliedBy(tries);
        final Duration card = frame.multipliedBy(2) // two agreeing answers before it is moved
                .plus(exchange.plus(timing.settle())
                        .plus(timing.readBack())
                        .plus(frame.multipliedBy(2))
                        .multipliedBy(tries));
        final int paths = (config.tcp().isPresent() ? 1 : 0)
                + (config.serial().isPresent() ? 1 : 0)
                + (config.snmp().isPresent() ? 1 : 0);
        final long oneOrderMs = card.multipliedBy((long) config.cards().size() * Math.max(1, paths))
                .toMillis();
        return Math.max(LEAST_SELECT_MS, 2 * oneOrderMs);
    }

    private static DrillRules drill(SwitchoverConfig.Drill config) {
        final DrillSchedule schedule = config.schedule().orElse(null);
        return new DrillRules(
                schedule == null ? 0 : schedule.every().toMillis(),
                schedule == null ? 0 : schedule.at().day().getValue(),
                schedule == null ? 0 : minute(schedule.at().time()),
                schedule == null ? 0 : schedule.within().toMillis(),
                config.callsAtMost(),
                config.homeWithin().toMillis());
    }

    private static FailBack failBack(SwitchoverConfig.FailBack config) {
        final FailBack.Policy policy = FailBack.Policy.valueOf(config.policy().name());
        if (config.window().isEmpty()) {
            return new FailBack(policy, 0, 0);
        }
        final String[] ends = config.window().get().split("-");
        return new FailBack(policy, minute(ends[0]), minute(ends[1]));
    }

    private static int minute(String time) {
        final String[] parts = time.split(":");
        return Integer.parseInt(parts[0]) * MINUTES_PER_HOUR + Integer.parseInt(parts[1]);
    }
}
