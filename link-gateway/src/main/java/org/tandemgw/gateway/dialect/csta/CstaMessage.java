package org.tandemgw.gateway.dialect.csta;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What is said in CSTA. One method for each thing that may be said to a switching function, and none that would change anything there: there is no text that becomes a
 * request.
 */
final class CstaMessage {
    /** Invoke ids of requests and answers go from 0 to here. */
    static final int LAST_ID = 9_998;

    /** What stands around the items of an answer, without its namespace. */
    private static final int AROUND_ITEMS = 400;

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String SESSIONS = "http://www.ecma-international.org/standards/ecma-354/appl_session";
    private static final List<byte[]> OF_THE_SESSION = List.of(
            utf8("SystemStatus"),
            utf8("SystemRegister"),
            utf8("SystemRegisterAbort"),
            utf8("SystemRegisterCancel"),
            utf8("CSTAErrorCode"),
            utf8("ApplicationSessionTerminated"),
            utf8("MonitorStop"),
            utf8("SnapshotDeviceData"),
            utf8("SnapshotCallData"));

    /** The namespace of the edition that was agreed on. */
    private final String edition;

    /** @param protocol the version that is asked for; what an extension of a vendor adds behind the edition is no part of its namespace */
    CstaMessage(String protocol) {
        edition = protocol.replaceFirst("/priv[^/]*$", "");
    }

    /** Whether a frame that may look like an event is part of a conversation. */
    static boolean isOfTheSession(CstaHead head) {
        for (final byte[] name : OF_THE_SESSION) {
            if (head.isName(name)) {
                return true;
            }
        }
        return false;
    }

    // --- asked ---

    /** @param secret null: the application has none */
    static byte[] startSession(int id, String protocol, String application, String secret, long seconds) {
        final String login = secret == null
                ? ""
                : "<applicationSpecificInfo><SessionLoginInfo xmlns=\"http://www.avaya.com/csta\">"
                        + element("userName", application) + element("password", secret)
                        + "<sessionCleanupDelay>5</sessionCleanupDelay></SessionLoginInfo></applicationSpecificInfo>";
        return frame(
                id,
                "<StartApplicationSession xmlns=\"" + SESSIONS + "\"><applicationInfo>"
                        + element("applicationID", application) + login
                        + "</applicationInfo><requestedProtocolVersions>" + element("protocolVersion", protocol)
                        + "</requestedProtocolVersions><requestedSessionDuration>" + seconds
                        + "</requestedSessionDuration></StartApplicationSession>");
    }

    static byte[] resetTimer(int id, String session, long seconds) {
        return frame(
                id,
                "<ResetApplicationSessionTimer xmlns=\"" + SESSIONS + "\">" + element("sessionID", session)
                        + "<requestedSessionDuration>" + seconds
                        + "</requestedSessionDuration></ResetApplicationSessionTimer>");
    }

    byte[] register(int id) {
        return said(
                id,
                "SystemRegister",
                "<requestTypes><systemStatus>true</systemStatus><requestSystemStatus>false</requestSystemStatus></requestTypes>");
    }

    byte[] status(int id) {
        return said(id, "SystemStatus", "<systemStatus>normal</systemStatus>");
    }

    byte[] monitor(int id, String device) {
        return said(
                id,
                "MonitorStart",
                "<monitorObject>" + element("deviceObject", device)
                        + "</monitorObject><monitorType>device</monitorType>");
    }

    byte[] snapshotDevice(int id, String device) {
        return said(id, "SnapshotDevice", element("snapshotObject", device));
    }

    byte[] snapshotCall(int id, String call, String device) {
        return said(
                id,
                "SnapshotCall",
                "<snapshotObject>" + element("callID", call) + element("deviceID", device) + "</snapshotObject>");
    }

    // --- answered, by either side ---

    byte[] statusResponse(int id) {
        return said(id, "SystemStatusResponse", "");
    }

    byte[] registerResponse(int id, int registration) {
        return said(id, "SystemRegisterResponse", element("sysStatRegisterID", Integer.toString(registration)));
    }

