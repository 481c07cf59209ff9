package org.tandemgw.gateway.dialect.csta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.dialect.csta.CstaFrames.frame;
import static org.tandemgw.gateway.dialect.csta.CstaFrames.joined;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** What Tandem says to a switching function, and what it makes of the answers. */
class CstaSessionTest {
    private static final String ED4 = "http://www.ecma-international.org/standards/ecma-323/csta/ed4";

    private final List<String> said = new ArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private LegSession session;
    private Dialect leg;

    private final LegSession.Listing listing = new LegSession.Listing() {
        @Override
        public void began() {
            listed.add("began");
        }

        @Override
        public void item(byte[] buffer, int offset, int length) {
            listed.add(CstaSnapshot.device(buffer, offset, length));
        }

        @Override
        public void ended(boolean calls, boolean agents) {
            listed.add("ended" + (calls ? " calls" : "") + (agents ? " agents" : ""));
        }
    };

    private void begin(boolean switchFirst, String user, List<String> devices, List<String> lists) {
        leg = new CstaDialect(
                        LinkFrameDecoder.Limits.WIDEST,
                        1,
                        new CstaDialect.Settings(switchFirst, ED4, devices, lists, 30_000))
                .leg(1);
        session = leg.session(user, "geheim\u00c3\u00bc")
                .begin(bytes -> said.add(new String(bytes, 4, bytes.length - 4, StandardCharsets.UTF_8)));
    }

    private int hear(byte[] bytes) {
        return session.offer(bytes, 0, bytes.length);
    }

    private void heard(String id, String document) {
        final byte[] bytes = frame(id, document);
        session.heard(bytes, 0, bytes.length);
    }

    private String last() {
        return said.get(said.size() - 1);
    }

    private static String idOf(String request) {
        return request.substring(0, 4);
    }

    private byte[] monitored(int request, String reference) {
        return frame(
                idOf(said.get(request)),
                "<MonitorStartResponse><monitorCrossRefID>" + reference
                        + "</monitorCrossRefID></MonitorStartResponse>");
    }

    @Test
    void shouldBeginWhereTheAcdSpeaksFirst() {
        begin(true, "", List.of("2001", "8000"), List.of());
        assertEquals(List.of(), said, "it waits");
        assertEquals("its SystemStatus", session.awaited());
        hear(frame("0042", "<SystemStatus><systemStatus>enabled</systemStatus></SystemStatus>"));
        assertTrue(
                said.get(0).startsWith("0042<?xml") && said.get(0).contains("<SystemStatusResponse"), said.toString());
        assertTrue(
                said.get(1).contains("<SystemRegister ") && said.get(1).contains("<systemStatus>true<"),
                said.toString());
        hear(frame(
                idOf(said.get(1)),
                "<SystemRegisterResponse><sysStatRegisterID>7</sysStatRegisterID></SystemRegisterResponse>"));
        assertEquals(4, said.size());
        assertTrue(said.get(2).contains("<deviceObject>2001</deviceObject>"), said.toString());
        final byte[] rest = CstaFrames.event("5", "");
        assertFalse(session.ready());
        hear(monitored(3, "6"));
        final byte[] answer = monitored(2, "5");
        assertEquals(answer.length, hear(joined(answer, rest)), "what follows is the stream's");
        assertTrue(session.ready());
        session.keepAlive();
        assertTrue(last().contains("<SystemStatus "), last());
        assertTrue(session.keepAliveIsAnswered());
        assertEquals(30_000, session.keepAliveEveryMs());
        assertFalse(said.toString().contains("geheim"));
    }

    @Test
    void shouldAskForAnApplicationSession() {
        begin(false, "tandem & co", List.of("2001"), List.of());
        assertTrue(said.get(0).contains("<applicationID>tandem &amp; co</applicationID>"), said.toString());
        assertTrue(said.get(0).contains("<userName>tandem &amp; co</userName><password>geheim\u00fc</password>"));
        assertTrue(said.get(0).contains("<protocolVersion>" + ED4 + "</protocolVersion>"));
        final byte[] granted = frame(
                idOf(said.get(0)),
                "<s:StartApplicationSessionPosResponse xmlns:s='x'><s:sessionID>S&amp;1</s:sessionID>"
                        + "<s:actualSessionDuration>60</s:actualSessionDuration></s:StartApplicationSessionPosResponse>");
        for (final byte b : granted) {
            assertEquals(1, hear(new byte[] {b}));
        }
        hear(monitored(1, "5"));
        assertTrue(session.ready());
        assertEquals(20_000, session.keepAliveEveryMs(), "three times in what the ACD granted");
        session.keepAlive();
        assertTrue(last().contains("<ResetApplicationSessionTimer ") && last().contains("<sessionID>S&amp;1<"), last());
        assertFalse(session.toString().contains("geheim"));
    }

