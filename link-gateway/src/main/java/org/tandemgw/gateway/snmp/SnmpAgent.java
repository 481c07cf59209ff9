package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.Snmp;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.agent.MOGroup;
import org.snmp4j.agent.mo.DefaultMOFactory;
import org.snmp4j.agent.mo.snmp.SNMPv2MIB;
import org.snmp4j.agent.mo.snmp.SnmpCommunityMIB;
import org.snmp4j.agent.mo.snmp.SnmpFrameworkMIB;
import org.snmp4j.agent.mo.snmp.SnmpMpdMib;
import org.snmp4j.agent.mo.snmp.SnmpTargetMIB;
import org.snmp4j.agent.mo.snmp.UsmMIB;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * SNMP4J put together: engine, users, rights, objects, sockets. It shares nothing with other users of SNMP4J in this process. Requests are answered on the
 * thread {@code tandem-snmp-udp}, one at a time; notifications leave by a socket of their own, so that a port that cannot be had or is flooded stops none.
 */
final class SnmpAgent implements AutoCloseable {
    private static final Integer32 APPLICATIONS = new Integer32(72); // layers 4 and 7, as RFC 3418 counts

    /** Counts for this agent alone. */
    private static final class OwnCounters extends CounterSupport {}

    private final SnmpConfig config;
    private final Clock clock;
    private final LongAdder dropped = new LongAdder();
    private final DefaultMOServer server = new DefaultMOServer();
    private final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
    private final SNMPv2MIB system;
    private final MPv3 mpv3;
    private final Snmp session;
    private final LimitedUdp outwards;
    private LimitedUdp inwards;

    SnmpAgent(SnmpConfig config, OID module, SnmpState state, String site, String version, Clock clock)
            throws IOException {
        final OctetString engineId = new OctetString(state.engineId());
        this.config = config;
        this.clock = clock;
        // As RFC 3414 has it: who gave a wrong pass phrase must be able to read that it was wrong.
        SNMP4JSettings.setReportSecurityLevelStrategy(SNMP4JSettings.ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
        final CounterSupport counters = new OwnCounters();
        final SecurityProtocols protocols =
                new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
        final USM usm = new USM(protocols, engineId, state.boots(), counters);
        AgentRights.users(usm, config);
        mpv3 = new MPv3(
                engineId.getValue(),
                null,
                protocols,
                SecurityModels.getCollection(new SecurityModel[] {usm}),
                counters);
        if (!config.communities().isEmpty()) {
            dispatcher.addMessageProcessingModel(new MPv2c());
        }
        dispatcher.addMessageProcessingModel(mpv3);
        session = new Snmp(dispatcher);
        outwards = socket(new HostPort(config.listen().host(), 0), "tandem-snmp-out");
        session.addTransportMapping(outwards);

        final OctetString context = new OctetString();
        server.addContext(context);
        system = new SNMPv2MIB(
                new OctetString("Tandem " + version + ", site " + site), new OID(module).append("3.1"), APPLICATIONS);
        system.getName().setValue(site.getBytes(StandardCharsets.UTF_8));
        final SnmpMpdMib mpd = new SnmpMpdMib(DefaultMOFactory.getInstance());
        final CommandProcessor commands = new CommandProcessor(engineId);
        dispatcher.addCounterListener(system);
        dispatcher.addCounterListener(mpd);
        commands.addCounterListener(system);
        commands.addCounterListener(mpd);
        counters.addCounterListener(system);
        counters.addCounterListener(mpd);
        final SnmpCommunityMIB communities = new SnmpCommunityMIB(new SnmpTargetMIB(dispatcher));
        AgentRights.communities(communities, config, engineId);
        register(system, context);
        register(mpd, context);
        register(new SnmpFrameworkMIB(engineId, usm, dispatcher.getTransportMappings()), context);
        register(new UsmMIB(usm, protocols), context);
        commands.addMOServer(server);
        commands.setCoexistenceProvider(communities);
        commands.setVacm(AgentRights.rights(server, config, module));
        dispatcher.addCommandResponder(commands);
    }

    /** Serves these objects. Before {@link #start}. */
    void serve(SnapshotObjects objects) {
        try {
            server.register(objects, new OctetString());
        } catch (DuplicateRegistrationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notifications can be sent, and confirmed, from now on. */
    void start() throws IOException {
        outwards.listen();
    }

    /** Opens the port of the file. */
    void listen() throws IOException {
        inwards = socket(config.listen(), "tandem-snmp-udp");
        session.addTransportMapping(inwards);
        inwards.listen();
    }

    boolean isListening() {
        return inwards != null;
    }

    /** For notifications. */
    Snmp session() {
        return session;
    }

    LimitedUdp outwards() {
        return outwards;
    }

    byte[] engineId() {
        return mpv3.getLocalEngineID();
    }

    /** Hundredths of a second. */
    long upTime() {
        return system.getUpTime().toLong();
    }

    /** A manager that has lost its memory has another engine now: ask again. */
    void forget(UdpAddress manager) {
        mpv3.removeEngineID(manager);
    }

    /** Datagrams not looked at. */
    long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() throws IOException {
        session.close();
    }

    private void register(MOGroup group, OctetString context) {
        try {
            group.registerMOs(server, context);
        } catch (DuplicateRegistrationException e) {
            throw new IllegalStateException(e);
        }
    }

    private LimitedUdp socket(HostPort address, String thread) throws IOException {
        return new LimitedUdp(
                new UdpAddress(InetAddress.getByName(address.host()), address.port()), thread, clock, dropped);
    }
}
