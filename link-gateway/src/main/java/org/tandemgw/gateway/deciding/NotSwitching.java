package org.tandemgw.gateway.deciding;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.tandemgw.gateway.control.NetworkPlace;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchControl;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.time.Clock;

/** The answers of a site whose file has no section {@code switchover}: it feeds both servers, and none of them is the active one. */
final class NotSwitching implements SwitchControl {
    private final Supplier<String> configHash;
    private final Clock clock;

    NotSwitching(Supplier<String> configHash, Clock clock) {
        this.configHash = configHash;
        this.clock = clock;
    }

    private SwitchReport refused() {
        return SwitchReport.refused(
                Instant.ofEpochSecond(0, clock.utcNs()),
                "the file of this site has no section  switchover: , so that no server is the active one",
                "add it (docs/switchover.md), check the file, and restart Tandem");
    }

    @Override
    public SwitchReport switchTo(String server, boolean forced, boolean dryRun, Operator by) {
        return refused();
    }

    @Override
    public SwitchReport drill(boolean dryRun, Operator by) {
        return refused();
    }

    @Override
    public SwitchReport mode(Mode mode, Operator by) {
        return refused();
    }

    @Override
    public SwitchReport resume(Operator by) {
        return refused();
    }

    @Override
    public SwitchReport maintain(String server, boolean on, long forMs, boolean dryRun, Operator by) {
        return refused();
    }

    @Override
    public SwitchReport lookNow(Operator by) {
        return refused();
    }

    @Override
    public SwitchReport liveChecked(String hash, Operator by) {
        return refused();
    }

    @Override
    public SwitchReport request(long number) {
        return refused();
    }

    @Override
    public SwitchoverView view() {
        return null;
    }

    @Override
    public Decision decision(long number) {
        return null;
    }

    @Override
    public List<NetworkPlace> network() {
        return List.of();
    }

    @Override
    public String configHash() {
        return configHash.get();
    }
}
