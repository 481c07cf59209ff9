package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.CommunityTarget;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.notice.Notice;
import org.tandemgw.gateway.notice.NotificationPlan;
import org.tandemgw.gateway.time.Clock;

/** Tells one manager what its plan says. The thread {@code tandem-snmp}; what became of an inform comes from a thread of SNMP4J, and is handed over. */
final class ManagerLine {
    /** An inform that nobody confirms is repeated so often. */
    static final int REPEATS = 3;

    static final int TIME_LIMIT_MS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(ManagerLine.class);

    private final SnmpConfig.Manager manager;
    private final boolean isCommunity;
    private final SnmpAgent agent;
    private final SnmpState state;
    private final NoticePdu pdus;
    private final Clock clock;
    private final Executor thread;
    private final NotificationPlan plan;
    private Instant confirmedAt;
    private Instant testedAt;
    private volatile ManagerStatus status;

    ManagerLine(
            SnmpConfig config,
            SnmpConfig.Manager manager,
            SnmpAgent agent,
            SnmpState state,
            NoticePdu pdus,
            Clock clock,
            Executor thread) {
        this.manager = manager;
        this.agent = agent;
        this.state = state;
        this.pdus = pdus;
        this.clock = clock;
        this.thread = thread;
        isCommunity = config.users().stream().noneMatch(user -> user.name().equals(manager.user()));
        plan = new NotificationPlan(manager.inform(), state.next(name()), clock.nanoTime());
        status = picture();
    }

    /** Any thread. */
    ManagerStatus status() {
        return status;
    }

    /** The name that alarms and files know it by. */
    String name() {
        return manager.target().toString();
    }

    /** Somebody wants to see whether it is reached. False: too much was sent to it already. */
    boolean test() {
        final boolean asked = plan.test(clock.nanoTime());
        testedAt = asked ? now() : testedAt;
        status = picture();
        return asked;
    }

    /** Sends what is to be sent now. */
    void look(List<Alarm> standing) {
        Optional<Notice> notice = plan.next(standing, clock.nanoTime());
        while (notice.isPresent()) {
            state.setNext(name(), notice.get().number() + 1);
            send(notice.get(), standing);
            notice = plan.next(standing, clock.nanoTime());
        }
        status = picture();
    }

    private ManagerStatus picture() {
        return new ManagerStatus(manager, isCommunity, plan.tally(), confirmedAt, testedAt);
    }

    private Instant now() {
        final long utcNs = clock.utcNs();
        return Instant.ofEpochSecond(0, utcNs).truncatedTo(ChronoUnit.MILLIS);
    }

    private void send(Notice notice, List<Alarm> standing) {
        final PDU pdu = isCommunity ? new PDU() : scoped();
        pdu.setType(manager.inform() ? PDU.INFORM : PDU.NOTIFICATION);
        pdus.fill(pdu, notice, standing, agent.upTime());
        try {
            final UdpAddress address = new UdpAddress(
                    InetAddress.getByName(manager.target().host()),
                    manager.target().port());
            if (manager.inform()) {
                ask(pdu, address, true);
            } else {
                agent.session().send(pdu, target(address, 0), agent.outwards());
                plan.ended(true, clock.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} could not be sent to {}", notice, name(), e);
            plan.ended(false, clock.nanoTime());
        }
    }

    private void ask(PDU pdu, UdpAddress address, boolean onceMore) throws IOException {
        agent.session()
                .send(
                        pdu,
                        target(address, onceMore ? REPEATS : 0),
                        agent.outwards(),
                        null,
                        new Confirmation(pdu, address, onceMore));
    }

    private void again(PDU pdu, UdpAddress address) {
        agent.forget(address);
        try {
            ask(pdu, address, false);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be asked again", name(), e);
            ended(false, address);
        }
    }

    private void ended(boolean taken, UdpAddress address) {
        if (taken) {
            confirmedAt = now();
        } else {
            agent.forget(address);
        }
        plan.ended(taken, clock.nanoTime());
        status = picture();
    }

    private ScopedPDU scoped() {
        final ScopedPDU pdu = new ScopedPDU();
        pdu.setContextEngineID(new OctetString(agent.engineId()));
        return pdu;
    }

    private Target<UdpAddress> target(UdpAddress address, int repeats) {
        final Target<UdpAddress> target;
        if (isCommunity) {
            target = new CommunityTarget<>(address, new OctetString(manager.user()));
            target.setVersion(SnmpConstants.version2c);
        } else {
            final UserTarget<UdpAddress> user = new UserTarget<>();
            user.setAddress(address);
            user.setSecurityName(new OctetString(manager.user()));
            user.setSecurityModel(SecurityModel.SECURITY_MODEL_USM);
            user.setSecurityLevel(SecurityLevel.AUTH_PRIV);
            user.setVersion(SnmpConstants.version3);
            if (!manager.inform()) {
                user.setAuthoritativeEngineID(agent.engineId());
            }
            target = user;
        }
        target.setRetries(repeats);
        target.setTimeout(TIME_LIMIT_MS);
        return target;
    }

    /** Comes once: an answer, or none in all the time. */
    private final class Confirmation implements ResponseListener {
        private final PDU sent;
        private final UdpAddress address;
        private final boolean onceMore;

        /** @param onceMore a manager that has lost its memory is another engine now, and does not answer to the old one's name: it is asked for its new one */
        Confirmation(PDU sent, UdpAddress address, boolean onceMore) {
            this.sent = sent;
            this.address = address;
            this.onceMore = onceMore;
        }

        @Override
        public <A extends Address> void onResponse(ResponseEvent<A> event) {
            agent.session().cancel(event.getRequest(), this);
            final PDU response = event.getResponse();
            final boolean taken =
                    response != null && response.getType() == PDU.RESPONSE && response.getErrorStatus() == PDU.noError;
            if (!taken && onceMore && !isCommunity) {
                thread.execute(() -> again(sent, address));
            } else {
                thread.execute(() -> ended(taken, address));
            }
        }
    }
}
