package org.tandemgw.gateway.trunks;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.TrunkControl;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;

/** All trunk switches of the site: composed, started, stopped. Made, started and closed by one thread; the rest from any. */
public final class Trunks implements AutoCloseable {
    /** Where the native part of the serial driver is put, below {@code data}. */
    private static final String LIBRARY = "serial-driver";

    private static final int QUIET_MS = 0;
    private static final int STOP_MS = 1_000;

    private final List<SiteSwitch> switches = new ArrayList<>();
    private final TrunkMemories memories;
    private final AuditFile audit;
    private final TrunkDesk desk;
    private final Epochs epochs = new Epochs();
    private final Clock clock;
    private EventLoopGroup loops;
    private volatile TrunkEvents events = TrunkEvents.NONE;

    /**
     * Makes them; nothing is sent before {@link #start}.
     *
     * @param monitorOnly whether never anything but queries is sent
     * @param forgotten whether this site has run before and the control file does not know it
     * @param active the server in control; null if there is none or it is not known
     * @throws IllegalArgumentException that names what the driver refuses
     */
    public Trunks(
            SiteConfiguration site,
            boolean monitorOnly,
            TrunkMemories memories,
            boolean forgotten,
            Supplier<String> active,
            Clock clock) {
        this.memories = memories;
        this.clock = clock;
        if (!site.switches().isEmpty()) {
            final AuditTail tail = AuditTail.read(site.data());
            site.switches().forEach(each -> memories.compare(each.name(), tail.of(each.name()), forgotten));
        }
        audit = new AuditFile(site.data().resolve(AuditFile.NAME), clock);
        final Path library = site.data().resolve(LIBRARY);
        for (final SwitchConfig config : site.switches()) {
            switches.add(new SiteSwitch(
                    config,
                    monitorOnly,
                    memories,
                    new CommandAudit(audit, config.name()),
                    new SiteSwitch.WallClock(clock),
                    () -> TrunkPaths.of(config, loops, library),
                    () -> events.changed()));
        }
        epochs.seen(memories.epoch());
        desk = new TrunkDesk(switches, memories, audit, active, epochs, (name, by) -> events.adopted(name, by));
    }

    /** Who decides is told from now on. Before {@link #start}. */
    public void listen(TrunkEvents who) {
        events = who;
    }

    /** From now on boxes that are confirmed are asked. */
    public void start() {
        if (switches.isEmpty()) {
            return;
        }
        loops = new MultiThreadIoEventLoopGroup(
                1,
                task -> {
                    final Thread thread = new Thread(task, "switch-net");
                    thread.setDaemon(true);
                    return thread;
                },
                NioIoHandler.newFactory());
        switches.forEach(SiteSwitch::start);
    }

    /** What operators ask for. */
    public TrunkControl desk() {
        return desk;
    }

    /** What is wrong now. */
    public List<Condition> conditions() {
        return switches.stream().flatMap(each -> each.conditions().stream()).toList();
    }

    /** What status shows. */
    public List<GatewayStatus.TrunkSwitch> pictures() {
        return switches.stream().map(SiteSwitch::picture).toList();
    }

    /** The newest epoch that anything was ordered under; 0: none. */
    public long epoch() {
        return memories.epoch();
    }

    /** What is known of each, without asking it. */
    public List<TrunkSight> sights() {
        return switches.stream().map(SiteSwitch::sight).toList();
    }

    /** An epoch was used for something that no trunk switch knows of: no order by hand takes it. */
    public void seen(long epoch) {
        epochs.seen(epoch);
    }

    /** Begins to have every switch lead to a server; {@code over} is told once for each, and again for one whose cards were elsewhere before the last was told. Thread {@code control}. */
    public void select(SelectWish attempt, SelectWish.Over over) {
        final boolean taken = epochs.take(attempt.epoch());
        final Map<String, AttemptedSwitch> attempted = new LinkedHashMap<>();
        switches.forEach(each -> attempted.put(each.name(), new AttemptedSwitch(each, audit)));
        final LastLook last = new LastLook(attempted, attempt, over, clock::nanoTime);
        attempted.values().forEach(each -> each.select(attempt, taken, last));
    }

    /** Asks every switch that may be asked for all its cards. Never waits. */
    public void query() {
        switches.forEach(SiteSwitch::queryQuietly);
    }

    /** Asks every switch that may be asked, unless it is being asked so already. Never waits. */
    public void askAgain() {
        switches.forEach(SiteSwitch::askAgain);
    }

    @Override
    public void close() {
        switches.forEach(SiteSwitch::close);
        audit.close();
        if (loops != null) {
            loops.shutdownGracefully(QUIET_MS, STOP_MS, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(STOP_MS, TimeUnit.MILLISECONDS);
        }
    }
}
