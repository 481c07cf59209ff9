package org.tandemgw.abswitch.link;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;
import org.tandemgw.abswitch.PathEnd;

/** One opening of an SNMP path: a socket of its own, so that nothing that comes late for an earlier one gets here. */
final class SnmpExchange implements ResponseListener {
    /** Far beyond what any owner waits; only so that SNMP4J forgets what nobody wants any more. */
    private static final long FORGET_MS = 120_000;

    private final SnmpSettings settings;
    private final Telling telling;
    private Target<UdpAddress> target;
    private Snmp snmp;
    private PDU asked;
    private boolean closed;

    SnmpExchange(SnmpSettings settings, Telling telling) {
        this.settings = settings;
        this.telling = telling;
    }

    synchronized void open() throws IOException {
        if (closed) {
            return;
        }
        final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv2c());
        final UdpAddress address = new UdpAddress(
                InetAddress.getByName(settings.address().getHostString()),
                settings.address().getPort());
        if (settings.user() == null) {
            final CommunityTarget<UdpAddress> community =
                    new CommunityTarget<>(address, new OctetString(settings.community()));
            community.setVersion(SnmpConstants.version2c);
            target = community;
        } else {
            final USM usm = new USM(
                    new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility),
                    new OctetString(
                            MPv3.createLocalEngineID(new OctetString(Long.toHexString(new SecureRandom().nextLong())))),
                    0);
            usm.addUser(user(settings.user()));
            dispatcher.addMessageProcessingModel(new MPv3(usm));
            final UserTarget<UdpAddress> user = new UserTarget<>();
            user.setAddress(address);
            user.setVersion(SnmpConstants.version3);
            user.setSecurityLevel(SecurityLevel.AUTH_PRIV);
            user.setSecurityName(new OctetString(settings.user().name()));
            target = user;
        }
        target.setRetries(0);
        target.setTimeout(FORGET_MS);
        snmp = new Snmp(dispatcher, new DefaultUdpTransportMapping(new UdpAddress(anyFor(address), 0)));
        snmp.listen();
    }

    private static InetAddress anyFor(UdpAddress box) throws IOException {
        return InetAddress.getByAddress(new byte[box.getInetAddress().getAddress().length]);
    }

    private static UsmUser user(SnmpSettings.User user) {
        return new UsmUser(
                new OctetString(user.name()),
                switch (user.authentication()) {
                    case MD5 -> AuthMD5.ID;
                    case SHA_1 -> AuthSHA.ID;
                    case SHA_256 -> AuthHMAC192SHA256.ID;
                    case SHA_512 -> AuthHMAC384SHA512.ID;
                },
                new OctetString(user.authenticationPhrase()),
                switch (user.privacy()) {
                    case DES -> PrivDES.ID;
                    case AES_128 -> PrivAES128.ID;
                    case AES_256 -> PrivAES256.ID;
                },
                new OctetString(user.privacyPhrase()));
    }

    synchronized void send(String line) {
        if (closed) {
            return;
        }
        telling.asked();
        forget();
        final PDU request = settings.user() == null ? new PDU() : new ScopedPDU();
        try {
            SnmpLine.fill(request, line);
        } catch (IllegalArgumentException e) {
            answer("error request " + e.getMessage() + "\n");
            return;
        }
        asked = request;
        try {
            snmp.send(request, target, null, this);
            telling.sent();
        } catch (IOException e) {
            telling.ended(PathEnd.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void forget() {
        if (asked != null) {
            snmp.cancel(asked, this);
            asked = null;
        }
    }

    @Override
    public <A extends Address> void onResponse(ResponseEvent<A> event) {
        synchronized (this) {
            if (closed || asked == null || event.getRequest() != asked) {
                return;
            }
            if (event.getResponse() != null) {
                forget();
                answer(SnmpLine.answer(event.getResponse()));
            } else if (event.getError() != null) {
                forget();
                answer("error " + event.getError().getMessage() + "\n");
            }
        }
    }

    private void answer(String lines) {
        telling.received(lines.getBytes(StandardCharsets.US_ASCII));
    }

    void close() {
        final Snmp closing;
        synchronized (this) {
            closed = true;
            closing = snmp;
            snmp = null;
        }
        try {
            if (closing != null) {
                closing.close();
            }
            telling.ended(PathEnd.FAILED, "closed");
        } catch (IOException e) {
            telling.ended(PathEnd.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
