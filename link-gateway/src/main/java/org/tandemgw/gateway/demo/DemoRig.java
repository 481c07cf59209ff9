package org.tandemgw.gateway.demo;

import java.io.IOException;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.time.Clock;

/** Everything that takes part in the demo, started in the order the data flows, and how each fault is done to it. */
final class DemoRig implements AutoCloseable {
    private static final long READY_MS = 30_000;
    private static final long SLOW_NS = 25_000_000L;
    private static final int LAG_MS = 300;

    private final DemoSite site;
    private final AcdSimulator acd;
    private final StreamComparison eastComparison;
    private final StreamComparison westComparison;
    private final DemoServer east;
    private final DemoServer west;
    private final DemoTrunks trunks;
    private final DemoService eastService = new DemoService();
    private final DemoService westService = new DemoService();
    private volatile ApplianceProcess appliance;

    DemoRig(DemoOptions options, DemoSite site, Clock clock) throws IOException {
        this.site = site;
        final AcdSettings settings = AcdSettings.listening(options.dialect(), options.seed())
                .traffic(options.framesPerSecond(), 0)
                .at(freePort(), freePort(), false);
        acd = new AcdSimulator(settings, options.dialect().traffic(settings), clock);
        trunks = new DemoTrunks(site.data());
        site.write(
                options.dialect(),
                acd.leg(1).address(),
                acd.leg(2).address(),
                eastService.address(),
                westService.address(),
                trunks.configuration());
        eastComparison = acd.comparison();
        westComparison = acd.comparison();
        appliance = ApplianceProcess.start(site.config());
        east = new DemoServer(
                "east", site.eastFeed(), "east", DemoSite.PASSWORD, clock, eastComparison, acd.oracle()::producedNs);
        west = new DemoServer(
                "west", site.westFeed(), "west", DemoSite.PASSWORD, clock, westComparison, acd.oracle()::producedNs);
    }

    private static java.net.InetSocketAddress freePort() throws IOException {
        return DemoSite.freePort(new java.util.Random(), null);
    }

    AcdSimulator acd() {
        return acd;
    }

    DemoServer east() {
        return east;
    }

    DemoServer west() {
        return west;
    }

    DemoTrunks trunks() {
        return trunks;
    }

    ApplianceProcess appliance() {
        return appliance;
    }

    StreamComparison eastComparison() {
        return eastComparison;
    }

    StreamComparison westComparison() {
        return westComparison;
    }

    boolean awaitReady() throws InterruptedException {
        return appliance.awaitReady(READY_MS);
    }

    /** Both legs up and both servers logged in. */
    boolean connected() {
        return acd.leg(1).connected()
                && acd.leg(2).connected()
                && east.standing().connected()
                && west.standing().connected();
    }

    /** How many produced frames the server that has least does not have yet. */
    long behind() {
        return acd.oracle().produced()
                - Math.min(east.standing().through(), west.standing().through());
    }

    /** The server that is active at first, to be killed and brought back. */
    DemoTrunks.Active active() {
        return new DemoTrunks.Active() {
            @Override
            public void kill() {
                eastService.stop();
                east.kill();
            }

            @Override
            public void mend() throws IOException {
                eastService.start();
                east.start();
            }
        };
    }

    void begin(DemoFault fault) throws InterruptedException {
        switch (fault) {
            case PULL_LEG_1 -> acd.leg(1).pull();
            case PULL_LEG_2 -> acd.leg(2).pull();
            case RESET_LEG_1 -> acd.leg(1).cut(true);
            case HALF_OPEN_LEG_2 -> acd.leg(2).halfOpen(true);
            case LAG_LEG_2 -> {
                acd.leg(2).lag(LAG_MS);
                acd.leg(1).cut(false);
            }
            case TRUNCATE_LEG_1 -> acd.leg(1).truncate();
            case STOP_EAST -> {
                eastService.stop();
                east.stop();
            }
            case KILL_WEST -> {
                westService.stop();
                west.kill();
            }
            case SLOW_WEST -> west.slow(SLOW_NS);
            case PULL_BOTH -> {
                acd.leg(1).pull();
                acd.leg(2).pull();
            }
            case KILL_APPLIANCE -> appliance.kill();
        }
    }

    void end(DemoFault fault) throws IOException {
        switch (fault) {
            case PULL_LEG_1, RESET_LEG_1, TRUNCATE_LEG_1 -> acd.leg(1).refuse(false);
            case PULL_LEG_2 -> acd.leg(2).refuse(false);
            case HALF_OPEN_LEG_2 -> acd.leg(2).halfOpen(false);
            case LAG_LEG_2 -> acd.leg(2).lag(0);
            case STOP_EAST -> {
                eastService.start();
                east.start();
            }
            case KILL_WEST -> {
                westService.start();
                west.start();
            }
            case SLOW_WEST -> west.slow(0);
            case PULL_BOTH -> {
                acd.leg(1).refuse(false);
                acd.leg(2).refuse(false);
            }
            case KILL_APPLIANCE -> appliance = ApplianceProcess.start(site.config());
        }
    }

    @Override
    public void close() throws IOException {
        east.close();
        west.close();
        appliance.close();
        trunks.close();
        eastService.close();
        westService.close();
        acd.close();
    }
}
