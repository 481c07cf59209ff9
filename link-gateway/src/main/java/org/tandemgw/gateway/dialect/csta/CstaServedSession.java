package org.tandemgw.gateway.dialect.csta;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.recovery.CallTable;

/**
 * A client that takes us for a switching function. Its session begins as ours do, its monitors have the device itself for a reference, so that events need no change, and stay the same over
 * every reconnect. It gets the events of what it monitors. Snapshots are answered from the call table, one question after the other; everything else is refused and changes nothing.
 *
 * <p>Events begin to flow once the client has monitors and has asked for no more of them for a while: otherwise the first monitor would take from the others what was waiting for them.
 * A client without monitors is answered as long as it likes, and takes no events from anybody.
 */
final class CstaServedSession implements NativeService.Conversation, FrameSink {
    /** So long nobody asks for another monitor, and the session is whole. */
    private static final long SETTLED_NS = TimeUnit.MILLISECONDS.toNanos(700);

    private static final long SESSION_S = 180;
    private static final long STATUS_EVERY_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int LONGEST_WORD = 40;

    private enum Phase {
        STRANGER,
        SETTLING,
        SEATING,
        SEATED,
        OVER
    }

    private final NativeService.Client client;
    private final CstaDialect.Settings settings;
    private final CstaMessage message;
    private final CstaHead head = new CstaHead();
    private final CstaFraming framing =
            new CstaFraming(new LinkFrameDecoder.Limits(LinkFrameDecoder.MAX_FRAME, CstaDocument.MOST_BYTES), this);
    private final Set<String> monitored = new HashSet<>();
    private final Map<String, byte[]> devices = new HashMap<>();
    private CstaReferences wanted;
    private Phase phase = Phase.STRANGER;
    private byte[] waiting = new byte[0];
    private boolean asking;
    /** Whether a password has to be proved: only one of the two ways to begin can carry one. */
    private final boolean secured;
    /** Who has proved it. */
    private String user;

    private long changedNs;
    private long saidNs;
    private int statusId;

    CstaServedSession(NativeService.Client client, CstaDialect.Settings settings) {
        this.client = client;
        this.settings = settings;
        this.message = new CstaMessage(settings.protocol());
        this.secured = client.asksForSecret() && !settings.switchFirst();
        this.user = client.server();
        settings.devices().forEach(device -> devices.put(device, CstaMessage.utf8(CstaMessage.escaped(device))));
        wanted = new CstaReferences(devices.size());
    }

    @Override
    public void begin() {
        changedNs = client.nowNs();
        saidNs = changedNs;
        if (settings.switchFirst()) {
            client.say(message.status(statusId));
        }
    }

