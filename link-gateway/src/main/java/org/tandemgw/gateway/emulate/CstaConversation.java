package org.tandemgw.gateway.emulate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One association with a simulated switching function: its beginning in either way, monitors with references of its own, snapshots, timers; everything else is refused. It shares no code
 * with what talks to it. Guarded by the leg's lock.
 */
final class CstaConversation implements Conversation {
    private static final Pattern NAME = Pattern.compile("<(?:[\\w.-]+:)?([A-Z]\\w*)");
    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] BEFORE_REFERENCE = "<monitorCrossRefID>".getBytes(StandardCharsets.US_ASCII);

    private final boolean switchFirst;
    private final AmiSettings settings;
    private final FrameSource source;
    private final List<String> devices;
    private final Map<String, String> references = new HashMap<>();
    private byte[] request = new byte[0];
    private int nextReference;
    private boolean open;
    private boolean settled;
    private boolean over;

    /** @param settings whose user and secret are asked for if somebody tells any */
    CstaConversation(boolean switchFirst, AmiSettings settings, FrameSource source, Random random) {
        this.switchFirst = switchFirst;
        this.settings = settings;
        this.source = source;
        final List<String> known = source.standing("devices");
        this.devices = known == null ? List.of() : known;
        this.nextReference = 10 + random.nextInt(100_000);
    }

    @Override
    public byte[] greeting() {
        return switchFirst ? said(1, "SystemStatus", "<systemStatus>normal</systemStatus>") : new byte[0];
    }

    @Override
    public boolean loggedIn() {
        return settled;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public List<byte[]> heard(byte[] buffer, int length, long nowMs) {
        final List<byte[]> answers = new ArrayList<>();
        final byte[] all = Arrays.copyOf(request, request.length + length);
        System.arraycopy(buffer, 0, all, request.length, length);
        int at = 0;
        while (!over && all.length - at >= 8) {
            final int whole = (all[at + 2] & 0xFF) << 8 | all[at + 3] & 0xFF;
            if (all[at] != 0 || all[at + 1] != 0 || whole < 9) {
                over = true;
            } else if (all.length - at < whole) {
                break;
            } else {
                answer(
                        Integer.parseInt(new String(all, at + 4, 4, StandardCharsets.US_ASCII)),
                        new String(all, at + 8, whole - 8, StandardCharsets.UTF_8),
                        answers);
                at += whole;
            }
        }
        request = Arrays.copyOfRange(all, at, all.length);
        over |= request.length > MOST_BYTES;
        return answers;
    }

    private void answer(int id, String document, List<byte[]> answers) {
        final Matcher name = NAME.matcher(document);
        switch (name.find() ? name.group(1) : "") {
            case "SystemStatus" -> answers.add(said(id, "SystemStatusResponse", ""));
            case "SystemStatusResponse" -> open |= switchFirst;
            case "SystemRegister" ->
                answers.add(said(id, "SystemRegisterResponse", "<sysStatRegisterID>7</sysStatRegisterID>"));
            case "StartApplicationSession" -> start(id, document, answers);
            case "ResetApplicationSessionTimer" ->
                answers.add(said(
                        id,
                        "ResetApplicationSessionTimerPosResponse",
                        "<actualSessionDuration>180</actualSessionDuration>"));
            case "StopApplicationSession" -> {
                answers.add(said(id, "StopApplicationSessionPosResponse", ""));
                over = true;
            }
            case "MonitorStart" -> monitor(id, text(document, "deviceObject"), answers);
            case "MonitorStop" -> {
                references.values().remove(text(document, "monitorCrossRefID"));
                answers.add(said(id, "MonitorStopResponse", ""));
            }
            case "SnapshotDevice" -> {
                settled |= !references.isEmpty();
                snapshot(id, text(document, "snapshotObject"), answers);
            }
            default -> answers.add(error(id, "requestIncompatibleWithObject"));
        }
    }

    private void start(int id, String document, List<byte[]> answers) {
        final String password = text(document, "password");
        if (switchFirst
                || !password.isEmpty()
                        && !(password.equals(settings.secret())
                                && text(document, "userName").equals(settings.user()))) {
            answers.add(said(
                    id,
                    "StartApplicationSessionNegResponse",
                    "<errorCode><definedError>invalidApplicationInfo</definedError></errorCode>"));
            over = true;
            return;
        }
        open = true;
        answers.add(said(
                id,
                "StartApplicationSessionPosResponse",
                "<sessionID>S" + nextReference + "</sessionID><actualProtocolVersion>"
                        + text(document, "protocolVersion")
                        + "</actualProtocolVersion><actualSessionDuration>180</actualSessionDuration>"));
    }

    private void monitor(int id, String device, List<byte[]> answers) {
        if (!open || !devices.contains(device)) {
            answers.add(error(id, "invalidDeviceID"));
            return;
        }
        final String reference = Integer.toString(nextReference++);
        references.put(device, reference);
        settled |= references.size() == devices.size();
        answers.add(said(id, "MonitorStartResponse", "<monitorCrossRefID>" + reference + "</monitorCrossRefID>"));
    }

    private void snapshot(int id, String device, List<byte[]> answers) {
        final List<String> items = source.standing("SnapshotDevice " + device);
        if (items == null) {
            answers.add(error(id, "invalidDeviceID"));
            return;
        }
        answers.add(said(
                id,
                "SnapshotDeviceResponse",
                "<crossRefIDorSnapshotData><snapshotData>" + String.join("", items)
                        + "</snapshotData></crossRefIDorSnapshotData>"));
    }

    @Override
    public byte[] dress(byte[] frame) {
        int from = 8;
        while (from + BEFORE_REFERENCE.length < frame.length
                && !Arrays.equals(
                        frame, from, from + BEFORE_REFERENCE.length, BEFORE_REFERENCE, 0, BEFORE_REFERENCE.length)) {
            from++;
        }
        if (from + BEFORE_REFERENCE.length >= frame.length) {
            return null; // it tells of no device
        }
        from += BEFORE_REFERENCE.length;
        int to = from;
        while (frame[to] != '<') {
            to++;
        }
        final String reference = references.get(new String(frame, from, to - from, StandardCharsets.UTF_8));
        if (reference == null) {
            return null;
        }
        final byte[] ours = reference.getBytes(StandardCharsets.US_ASCII);
        final byte[] dressed = new byte[frame.length - (to - from) + ours.length];
        System.arraycopy(frame, 0, dressed, 0, from);
        System.arraycopy(ours, 0, dressed, from, ours.length);
        System.arraycopy(frame, to, dressed, from + ours.length, frame.length - to);
        return headed(dressed);
    }

    @Override
    public byte[] early(byte[] frame) {
        return dress(frame);
    }

    private static byte[] error(int id, String what) {
        return said(id, "CSTAErrorCode", "<operation>" + what + "</operation>");
    }

    private static byte[] said(int id, String name, String inside) {
        final byte[] document = (CstaWords.DECLARATION + "<" + name + " xmlns=\"" + CstaWords.EDITION + "\">" + inside
                        + "</" + name + ">")
                .getBytes(StandardCharsets.UTF_8);
        return framed(String.format("%04d", id), document);
    }

    /** A frame with this invoke id. */
    static byte[] framed(String id, byte[] document) {
        final byte[] frame = new byte[8 + document.length];
        System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, frame, 4, 4);
        System.arraycopy(document, 0, frame, 8, document.length);
        return headed(frame);
    }

    private static byte[] headed(byte[] frame) {
        frame[2] = (byte) (frame.length >> 8);
        frame[3] = (byte) frame.length;
        return frame;
    }

    private static String text(String document, String element) {
        final Matcher found =
                Pattern.compile("<(?:\\w+:)?" + element + "[^>]*>([^<]*)</").matcher(document);
        return found.find() ? found.group(1).strip() : "";
    }
}
