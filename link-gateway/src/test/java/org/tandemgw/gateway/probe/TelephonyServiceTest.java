package org.tandemgw.gateway.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.config.SipTarget;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** A telephony server is asked by SIP OPTIONS, over UDP and TCP. */
@Timeout(600)
class TelephonyServiceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "200 OK, ANSWERED",
        "302 Moved Temporarily, ANSWERED",
        "401 Unauthorized, ANSWERED",
        "404 Not Found, ANSWERED",
        "405 Method Not Allowed, ANSWERED",
        "408 Request Timeout, WRONG",
        "483 Too Many Hops, ANSWERED",
        "500 Server Internal Error, WRONG",
        "501 Not Implemented, ANSWERED",
        "503 Service Unavailable, WRONG",
        "603 Decline, WRONG"
    })
    void shouldTakeWhoeverCanRefuseForAlive(String status, Sight sight) throws IOException {
        try (SipResponder phone = new SipResponder(request -> List.of(request.answer(status)));
                ProbedSite site = new ProbedSite(folder, phone.udpProbe(), phone.tcpProbe())) {
            for (final String probe : List.of("udp", "tcp")) {
                final Look look = site.first(probe);
                assertEquals(sight, look.sight(), probe + ": " + look.said());
                assertEquals("SIP " + status, look.said());
            }
        }
    }

    @Test
    void shouldWaitForTheFinalAnswerBehindAProvisionalOne() throws IOException {
        try (SipResponder phone = new SipResponder(
                        request -> List.of(request.answer("100 Trying"), request.answer("503 Service Unavailable")));
                ProbedSite site = new ProbedSite(folder, phone.udpProbe(), phone.tcpProbe())) {
            assertEquals("SIP 503 Service Unavailable", site.first("udp").said());
            assertEquals("SIP 503 Service Unavailable", site.first("tcp").said());
        }
    }

    @Test
    void shouldNotTakeAnAnswerToSomebodyElseForItsOwn() throws IOException {
        try (SipResponder phone = new SipResponder(request -> List.of(
                        request.answer("503 Of Another Branch").replace("branch=z9hG4bK", "branch=z9hG4bK0"),
                        request.answer("503 Of Another Call").replaceAll("Call-ID: .*", "Call-ID: other"),
                        request.answer("503 Of Another Method").replace("1 OPTIONS", "1 INVITE"),
                        request.answer("200 OK").replace("Via:", "v :").replace("Call-ID:", "I:")));
                ProbedSite site = new ProbedSite(folder, phone.udpProbe(), phone.tcpProbe())) {
            assertEquals("SIP 200 OK", site.first("udp").said());
            assertEquals("SIP 200 OK", site.first("tcp").said());
        }
    }

    @Test
    void shouldAskAgainWhenADatagramIsLost() throws IOException {
        try (SipResponder phone = new SipResponder(
                        request -> request.number() % 2 == 1 ? List.of() : List.of(request.answer("200 OK")));
                ProbedSite site = new ProbedSite(folder, phone.udpProbe())) {
            assertEquals(Sight.ANSWERED, site.first("udp").sight());
            assertEquals(phone.requests().get(0), phone.requests().get(1), "the same request, as RFC 3261 wants it");
        }
    }

    @Test
    void shouldTellAHangingServerFromOneThatIsNotThere() throws IOException {
        final int gone;
        try (SipResponder phone = new SipResponder(request -> List.of());
                ProbedSite site = new ProbedSite(
                        folder,
                        phone.udpProbe().replace("20s", "300ms"),
                        phone.tcpProbe().replace("20s", "300ms"))) {
            assertEquals(Sight.SILENT, site.first("udp").sight());
            assertEquals(Sight.SILENT, site.first("tcp").sight());
            gone = phone.port();
        }
        try (ProbedSite site = new ProbedSite(
                folder,
                "{ name: udp, sip: \"127.0.0.1:" + gone + "\", every: 21s, timeout: 20s }",
                "{ name: tcp, sip: \"127.0.0.1:" + gone + ";transport=tcp\", every: 21s, timeout: 20s }")) {
            assertEquals(Sight.REFUSED, site.first("udp").sight());
            assertEquals(Sight.REFUSED, site.first("tcp").sight());
        }
    }

    @Test
    void shouldNotListenToGarbageForEver() throws IOException {
        try (SipResponder phone = new SipResponder(request -> Collections.nCopies(200, "noise\r\n\r\n"));
                ProbedSite site = new ProbedSite(folder, phone.udpProbe(), phone.tcpProbe())) {
            assertEquals(
                    Sight.WRONG, site.first("udp", look -> look.sight().hard()).sight());
            final Look look = site.first("tcp");
            assertEquals(Sight.WRONG, look.sight());
            assertEquals("answers, but not in SIP", look.said());
        }
        try (HostileServer endless = HostileServer.repeating("SIP/2.0 200 OK\r\n", "x".repeat(1_000), 0);
                ProbedSite site = new ProbedSite(
                        folder,
                        "{ name: tcp, sip: \"127.0.0.1:" + endless.port()
                                + ";transport=tcp\", every: 21s, timeout: 20s }")) {
            assertEquals(Sight.WRONG, site.first("tcp").sight());
        }
    }

    @Test
    void shouldSayWhatRfc3261WantsToHear() throws IOException {
        final InetSocketAddress here = new InetSocketAddress(InetAddress.getByName("10.1.1.2"), 40_112);
        final SipTarget target = SipTarget.parse("10.1.1.20:5060");
        final String text = text(new SipOptions(target, here, new Random(1)));
        final Matcher whole = Pattern.compile("OPTIONS sip:10\\.1\\.1\\.20:5060 SIP/2\\.0\r\n"
                        + "Via: SIP/2\\.0/UDP 10\\.1\\.1\\.2:40112;branch=(z9hG4bK[0-9a-f]{16});rport\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:tandem@10\\.1\\.1\\.2>;tag=([0-9a-f]{16})\r\n"
                        + "To: <sip:10\\.1\\.1\\.20:5060>\r\n"
                        + "Call-ID: ([0-9a-f]{16})@10\\.1\\.1\\.2\r\n"
                        + "CSeq: 1 OPTIONS\r\n"
                        + "Contact: <sip:tandem@10\\.1\\.1\\.2:40112>\r\n"
                        + "Accept: application/sdp\r\n"
                        + "User-Agent: Tandem\r\n"
                        + "Content-Length: 0\r\n\r\n")
                .matcher(text);
        assertTrue(whole.matches(), text);
        assertFalse(text.equals(text(new SipOptions(target, here, new Random(2)))), "each its own branch");
        final String v6 = text(new SipOptions(
                SipTarget.parse("[2001:db8::5]:5060;transport=tcp"),
                new InetSocketAddress(InetAddress.getByName("2001:db8::2"), 40_112),
                new Random(1)));
        assertTrue(
                v6.startsWith(
                        "OPTIONS sip:[2001:db8::5]:5060;transport=tcp SIP/2.0\r\nVia: SIP/2.0/TCP [2001:db8:0:0:0:0:0:2]:40112;"),
                v6);
    }

    private static String text(SipOptions request) {
        return new String(request.bytes(), StandardCharsets.US_ASCII);
    }
}