    @Test
    void shouldSendNoLoginWhereTheLegHasNone() {
        begin(false, "", List.of("2001"), List.of());
        assertTrue(said.get(0).contains("<applicationID>tandem</applicationID></applicationInfo>"), said.toString());
    }

    @Test
    void shouldSayWhoWasRefusedAndNeverWithWhat() {
        begin(false, "joe", List.of("2001"), List.of());
        assertEquals(
                -1,
                hear(frame(
                        idOf(said.get(0)),
                        "<StartApplicationSessionNegResponse><errorCode><definedError>invalid\u009bApplicationInfo</definedError>"
                                + "</errorCode></StartApplicationSessionNegResponse>")));
        assertTrue(session.loginRefused());
        assertTrue(session.refusal().contains("\"joe\": invalid?ApplicationInfo"), session.refusal());
        assertFalse(session.refusal().contains("geheim"));
        assertFalse(new CstaLogin(false, "joe", "geheim", ED4, List.of(), List.of(), 1)
                .toString()
                .contains("geheim"));
    }

    @Test
    void shouldKnowThatThisIsNoCsta() {
        begin(true, "", List.of("2001"), List.of());
        assertEquals(-1, hear("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertTrue(session.refusal().contains("does not speak CSTA"), session.refusal());
        assertFalse(session.loginRefused());
    }

    private void ready(List<String> devices, List<String> lists) {
        begin(true, "", devices, lists);
        hear(frame("0001", "<SystemStatus/>"));
        hear(frame(idOf(last()), "<SystemRegisterResponse/>"));
        for (int i = 0; i < devices.size(); i++) {
            assertTrue(said.size() - 2 - i <= 16, "not all at once");
            hear(monitored(2 + i, "R" + devices.get(i)));
        }
        assertTrue(session.ready());
    }

    @Test
    void shouldMonitorManyDevicesAFewAtATime() {
        ready(IntStream.range(0, 2_000).mapToObj(i -> "D" + i).toList(), List.of());
        assertEquals(2_002, said.size());
    }

    @Test
    void shouldGoOnWithoutADeviceThatMayNotBeMonitoredAndSayWhich() {
        begin(true, "", List.of("2001", "9"), List.of());
        hear(frame("0001", "<SystemStatus/>"));
        hear(frame(idOf(last()), "<CSTAErrorCode><operation>generic</operation></CSTAErrorCode>"));
        hear(monitored(2, "5"));
        hear(frame(idOf(said.get(3)), "<CSTAErrorCode><operation>invalidDeviceID</operation></CSTAErrorCode>"));
        assertTrue(session.ready());
        assertTrue(session.snapshot().contains("not monitored: 9 (invalidDeviceID)"), session.snapshot());
    }

    @Test
    void shouldNotBeReadyWithoutAnyMonitor() {
        begin(true, "", List.of("9"), List.of());
        hear(frame("0001", "<SystemStatus/>"));
        hear(frame(idOf(last()), "<SystemRegisterResponse/>"));
        assertEquals(
                -1, hear(frame(idOf(last()), "<CSTAErrorCode><operation>invalidDeviceID</operation></CSTAErrorCode>")));
        assertTrue(session.loginRefused());
        assertTrue(session.refusal().contains("9 (invalidDeviceID)"), session.refusal());
    }

    private static String snapshot(String... calls) {
        final StringBuilder all = new StringBuilder();
        for (final String call : calls) {
            all.append("<snapshotDeviceResponseInfo><connectionIdentifier><callID>")
                    .append(call)
                    .append("</callID><deviceID>2001</deviceID></connectionIdentifier></snapshotDeviceResponseInfo>");
        }
        return "<crossRefIDorSnapshotData><snapshotData>" + all + "</snapshotData></crossRefIDorSnapshotData>";
    }

    @Test
    void shouldAskHowThingsStandAtEachDevice() {
        ready(List.of("2001", "2002"), List.of("SnapshotDevice", "SnapshotCall"));
        final int before = said.size();
        session.begun(listing);
        assertTrue(session.snapshotting());
        assertEquals(before + 2, said.size());
        heard(idOf(said.get(before)), "<SnapshotDeviceResponse>" + snapshot("C1", "C2") + "</SnapshotDeviceResponse>");
        assertEquals(before + 4, said.size());
        assertTrue(
                last().contains("<SnapshotCall ") && last().contains("<callID>C2</callID><deviceID>2001</deviceID>"));
        heard(idOf(said.get(before + 1)), "<SnapshotDeviceResponse>" + snapshot("C1") + "</SnapshotDeviceResponse>");
        heard(idOf(said.get(before + 2)), "<SnapshotCallResponse/>");
        heard(idOf(said.get(before + 3)), "<CSTAErrorCode><operation>invalidCallID</operation></CSTAErrorCode>");
        assertFalse(session.snapshotting());
        assertEquals(List.of("began", "2001", "2002", "", "ended calls"), listed);
        assertTrue(session.snapshot().contains("3 connections at 2 devices"), session.snapshot());
        listed.clear();
        session.askAgain();
        assertEquals(List.of("began"), listed);
    }

    @Test
    void shouldWaitForASnapshotThatComesInPieces() {
        ready(List.of("2001"), List.of("SnapshotDevice"));
        session.begun(listing);
        heard(
                idOf(last()),
                "<SnapshotDeviceResponse><crossRefIDorSnapshotData><serviceCrossRefID>77</serviceCrossRefID></crossRefIDorSnapshotData></SnapshotDeviceResponse>");
        heard("9999", "<SnapshotDeviceData><serviceCrossRefID>78</serviceCrossRefID></SnapshotDeviceData>");
        heard(
                "9999",
                "<SnapshotDeviceData><serviceCrossRefID>77</serviceCrossRefID><lastSegment>false</lastSegment>"
                        + snapshot("C1") + "</SnapshotDeviceData>");
        assertTrue(session.snapshotting());
        heard(
                "9999",
                "<SnapshotDeviceData><serviceCrossRefID>77</serviceCrossRefID><lastSegment>true</lastSegment>"
                        + snapshot("C2") + "</SnapshotDeviceData>");
        assertEquals(List.of("began", "2001", "2001", "ended calls"), listed);
    }

    @Test
    void shouldNotBeSureOfAListThatIsRefusedOrGoesSilent() {
        ready(List.of("2001", "2002"), List.of("SnapshotDevice"));
        session.begun(listing);
        heard(idOf(last()), "<CSTAErrorCode><operation>generic</operation></CSTAErrorCode>");
        session.keepAlive();
        session.keepAlive();
        assertTrue(session.snapshotting());
        session.keepAlive();
        assertFalse(session.snapshotting());
        assertEquals(List.of("began", "ended"), listed);
        assertTrue(session.snapshot().contains("1 questions refused, not all of it"), session.snapshot());
    }

    @Test
    void shouldAnswerTheAcdAndStartAMonitorAgainThatItEnded() {
        ready(List.of("2001"), List.of());
        heard("0815", "<SystemStatus/>");
        assertTrue(last().startsWith("0815") && last().contains("SystemStatusResponse"), last());
        heard("0816", "<MonitorStop><monitorCrossRefID>R2001</monitorCrossRefID></MonitorStop>");
        assertTrue(last().contains("<deviceObject>2001<"), last());
        heard(idOf(last()), "<MonitorStartResponse><monitorCrossRefID>new</monitorCrossRefID></MonitorStartResponse>");
        final CstaFrames out = new CstaFrames();
        final byte[] event = CstaFrames.event("new", "");
        leg.decoder(out).decode(event, 0, event.length);
        assertEquals(List.of(CstaFrames.text(CstaFrames.event("2001", ""))), out.frames);
    }

    @Test
    void shouldAskAgainForADeviceThatWasRefusedAndNotBeSureWithoutIt() {
        begin(true, "", List.of("2001", "9"), List.of("SnapshotDevice"));
        hear(frame("0001", "<SystemStatus/>"));
        hear(frame(idOf(last()), "<SystemRegisterResponse/>"));
        hear(monitored(2, "5"));
        hear(frame(idOf(said.get(3)), "<CSTAErrorCode><operation>generic</operation></CSTAErrorCode>"));
        session.begun(listing);
        heard(idOf(last()), "<SnapshotDeviceResponse/>");
        assertEquals(List.of("began", "2001", "ended"), listed, "what nobody tells of is not known to be gone");
        session.keepAlive();
        final String again = said.get(said.size() - 2);
        assertTrue(again.contains("<deviceObject>9<"), again);
        listed.clear();
        session.keepAlive();
        assertFalse(said.get(said.size() - 2).contains("<deviceObject>"), "it has been asked for, and may answer yet");
        heard(idOf(again), "<MonitorStartResponse><monitorCrossRefID>6</monitorCrossRefID></MonitorStartResponse>");
        final int before = said.size();
        heard(idOf(said.get(before - 2)), "<SnapshotDeviceResponse/>");
        heard(idOf(said.get(before - 1)), "<SnapshotDeviceResponse/>");
        assertEquals(List.of("began", "2001", "9", "ended calls"), listed);
        assertFalse(session.snapshot().contains("not monitored"), session.snapshot());
    }

    @Test
    void shouldNotWaitForEverForAMonitorThatTheAcdEndedAndDoesNotStartAgain() {
        ready(List.of("2001"), List.of("SnapshotDevice"));
        session.begun(listing);
        heard(idOf(last()), "<SnapshotDeviceResponse/>");
        heard("0816", "<MonitorStop><monitorCrossRefID>R2001</monitorCrossRefID></MonitorStop>");
        listed.clear();
        session.keepAlive();
        session.keepAlive();
        assertTrue(session.snapshot().contains("not monitored: 2001 (no answer)"), session.snapshot());
        assertEquals(List.of("began", "ended"), listed, "a list of nothing ends, and tells nothing");
        session.keepAlive();
        assertTrue(said.get(said.size() - 2).contains("<deviceObject>2001<"), said.toString());
    }

    /** Legal XML, and more than a request could hold. */
    @Test
    void shouldNotAskAboutAnIdThatNoAcdHas() {
        ready(List.of("2001"), List.of("SnapshotDevice", "SnapshotCall"));
        session.begun(listing);
        final String odd = ">".repeat(17_000);
        heard(
                idOf(last()),
                "<SnapshotDeviceResponse>" + snapshot(odd, "C1", odd.substring(0, 256)) + "</SnapshotDeviceResponse>");
        assertTrue(last().contains("<callID>C1</callID>"), last());
        heard(idOf(last()), "<SnapshotCallResponse/>");
        assertEquals(List.of("began", "2001", "", "ended"), listed);
    }

    @Test
    void shouldNotKeepAReferenceThatNoAcdHas() {
        begin(true, "", List.of("2001", "9"), List.of());
        hear(frame("0001", "<SystemStatus/>"));
        hear(frame(idOf(last()), "<SystemRegisterResponse/>"));
        hear(monitored(2, "5"));
        hear(monitored(3, "6".repeat(256)));
        assertTrue(session.ready());
        assertTrue(session.snapshot().contains("9 (a reference of 256 characters)"), session.snapshot());
    }

    /** Every word that can be said to an ACD, and nothing else. */
    @Test
    void shouldSayNothingThatChangesAnything() {
        ready(List.of("2001"), List.of("SnapshotDevice", "SnapshotCall"));
        session.begun(listing);
        heard(idOf(last()), "<SnapshotDeviceResponse>" + snapshot("C1") + "</SnapshotDeviceResponse>");
        session.keepAlive();
        heard("0815", "<MakeCall/>");
        heard("0816", "<MonitorStop><monitorCrossRefID>R2001</monitorCrossRefID></MonitorStop>");
        final Pattern root = Pattern.compile("\\?><([A-Za-z]+)");
        for (final String each : said) {
            final Matcher name = root.matcher(each);
            assertTrue(name.find());
            assertTrue(
                    List.of(
                                    "SystemStatus",
                                    "SystemStatusResponse",
                                    "SystemRegister",
                                    "MonitorStart",
                                    "MonitorStopResponse",
                                    "SnapshotDevice",
                                    "SnapshotCall")
                            .contains(name.group(1)),
                    each);
        }
    }

    @Test
    void shouldForgetTheReferencesOfTheSessionBefore() {
        ready(List.of("2001"), List.of());
        leg.session("", "").begin(bytes -> {});
        final CstaFrames out = new CstaFrames();
        final byte[] event = CstaFrames.event("R2001", "");
        leg.decoder(out).decode(event, 0, event.length);
        assertEquals(List.of(CstaFrames.text(event)), out.frames);
    }
}
