package org.tandemgw.gateway.dialect.csta;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/**
 * One association with a switching function: its beginning in either of the two ways, a monitor for each device, then snapshots and keep-alives. It is ready when every monitor is
 * answered, so that a leg never brings the events of some of the devices only. It says nothing that {@link CstaMessage} has no method for. Its secret is in what it sends and in
 * nothing that it tells.
 */
final class CstaSession implements LegSession, FrameSink {
    private static final long STEP_MS = 5_000;
    private static final long SESSION_S = 180;
    private static final int MONITORS_AT_ONCE = 16;
    private static final int LONGEST_WORD = 60;
    private static final int LONGEST_SESSION_ID = 500;

    private enum Phase {
        STATUS("its SystemStatus"),
        REGISTER("an answer to SystemRegister"),
        START("an answer to StartApplicationSession"),
        MONITORS("an answer to MonitorStart"),
        READY("nothing");

        private final String awaited;

        Phase(String awaited) {
            this.awaited = awaited;
        }
    }

    private enum What {
        REGISTER,
        START,
        MONITOR,
        SNAPSHOT,
        ALIVE
    }

    /** @param round how many keep-alives were due before it was asked */
    private record Asked(What what, String device, CstaSnapshot.Question question, int round) {}

    private final CstaLogin login;
    private final Consumer<byte[]> out;
    private final CstaMessage message;
    private final CstaSnapshot snapshot;
    private final CstaHead head = new CstaHead();
    private final CstaFraming framing =
            new CstaFraming(new LinkFrameDecoder.Limits(LinkFrameDecoder.MAX_FRAME, CstaDocument.MOST_BYTES), this);
    /** What is asked and not answered: a few, but for keep-alives that nobody answers, which are forgotten. */
    private final Map<Integer, Asked> pending = new HashMap<>();

    private final CstaMonitors monitors;
    private Phase phase;
    private int lastId = -1;
    private int monitorsAsked;
    private int steps;
    private String refusal = "";
    private boolean loginRefused;
    private String session = "";
    private long sessionS = SESSION_S;
    private int round;

    CstaSession(CstaLogin login, CstaReferences references, Consumer<byte[]> out) {
        this.login = login;
        this.out = out;
        this.message = new CstaMessage(login.protocol());
        this.snapshot = new CstaSnapshot(login.snapshot());
        this.monitors = new CstaMonitors(login.devices(), references);
        phase = login.switchFirst() ? Phase.STATUS : Phase.START;
        if (phase == Phase.START) {
            out.accept(CstaMessage.startSession(
                    id(What.START, "", null), login.protocol(), login.application(), login.secret(), SESSION_S));
        }
    }

    // --- the beginning ---

