package org.tandemgw.abswitch.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.Snmp;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * The box's SNMP agent on a loopback UDP port: v2c with the community {@code private}, and v3 users with authPriv. Everybody
 * else gets silence. What is asked and what is answered is {@link NbsObjects}; threads: SNMP4J's own.
 */
final class NbsAgent implements AutoCloseable {
    private static final byte[] COMMUNITY = "private".getBytes(StandardCharsets.US_ASCII);

    private final SwitchEmulator emulator;
    private final NbsObjects objects;
    private final DefaultUdpTransportMapping transport;
    private final USM usm;
    private final Snmp snmp;

    NbsAgent(SwitchEmulator emulator, Chassis chassis, int port) throws IOException {
        this.emulator = emulator;
        objects = new NbsObjects(chassis);
        // As RFC 3414 has it: who gave a wrong pass phrase must be able to read that it was wrong.
        SNMP4JSettings.setReportSecurityLevelStrategy(SNMP4JSettings.ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
        transport = new DefaultUdpTransportMapping(new UdpAddress(InetAddress.getLoopbackAddress(), port));
        final byte[] engine =
                MPv3.createLocalEngineID(new OctetString(Long.toHexString(new SecureRandom().nextLong())));
        final SecurityProtocols protocols =
                new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.defaultSecurity);
        usm = new USM(protocols, new OctetString(engine), 1);
        final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv2c());
        dispatcher.addMessageProcessingModel(new MPv3(usm));
        snmp = new Snmp(dispatcher, transport);
        snmp.addCommandResponder(new CommandResponder() {
            @Override
            public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
                asked(event);
            }
        });
        snmp.listen();
    }

    int port() {
        return transport.getListenAddress().getPort();
    }

    void user(String name, String authentication, String privacy) {
        usm.addUser(new UsmUser(
                new OctetString(name),
                AuthHMAC192SHA256.ID,
                new OctetString(authentication),
                PrivAES128.ID,
                new OctetString(privacy)));
    }

    private <A extends Address> void asked(CommandResponderEvent<A> event) {
        event.setProcessed(true);
        final boolean known = event.getSecurityModel() == SnmpConstants.version3 // the number of USM, too
                ? event.getSecurityLevel() == SecurityLevel.AUTH_PRIV
                : Arrays.equals(event.getSecurityName(), COMMUNITY);
        final PDU asked = event.getPDU();
        if (!known || asked == null || !answered(asked.getType())) {
            return;
        }
        emulator.order(objects.order(asked), "snmp", new EmulatedBox.Answering() {
            @Override
            public void done(BoxOrder order, String claimed) {
                reply(event, objects.answer(asked, order, claimed));
            }

            @Override
            public void refused(BoxOrder order) {
                reply(event, NbsObjects.error(asked, Integer.parseInt(order.refusal())));
            }

            @Override
            public void busy() {
                reply(event, NbsObjects.error(asked, PDU.resourceUnavailable));
            }
        });
    }

    private static boolean answered(int type) {
        return type == PDU.GET || type == PDU.GETNEXT || type == PDU.SET;
    }

    private static <A extends Address> void reply(CommandResponderEvent<A> event, PDU answer) {
        try {
            event.getMessageDispatcher()
                    .returnResponsePdu(
                            event.getMessageProcessingModel(),
                            event.getSecurityModel(),
                            event.getSecurityName(),
                            event.getSecurityLevel(),
                            answer,
                            event.getMaxSizeResponsePDU(),
                            event.getStateReference(),
                            new StatusInformation());
        } catch (MessageException e) {
            // Who asked has gone; UDP would not have told him either.
        }
    }

    @Override
    public void close() throws IOException {
        snmp.close();
    }

    /** An answer to a request: the same request id and type of PDU. */
    static PDU answerTo(PDU asked) {
        final PDU answer = (PDU) asked.clone();
        answer.setType(PDU.RESPONSE);
        answer.setErrorIndex(0);
        answer.setErrorStatus(PDU.noError);
        return answer;
    }
}
