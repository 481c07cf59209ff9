package org.tandemgw.gateway.probe;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.tandemgw.gateway.config.SipTarget;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * One OPTIONS request of RFC 3261, and which answers are answers to it. Pure.
 *
 * <pre>
 * OPTIONS sip:10.1.1.20:5060 SIP/2.0
 * Via: SIP/2.0/UDP 10.1.1.2:40112;branch=z9hG4bK1f0c…;rport
 * Max-Forwards: 70
 * From: &lt;sip:tandem@10.1.1.2&gt;;tag=5d…
 * To: &lt;sip:10.1.1.20:5060&gt;
 * Call-ID: 77…@10.1.1.2
 * CSeq: 1 OPTIONS
 * </pre>
 */
final class SipOptions {
    private static final String MAGIC = "z9hG4bK";

    private final String text;
    private final String branch;
    private final String callId;

    SipOptions(SipTarget target, InetSocketAddress from, Random random) {
        final String transport = target.tcp() ? "TCP" : "UDP";
        final HostPort here = new HostPort(from.getAddress().getHostAddress().replaceFirst("%.*", ""), from.getPort());
        final String host = here.toString().substring(0, here.toString().lastIndexOf(':'));
        final String uri = "sip:" + target.address() + (target.tcp() ? ";transport=tcp" : "");
        branch = MAGIC + token(random);
        callId = token(random) + "@" + host;
        text = "OPTIONS " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport + " " + here + ";branch=" + branch + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:tandem@" + host + ">;tag=" + token(random) + "\r\n"
                + "To: <" + uri + ">\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: 1 OPTIONS\r\n"
                + "Contact: <sip:tandem@" + here + (target.tcp() ? ";transport=tcp" : "") + ">\r\n"
                + "Accept: application/sdp\r\n"
                + "User-Agent: Tandem\r\n"
                + "Content-Length: 0\r\n"
                + "\r\n";
    }

    private static String token(Random random) {
        return String.format("%016x", random.nextLong());
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether this answers us and nobody else: by branch, Call-ID and CSeq. */
    boolean isAnsweredBy(SipAnswer answer) {
        return answer.branch().equals(branch)
                && answer.callId().equals(callId)
                && answer.sequence().equals("1 OPTIONS");
    }
}
