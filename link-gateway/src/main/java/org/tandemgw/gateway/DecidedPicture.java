package org.tandemgw.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.deciding.Deciding;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.ServerRole;
import org.tandemgw.gateway.status.SiteState;
import org.tandemgw.gateway.switchover.DrillView;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Role;
import org.tandemgw.gateway.switchover.SwitchoverView;

/**
 * What deciding adds to the picture: one look, so that all of it fits together. Of a site that does not switch nothing is added, and
 * nobody is judged. Status thread.
 *
 * @param view null: this site does not switch
 * @param fault why nothing is decided any more; null while all is well
 */
record DecidedPicture(Deciding deciding, SwitchoverView view, String fault) {
    /** @param deciding null: this site does not switch */
    static DecidedPicture of(Deciding deciding) {
        return deciding == null
                ? new DecidedPicture(null, null, null)
                : new DecidedPicture(deciding, deciding.view(), deciding.fault());
    }

    String mode() {
        return view == null || fault != null
                ? Mode.NONE.toString()
                : view.mode().toString();
    }

    String modeFile() {
        return view == null ? Mode.NONE.toString() : view.modeFile().toString();
    }

    String modeOperator() {
        return view == null || view.modeOperator() == null
                ? null
                : view.modeOperator().toString();
    }

    String phase() {
        return view == null ? null : view.phase().sentence();
    }

    String active() {
        return view == null ? null : view.active();
    }

    long epoch(long trunks) {
        return view == null ? trunks : Math.max(trunks, view.epoch());
    }

    long decision() {
        return view == null ? 0 : view.decision();
    }

    long holdDownLeftMs() {
        return view == null ? 0 : view.holdDownLeftMs();
    }

    DrillView drills() {
        return view == null ? null : view.drills();
    }

    String next() {
        return fault != null ? "look at the log, then restart Tandem" : view == null ? null : view.next();
    }

    List<GatewayStatus.Maintenance> maintenance() {
        return view == null
                ? List.of()
                : view.maintenance().stream()
                        .map(each -> new GatewayStatus.Maintenance(
                                each.server(),
                                each.who(),
                                each.why(),
                                Instant.ofEpochMilli(each.sinceMs()),
                                Instant.ofEpochMilli(each.untilMs()),
                                each.overdue()))
                        .toList();
    }

    /** The worse of what deciding says and of what the rest of the picture says. */
    SiteState state(SiteState rest) {
        if (fault != null) {
            return SiteState.ERROR;
        }
        if (view == null) {
            return rest;
        }
        final SiteState decided = state(view.state());
        return decided.compareTo(rest) < 0 ? decided : rest;
    }

    private static SiteState state(String word) {
        for (final SiteState each : SiteState.values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw new IllegalStateException("no state of a site is called " + word);
    }

    /** Deciding's sentences first: they say what is being done. */
    List<String> because(List<String> rest) {
        final List<String> all = new ArrayList<>();
        if (fault != null) {
            all.add("nothing is decided any more, by a fault of Tandem's own: " + fault);
        }
        if (view != null) {
            all.addAll(view.because());
        }
        rest.stream().filter(each -> !all.contains(each)).forEach(all::add);
        return all;
    }

    ServerRole role(String server, boolean connected) {
        final SwitchoverView.ServerView seen = server(server);
        return seen == null ? connected ? ServerRole.STANDBY : ServerRole.OUT : role(seen.role());
    }

    private static ServerRole role(Role role) {
        return switch (role) {
            case ACTIVE -> ServerRole.ACTIVE;
            case STANDBY -> ServerRole.STANDBY;
            case REJOINING -> ServerRole.REJOINING;
            case OUT -> ServerRole.OUT;
        };
    }

    org.tandemgw.gateway.status.Health health(String server) {
        final SwitchoverView.ServerView seen = server(server);
        return seen == null ? org.tandemgw.gateway.status.Health.UNKNOWN : health(seen.health());
    }

    private static org.tandemgw.gateway.status.Health health(Health health) {
        return switch (health) {
            case UP -> org.tandemgw.gateway.status.Health.UP;
            case SUSPECT -> org.tandemgw.gateway.status.Health.SUSPECT;
            case DOWN -> org.tandemgw.gateway.status.Health.DOWN;
            case UNKNOWN -> org.tandemgw.gateway.status.Health.UNKNOWN;
        };
    }

    List<GatewayStatus.Probe> probes(String server) {
        final SwitchoverView.ServerView seen = server(server);
        return seen == null
                ? List.of()
                : seen.probes().stream()
                        .map(probe -> new GatewayStatus.Probe(
                                probe.name(),
                                health(probe.health()),
                                probe.lastMs(),
                                probe.failures(),
                                probe.said(),
                                deciding.lookedAt(server, probe.name())))
                        .toList();
    }

    private SwitchoverView.ServerView server(String name) {
        return view == null
                ? null
                : view.servers().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElse(null);
    }
}