    @Override
    public int offer(byte[] buffer, int offset, int length) {
        int used = 0;
        while (used < length && phase != Phase.READY && refusal.isEmpty()) {
            final int piece = Math.min(length - used, framing.missing());
            if (!framing.decode(buffer, offset + used, piece)) {
                refusal = "this does not speak CSTA in XML over TCP: its frames do not begin with 00 00 and a length";
            }
            used += piece;
        }
        return refusal.isEmpty() ? used : -1;
    }

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        // An event before all monitors are answered is before the beginning of this leg's part of the stream.
        if (!head.over(buffer, offset, length).isEvent()) {
            hear(buffer, offset, length);
        }
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        refusal = "a message of " + length + " bytes came before the session was ready";
    }

    @Override
    public void heard(byte[] buffer, int offset, int length) {
        hear(buffer, offset, length);
    }

    private void hear(byte[] buffer, int offset, int length) {
        final CstaDocument document;
        try {
            document = CstaDocument.ofFrame(buffer, offset, length);
        } catch (CstaXmlException e) {
            return; // whatever it was, it answers nothing: the step's time limit tells the rest
        }
        final int id = number(buffer, offset + 4);
        switch (document.name()) {
            case "SystemStatus" -> status(id);
            case "MonitorStop" -> monitorStopped(id, document.text("monitorCrossRefID"));
            case "SnapshotDeviceData", "SnapshotCallData" -> {
                snapshot.piece(document, buffer, offset, length);
                askOn();
            }
            default -> {
                final Asked asked = pending.remove(id);
                if (asked != null) {
                    answered(asked, document, buffer, offset, length);
                }
            }
        }
    }

    private void status(int id) {
        out.accept(message.statusResponse(id));
        if (phase == Phase.STATUS) {
            next(Phase.REGISTER);
            out.accept(message.register(id(What.REGISTER, "", null)));
        }
    }

    private void answered(Asked asked, CstaDocument answer, byte[] buffer, int offset, int length) {
        final boolean error =
                answer.name().equals("CSTAErrorCode") || answer.name().endsWith("NegResponse");
        switch (asked.what()) {
            case REGISTER -> begin(); // who knows no registration tells its status all the same
            case START -> {
                if (error) {
                    loginRefused = true;
                    refusal = "the ACD refused the session of application \"" + readable(login.application()) + "\": "
                            + why(answer) + "; compare user and secret-file, and what the ACD permits that application";
                } else {
                    session = bounded(answer.text("sessionID"));
                    sessionS = seconds(answer.text("actualSessionDuration"));
                    begin();
                }
            }
            case MONITOR -> monitored(asked.device(), error ? null : answer.text("monitorCrossRefID"), answer);
            case SNAPSHOT -> {
                if (error) {
                    snapshot.refused(asked.question());
                } else {
                    snapshot.answered(asked.question(), answer, buffer, offset, length);
                }
                askOn();
            }
            case ALIVE -> {}
        }
    }

    private void begin() {
        next(Phase.MONITORS);
        while (monitorsAsked < Math.min(MONITORS_AT_ONCE, login.devices().size())) {
            monitor(login.devices().get(monitorsAsked++));
        }
    }

    private void monitor(String device) {
        out.accept(message.monitor(id(What.MONITOR, device, null), device));
    }

    private void monitored(String device, String reference, CstaDocument answer) {
        final boolean asBefore =
                reference == null ? monitors.refused(device, why(answer)) : monitors.granted(device, reference);
        if (phase == Phase.READY) {
            monitors.remember();
            if (!asBefore) {
                askAgain();
            }
            return;
        }
        steps++;
        if (monitorsAsked < login.devices().size()) {
            monitor(login.devices().get(monitorsAsked++));
        } else if (monitors.allAnswered()) {
            if (monitors.none()) {
                loginRefused = true;
                refusal = "the ACD monitors none of the devices: " + monitors.notMonitored()
                        + "; compare devices with what the ACD permits this application";
            } else {
                monitors.remember();
                next(Phase.READY);
            }
        }
    }

    /** Whatever is not monitored is asked for again; who has not answered since the keep-alive before has refused. */
    private void monitorTheRest() {
        final Set<String> asked = new HashSet<>();
        final List<String> silent = new ArrayList<>();
        pending.values().removeIf(each -> {
            final boolean late = each.what() == What.MONITOR && each.round() < round;
            if (each.what() == What.MONITOR) {
                asked.add(each.device());
            }
            if (late) {
                silent.add(each.device());
            }
            return late;
        });
        round++;
        boolean asBefore = true;
        for (final String device : silent) {
            asBefore &= monitors.refused(device, "no answer");
        }
        monitors.rest(asked, MONITORS_AT_ONCE).forEach(this::monitor);
        if (!asBefore) {
            askAgain();
        }
    }

    /** The ACD has ended a monitor: it is started again, as long as the session lasts. */
    private void monitorStopped(int id, String reference) {
        out.accept(message.monitorStopped(id));
        final String device = monitors.stopped(reference);
        if (device != null && phase == Phase.READY) {
            monitor(device);
        }
    }

    private void next(Phase to) {
        phase = to;
        steps++;
    }

    private int id(What what, String device, CstaSnapshot.Question question) {
        do {
            lastId = lastId == CstaMessage.LAST_ID ? 0 : lastId + 1;
        } while (pending.containsKey(lastId));
        pending.put(lastId, new Asked(what, device, question, round));
        return lastId;
    }

    // --- as the leg sees it ---

    @Override
    public boolean ready() {
        return phase == Phase.READY;
    }

    @Override
    public int step() {
        return steps;
    }

    @Override
    public long timeoutMs() {
        return STEP_MS;
    }

    @Override
    public String awaited() {
        return phase.awaited;
    }

    @Override
    public String refusal() {
        return refusal;
    }

    @Override
    public boolean loginRefused() {
        return loginRefused;
    }

    @Override
    public void begun(Listing listing) {
        snapshot.goesTo(listing);
        ask();
    }

    @Override
    public void askAgain() {
        if (phase == Phase.READY && !snapshot.isUnderWay()) {
            ask();
        }
    }

    private void ask() {
        if (snapshot.begin(monitors.devices(), monitors.all())) {
            askOn();
        }
    }

    private void askOn() {
        for (CstaSnapshot.Question next = snapshot.next(); next != null; next = snapshot.next()) {
            final int id = id(What.SNAPSHOT, next.device(), next);
            out.accept(
                    next.call() == null
                            ? message.snapshotDevice(id, next.device())
                            : message.snapshotCall(id, next.call(), next.device()));
        }
    }

    @Override
    public boolean snapshotting() {
        return snapshot.isUnderWay();
    }

    @Override
    public String snapshot() {
        final String none = monitors.notMonitored();
        return snapshot + (none.isEmpty() ? "" : "; not monitored: " + none);
    }

    @Override
    public long keepAliveEveryMs() {
        return login.switchFirst() || login.aliveEveryMs() == 0
                ? login.aliveEveryMs()
                : Math.min(login.aliveEveryMs(), sessionS * 1_000 / 3);
    }

    @Override
    public void keepAlive() {
        pending.values().removeIf(asked -> asked.what() == What.ALIVE);
        monitorTheRest();
        final int id = id(What.ALIVE, "", null);
        out.accept(login.switchFirst() ? message.status(id) : CstaMessage.resetTimer(id, session, SESSION_S));
        snapshot.keepAliveIsDue();
        if (!snapshot.isUnderWay()) {
            pending.values().removeIf(asked -> asked.what() == What.SNAPSHOT);
        }
    }

    @Override
    public boolean keepAliveIsAnswered() {
        return true;
    }

    // --- words ---

    private static int number(byte[] buffer, int offset) {
        int number = 0;
        for (int i = offset; i < offset + 4; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return -1;
            }
            number = number * 10 + buffer[i] - '0';
        }
        return number;
    }

    private static long seconds(String text) {
        return text.matches("[1-9]\\d{0,5}") ? Math.max(15, Long.parseLong(text)) : SESSION_S;
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_SESSION_ID ? text : text.substring(0, LONGEST_SESSION_ID);
    }

    /** The innermost words of an error. */
    private static String why(CstaDocument error) {
        CstaDocument at = error;
        while (!at.children().isEmpty()) {
            at = at.children().get(0);
        }
        final String text = at.text();
        return readable(text.isEmpty() ? at.name() : text);
    }

    /** What the ACD says goes to operators: nothing in it may steer their terminals, and not too much of it. */
    static String readable(String text) {
        final String one = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return one.length() <= LONGEST_WORD ? one : one.substring(0, LONGEST_WORD) + "...";
    }
}
