package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.OID;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;

/**
 * The agent and its managers in the appliance. The thread {@code tandem-snmp} opens the port, again and again if it cannot be had, and tells managers; it waits
 * for nobody, and nobody waits for it.
 */
public final class SnmpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnmpService.class);
    private static final long PERIOD_MS = 250;
    private static final int LONGEST_ANSWER_S = 2;
    private static final int LONGEST_STOP_S = 2;
    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(5);

    private final SnmpConfig config;
    private final Alarms alarms;
    private final Clock clock;
    private final SnmpAgent agent;
    private final List<ManagerLine> managers = new ArrayList<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1,
            task -> new Thread(task, "tandem-snmp"),
            new ThreadPoolExecutor.DiscardPolicy()); // what comes after the end
    private long triedNs;
    private boolean failing;
    private volatile Condition closedPort;

    /**
     * Opens what notifications need; counts this start.
     *
     * @param status the newest picture; asked on the agent's threads
     */
    public SnmpService(
            SnmpConfig config,
            String site,
            String version,
            Path data,
            Supplier<GatewayStatus> status,
            Alarms alarms,
            Clock clock,
            Random random)
            throws IOException {
        this.config = config;
        this.alarms = alarms;
        this.clock = clock;
        final OID module = new OID(config.enterprise());
        final SnmpState state = new SnmpState(data, module.get(6), random);
        state.retain(config.managers().stream()
                .map(manager -> manager.target().toString())
                .collect(Collectors.toSet()));
        agent = new SnmpAgent(config, module, state, site, version, clock);
        for (final SnmpConfig.Manager manager : config.managers()) {
            managers.add(new ManagerLine(config, manager, agent, state, new NoticePdu(module), clock, thread));
        }
        final OID objects = new OID(module).append(1);
        final MibView view = new MibView(objects, data, status, alarms, this::managers, agent::dropped);
        final OID history = new OID(objects).append(MibAlarms.ALARMS).append(MibAlarms.HISTORY);
        agent.serve(new SnapshotObjects(objects, history, view::values));
        agent.serve(new SnapshotObjects(history, history.nextPeer(), view::history));
        agent.serve(new SnapshotObjects(history.nextPeer(), objects.nextPeer(), view::values));
        LOG.info(
                "the SNMP engine is 0x{}, started {} times", HexFormat.of().formatHex(state.engineId()), state.boots());
    }

    /** Answers and tells from now on. */
    public void start() throws IOException {
        agent.start();
        listen();
        thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** What is wrong with it now. Any thread. */
    public List<Condition> conditions() {
        final List<Condition> conditions = new ArrayList<>();
        final Condition port = closedPort;
        if (port != null) {
            conditions.add(port);
        }
        for (final ManagerLine line : managers) {
            final ManagerStatus status = line.status();
            if (status.isUnreachable()) {
                conditions.add(new Condition(
                        AlarmName.MANAGER_UNREACHABLE,
                        line.name(),
                        (status.manager().inform()
                                        ? "it does not confirm notifications"
                                        : "nothing can be sent to it: is its name known, is there a way to it?")
                                + "; it is tried again every one to five minutes"));
            }
        }
        return conditions;
    }

    /** Datagrams that were dropped unread. Any thread. */
    long dropped() {
        return agent.dropped();
    }

    /** Who is told, by the names of the file. Any thread. */
    public List<String> targets() {
        return managers.stream().map(ManagerLine::name).toList();
    }

    /**
     * Asks for a test of these managers. Any thread but {@code tandem-snmp}, which it waits for.
     *
     * @return by name whether it was asked for; where not, too much was sent there already
     */
    public Map<String, Boolean> test(Predicate<String> wanted) throws TimeoutException {
        final Future<Map<String, Boolean>> asking = thread.submit(() -> {
            final Map<String, Boolean> asked = new LinkedHashMap<>();
            for (final ManagerLine line : managers) {
                if (wanted.test(line.name())) {
                    asked.put(line.name(), line.test());
                    line.look(alarms.active());
                }
            }
            return asked;
        });
        try {
            return asking.get(LONGEST_ANSWER_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("Tandem ends");
        } catch (TimeoutException e) {
            asking.cancel(false); // refused is refused: no test comes later
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What each manager was told. Any thread. */
    public List<GatewayStatus.Notified> notified() {
        return managers.stream().map(line -> line.status().notified()).toList();
    }

    /** Waits for a look that is under way: a service that comes after this one reads the same file and opens the same port. */
    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(LONGEST_STOP_S, TimeUnit.SECONDS)) {
                LOG.warn("a manager's name was still being asked for after {} s", LONGEST_STOP_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        agent.close();
    }

    private List<ManagerStatus> managers() {
        return managers.stream().map(ManagerLine::status).toList();
    }

    /** A look that throws would be the last one. */
    private void look() {
        try {
            if (!agent.isListening() && clock.nanoTime() - triedNs >= AGAIN_NS) {
                listen();
            }
            managers.forEach(manager -> manager.look(alarms.active()));
            failing = false;
        } catch (RuntimeException | Error e) {
            if (!failing) {
                LOG.error("managers could not be told; it is tried again", e);
            }
            failing = true;
        }
    }

    private void listen() {
        triedNs = clock.nanoTime();
        try {
            agent.listen();
            closedPort = null;
        } catch (BindException e) {
            closedPort = new Condition(
                    AlarmName.CONFIG_MISMATCH,
                    "snmp",
                    "the port of the SNMP agent, " + config.listen() + ", cannot be had: " + e.getMessage());
        } catch (IOException e) {
            closedPort = new Condition(
                    AlarmName.ADDRESS_MISSING, "snmp", "the SNMP agent cannot listen at " + config.listen() + ": " + e);
        }
    }
}