    static byte[] sessionStarted(int id, String session, String protocol, long seconds) {
        return frame(
                id,
                "<StartApplicationSessionPosResponse xmlns=\"" + SESSIONS + "\">" + element("sessionID", session)
                        + element("actualProtocolVersion", protocol) + "<actualSessionDuration>" + seconds
                        + "</actualSessionDuration></StartApplicationSessionPosResponse>");
    }

    static byte[] sessionRefused(int id) {
        return frame(
                id,
                "<StartApplicationSessionNegResponse xmlns=\"" + SESSIONS
                        + "\"><errorCode><definedError>invalidApplicationInfo</definedError></errorCode></StartApplicationSessionNegResponse>");
    }

    static byte[] timerReset(int id, long seconds) {
        return frame(
                id,
                "<ResetApplicationSessionTimerPosResponse xmlns=\"" + SESSIONS + "\"><actualSessionDuration>" + seconds
                        + "</actualSessionDuration></ResetApplicationSessionTimerPosResponse>");
    }

    static byte[] sessionStopped(int id) {
        return frame(id, "<StopApplicationSessionPosResponse xmlns=\"" + SESSIONS + "\"/>");
    }

    byte[] monitorResponse(int id, String reference) {
        return said(id, "MonitorStartResponse", element("monitorCrossRefID", reference));
    }

    byte[] monitorStopped(int id) {
        return said(id, "MonitorStopResponse", "");
    }

    /** So many bytes of items fit into one answer. */
    int roomForItems() {
        return CstaDocument.MOST_BYTES - CstaFraming.HEADER - AROUND_ITEMS - utf8(edition).length;
    }

    /** @param items what {@link #connection} gives, one after the other; no more than {@link #roomForItems} */
    byte[] deviceSnapshot(int id, String items) {
        return said(
                id,
                "SnapshotDeviceResponse",
                "<crossRefIDorSnapshotData><snapshotData>" + items + "</snapshotData></crossRefIDorSnapshotData>");
    }

    /** @param items what {@link #participant} gives, one after the other; no more than {@link #roomForItems} */
    byte[] callSnapshot(int id, String items) {
        return said(
                id,
                "SnapshotCallResponse",
                "<crossRefIDorSnapshotData><snapshotData>" + items + "</snapshotData></crossRefIDorSnapshotData>");
    }

    static String connection(String call, String device, String state) {
        return "<snapshotDeviceResponseInfo><connectionIdentifier>" + element("callID", call)
                + element("deviceID", device)
                + "</connectionIdentifier><endpointDevice><notKnown/></endpointDevice><localCallState><compoundCallState>"
                + element("localConnectionState", state)
                + "</compoundCallState></localCallState></snapshotDeviceResponseInfo>";
    }

    static String participant(String call, String device, String state) {
        return "<snapshotCallResponseInfo><deviceOnCall>" + element("deviceIdentifier", device)
                + "</deviceOnCall><callIdentifier>" + element("callID", call) + element("deviceID", device)
                + "</callIdentifier>" + element("localConnectionState", state) + "</snapshotCallResponseInfo>";
    }

    /** @param kind {@code operation}, {@code stateIncompatibility} and the like; {@code error} is one of its words */
    byte[] error(int id, String kind, String error) {
        return said(id, "CSTAErrorCode", element(kind, error));
    }

    // --- how ---

    private byte[] said(int id, String name, String inside) {
        return frame(
                id,
                "<" + name + " xmlns=\"" + edition + "\""
                        + (inside.isEmpty() ? "/>" : ">" + inside + "</" + name + ">"));
    }

    private static byte[] frame(int id, String document) {
        final byte[] bytes = utf8(DECLARATION + document);
        if (bytes.length > CstaDocument.MOST_BYTES - CstaFraming.HEADER) {
            throw new IllegalArgumentException("a document of " + bytes.length + " bytes");
        }
        final byte[] frame = new byte[CstaFraming.HEADER + bytes.length];
        frame[2] = (byte) (frame.length >> 8);
        frame[3] = (byte) frame.length;
        System.arraycopy(utf8(String.format(Locale.ROOT, "%04d", id)), 0, frame, 4, 4);
        System.arraycopy(bytes, 0, frame, CstaFraming.HEADER, bytes.length);
        return frame;
    }

    private static String element(String name, String text) {
        return "<" + name + ">" + escaped(text) + "</" + name + ">";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