    @Override
    public void heard(byte[] bytes, int offset, int length) {
        if (asking) {
            final byte[] more = java.util.Arrays.copyOf(waiting, waiting.length + length);
            System.arraycopy(bytes, offset, more, waiting.length, length);
            waiting = more;
            return;
        }
        int used = 0;
        while (used < length && phase != Phase.OVER) {
            if (asking) {
                heard(bytes, offset + used, length - used);
                return;
            }
            final int piece = Math.min(length - used, framing.missing());
            if (!framing.decode(bytes, offset + used, piece)) {
                phase = Phase.OVER;
                client.bad("this is no frame of CSTA in XML over TCP");
                return;
            }
            used += piece;
        }
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        phase = Phase.OVER;
        client.bad("a request of " + length + " bytes");
    }

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        final int id = id(buffer, offset);
        final CstaDocument request;
        try {
            request = CstaDocument.ofFrame(buffer, offset, length);
        } catch (CstaXmlException e) {
            client.ignored();
            client.say(message.error(id, "operation", "generic"));
            return;
        }
        if (secured && phase == Phase.STRANGER && !request.name().equals("StartApplicationSession")) {
            client.ignored();
            client.say(message.error(id, "operation", "generic"));
            return;
        }
        switch (request.name()) {
            case "SystemStatus" -> client.say(message.statusResponse(id));
            case "SystemStatusResponse" -> opened();
            case "SystemRegister" -> {
                opened();
                client.say(message.registerResponse(id, 1));
            }
            case "StartApplicationSession" -> start(id, request);
            case "ResetApplicationSessionTimer" -> client.say(CstaMessage.timerReset(id, SESSION_S));
            case "StopApplicationSession" -> {
                phase = Phase.OVER;
                client.leave(CstaMessage.sessionStopped(id));
            }
            case "MonitorStart" -> monitor(id, request.text("monitorObject", "deviceObject"));
            case "MonitorStop" -> {
                monitored.remove(request.text("monitorCrossRefID"));
                remember();
                client.say(message.monitorStopped(id));
            }
            case "SnapshotDevice" -> snapshotDevice(id, request.text("snapshotObject"), request);
            case "SnapshotCall" -> snapshotCall(id, request);
            default -> {
                if (!request.name().endsWith("Response") && !request.name().equals("CSTAErrorCode")) {
                    client.denied(readable(request.name()));
                    client.say(message.error(id, "operation", "requestIncompatibleWithObject"));
                } else {
                    client.ignored();
                }
            }
        }
    }

    private void opened() {
        if (phase == Phase.STRANGER) {
            phase = Phase.SETTLING;
            changedNs = client.nowNs();
            client.proved(user);
        }
    }

    private void start(int id, CstaDocument request) {
        final CstaDocument named = request.find("userName");
        final CstaDocument password = request.find("password");
        if (password != null || secured) {
            final String name = named == null ? request.text("applicationInfo", "applicationID") : named.text();
            if (password == null || !proves(name, password.text())) {
                phase = Phase.OVER;
                client.refuse("wrong user or password", CstaMessage.sessionRefused(id));
                return;
            }
        }
        client.say(CstaMessage.sessionStarted(id, "tandem", settings.protocol(), SESSION_S));
        opened();
    }

    /** A password that is told must be right. */
    private boolean proves(String name, String password) {
        final String told = new String(CstaMessage.utf8(name), StandardCharsets.ISO_8859_1);
        final boolean right = MessageDigest.isEqual(
                client.secret(told).getBytes(StandardCharsets.ISO_8859_1), CstaMessage.utf8(password));
        user = right && phase == Phase.STRANGER ? told : user;
        return right;
    }

    private void monitor(int id, String device) {
        opened();
        changedNs = client.nowNs();
        if (devices.containsKey(device)) {
            monitored.add(device);
            remember();
            client.say(message.monitorResponse(id, device));
        } else {
            client.say(message.error(id, "operation", "invalidDeviceID"));
        }
    }

    private void remember() {
        wanted = new CstaReferences(devices.size());
        monitored.forEach(device -> wanted.put(devices.get(device), devices.get(device)));
    }

    // --- how things stand ---

    private void snapshotDevice(int id, String object, CstaDocument request) {
        final String device = object.isEmpty() ? deviceOf(request) : object;
        if (!devices.containsKey(device)) {
            client.say(message.error(id, "operation", "invalidDeviceID"));
            return;
        }
        final int room = message.roomForItems();
        ask(id, table -> message.deviceSnapshot(id, CstaStanding.atDevice(table, device, room)));
    }

    private static String deviceOf(CstaDocument request) {
        final CstaDocument told = request.find("deviceObject");
        return told == null ? "" : told.text();
    }

    private void snapshotCall(int id, CstaDocument request) {
        final CstaDocument told = request.find("callID");
        final String call = told == null ? "" : told.text();
        final List<String> monitorable = List.copyOf(devices.keySet());
        final int room = message.roomForItems();
        ask(id, table -> message.callSnapshot(id, CstaStanding.inCall(table, call, monitorable, room)));
    }

    private void ask(int id, java.util.function.Function<CallTable, byte[]> question) {
        if (phase != Phase.SEATED) {
            // Before anything was sent there is nothing that an answer could be older than.
            opened();
        }
        asking = true;
        client.ask(question, answer -> {
            asking = false;
            client.say(answer == null ? message.error(id, "operation", "generic") : answer);
            final byte[] rest = waiting;
            waiting = new byte[0];
            heard(rest, 0, rest.length);
        });
    }

    // --- events ---

    @Override
    public void welcome() {
        phase = Phase.SEATED;
    }

    @Override
    public boolean wants(byte[] frame, int offset, int length) {
        return head.over(frame, offset, length).hasReference()
                && wanted.device(frame, head.referenceFrom(), head.referenceTo()) != null;
    }

    @Override
    public boolean listens() {
        return !asking && client.takesMore();
    }

    @Override
    public void goOn() {
        final long now = client.nowNs();
        final boolean all = monitored.size() == devices.size();
        if (phase == Phase.SETTLING && !asking && !monitored.isEmpty() && (all || now - changedNs > SETTLED_NS)) {
            phase = Phase.SEATING;
            client.logIn(user);
        }
        if (phase != Phase.STRANGER
                && phase != Phase.OVER
                && settings.switchFirst()
                && now - saidNs > STATUS_EVERY_NS
                && client.takesMore()) {
            saidNs = now;
            statusId = (statusId + 1) % (CstaMessage.LAST_ID + 1);
            client.say(message.status(statusId));
        }
    }

    private static int id(byte[] buffer, int offset) {
        int id = 0;
        for (int i = offset + 4; i < offset + CstaFraming.HEADER; i++) {
            id = id * 10 + Math.max(0, Math.min(9, buffer[i] - '0'));
        }
        return Math.min(id, CstaMessage.LAST_ID);
    }

    private static String readable(String text) {
        final String one = text.replaceAll("[^A-Za-z0-9]", "?");
        return one.length() <= LONGEST_WORD ? one : one.substring(0, LONGEST_WORD);
    }
}
