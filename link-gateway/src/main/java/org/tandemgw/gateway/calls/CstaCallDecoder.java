package org.tandemgw.gateway.calls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tandemgw.gateway.dialect.csta.CstaDocument;
import org.tandemgw.gateway.dialect.csta.CstaXmlException;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/**
 * What a CSTA event says about a call or an agent. It remembers nothing. A frame that says nothing about either, or is none, gives none. Belongs to the thread of the one who
 * reads.
 *
 * <p>A call is a {@code callID}, and its legs are its connections at monitored devices: each is called {@code callID/device} and told of by its own monitor alone, so that what the
 * monitors of other devices say of the same moment counts once, and no leg is left of a device that nobody would tell of again. What a leg does is what {@code localConnectionInfo} says, or, where that
 * is not there, what the event is about. At a transfer or a conference calls change their ids, and legs with them. An agent is his {@code agentDevice}.
 */
public final class CstaCallDecoder implements CallDecoder {
    private static final Set<String> LEAVES = Set.of("ConnectionCleared", "Diverted");
    /** Why a call leaves a queue of which nobody is going to answer it: the words of ECMA-269. */
    private static final Set<String> ELSEWHERE =
            Set.of("overflow", "noAvailableAgents", "queueCleared", "callForward", "callForwardImmediate");

    private final CallEvent event = new CallEvent();
    private final Consumer<CallEvent> out;
    /** What is monitored, as the site writes it, by its number; empty: not known. */
    private final Map<String, String> devices = new HashMap<>();

    private long sequence;
    private long arrivedNs;
    private CstaDocument document;
    private String monitored;

    /**
     * A decoder.
     *
     * @param out gets each event; it is only valid during the call
     * @param devices what is monitored; empty: not known
     */
    public CstaCallDecoder(Consumer<CallEvent> out, List<String> devices) {
        this.out = out;
        devices.forEach(device -> this.devices.putIfAbsent(number(device), device));
    }

    @Override
    public void decode(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        this.sequence = sequence;
        this.arrivedNs = arrivedNs;
        try {
            document = CstaDocument.ofFrame(buffer, offset, length);
        } catch (CstaXmlException e) {
            return;
        }
        if (!document.name().endsWith("Event")) {
            return;
        }
        monitored = document.text("monitorCrossRefID");
        if (!devices.isEmpty() && !devices.containsKey(number(monitored))) {
            return; // a reference that is none of our monitors': nobody would tell of the end of such a leg
        }
        final String name = document.name().substring(0, document.name().length() - "Event".length());
        switch (name) {
            case "AgentLoggedOn" -> agent(CallEventKind.AGENT_LOGGED_ON);
            case "AgentLoggedOff" -> agent(CallEventKind.AGENT_LOGGED_OFF);
            case "AgentReady" -> agent(CallEventKind.AGENT_READY);
            case "AgentNotReady" -> agent(CallEventKind.AGENT_NOT_READY);
            case "AgentWorkingAfterCall" -> agent(CallEventKind.AGENT_AFTER_CALL_WORK);
            case "AgentBusy" -> {} // who talks is what the calls say
            case "CallCleared" -> cleared();
            case "Transfered", "Transferred" -> joined(true);
            case "Conferenced" -> joined(false);
            default -> ofACall(name);
        }
    }

    // --- one connection ---

    private void ofACall(String name) {
        final CstaDocument subject = subject();
        final String call = subject == null ? "" : subject.text("callID");
        if (call.isEmpty() || monitored.isEmpty()) {
            return;
        }
        final boolean own = same(subject.text("deviceID"), monitored);
        final CallEventKind kind = kind(name, own, document.text("localConnectionInfo"));
        final boolean diverted = name.equals("Diverted") && kind == CallEventKind.CLEARED;
        final CallEventKind does = diverted ? leaving(party("newDestination")) : kind;
        begin(does, call, monitored);
        if (kind == CallEventKind.QUEUED) {
            event.text(CallText.QUEUE, monitored);
        }
        event.distributed(
                own && name.equals("Established") || does == CallEventKind.DIVERTED && !ELSEWHERE.contains(cause()));
        if (own && (name.equals("Established") || name.equals("Delivered") && cause().equals("distributed"))) {
            event.text(CallText.AGENT, monitored);
        }
        if (kind == CallEventKind.CLEARED || kind == CallEventKind.FAILED) {
            text(CallText.CAUSE, cause());
        }
        text(CallText.CALLING, party("callingDevice"));
        text(CallText.CALLED, party("calledDevice"));
        text(CallText.TRUNK, party("associatedCallingDevice"));
        if (name.equals("NetworkReached")) {
            text(CallText.TRUNK, party("networkInterfaceUsed"));
        }
        out.accept(event);
    }

    /** What happened to the leg of the monitored device. */
    private static CallEventKind kind(String name, boolean own, String local) {
        if (own) {
            switch (name) {
                case "Held" -> {
                    return CallEventKind.HELD;
                }
                case "Retrieved" -> {
                    return CallEventKind.RETRIEVED;
                }
                case "Failed" -> {
                    return CallEventKind.FAILED;
                }
                case "Offered" -> {
                    return CallEventKind.OFFERED;
                }
                default -> {
                    if (LEAVES.contains(name)) {
                        return CallEventKind.CLEARED;
                    }
                }
            }
        }
        final CallEventKind told = state(local);
        if (told != null) {
            return told;
        }
        if (!own) {
            return CallEventKind.CHANGED;
        }
        return switch (name) {
            case "ServiceInitiated" -> CallEventKind.BORN;
            case "Originated", "NetworkReached" -> CallEventKind.OFFERED;
            case "Delivered" -> CallEventKind.RINGING;
            case "Established" -> CallEventKind.CONNECTED;
            case "Queued" -> CallEventKind.QUEUED;
            default -> CallEventKind.CHANGED;
        };
    }

    /** What a connection in this state does; null if that is no state. */
    private static CallEventKind state(String word) {
        return switch (word) {
            case "initiated" -> CallEventKind.BORN;
            case "alerting" -> CallEventKind.RINGING;
            case "connected" -> CallEventKind.CONNECTED;
            case "hold" -> CallEventKind.HELD;
            case "queued" -> CallEventKind.QUEUED;
            case "fail" -> CallEventKind.FAILED;
            case "null" -> CallEventKind.CLEARED;
            default -> null;
        };
    }

    /** A call that goes where nobody looks is over, as far as anybody can know. */
    private CallEventKind leaving(String destination) {
        return devices.isEmpty() || devices.containsKey(number(destination))
                ? CallEventKind.DIVERTED
                : CallEventKind.CLEARED;
    }

    private void cleared() {
        final CstaDocument subject = subject();
        if (subject != null && !subject.text("callID").isEmpty()) {
            event.begin(CallEventKind.CLEARED, sequence, arrivedNs).text(CallText.CALL, subject.text("callID"));
            text(CallText.CAUSE, cause());
            out.accept(event);
        }
    }

    // --- two calls that become one ---

    private void joined(boolean transfer) {
        final String primary = document.text("primaryOldCall", "callID");
        final String secondary = document.text("secondaryOldCall", "callID");
        if (primary.isEmpty() || monitored.isEmpty()) {
            return;
        }
        final String joined = joinedId(primary);
        final String local = document.text("localConnectionInfo");
        final String by = party(transfer ? "transferringDevice" : "conferencingDevice");
        final boolean own = same(by, monitored) || same(document.text("primaryOldCall", "deviceID"), monitored);
        if (transfer && (local.equals("null") || local.isEmpty() && own)) {
            follow(joined, primary, false);
            follow(joined, secondary, false);
            segment(CallEventKind.TRANSFERRED, joined, party("transferredToDevice"));
            leave(primary);
            leave(secondary);
            return;
        }
        follow(joined, primary, true);
        follow(joined, secondary, true);
        final CallEventKind kind = state(local);
        begin(kind == null ? CallEventKind.CONNECTED : kind, joined, monitored);
        if (kind == CallEventKind.QUEUED) {
            event.text(CallText.QUEUE, monitored);
        }
        out.accept(event);
        if (!transfer && own) {
            segment(CallEventKind.CONFERENCED, joined, "");
        }
    }

    /** How the call is called from now on. */
    private String joinedId(String primary) {
        final CstaDocument connection = document.find("newConnection");
        final String id = connection == null ? "" : connection.text("callID");
        return id.isEmpty() ? primary : id;
    }

    private void follow(String joined, String old, boolean leg) {
        if (!old.isEmpty() && !old.equals(joined)) {
            event.begin(CallEventKind.CHANGED, sequence, arrivedNs)
                    .text(CallText.CALL, joined)
                    .text(CallText.FORMER_CALL, old);
            if (leg) {
                event.text(CallText.LEG, joined + '/' + monitored).text(CallText.FORMER_LEG, old + '/' + monitored);
            }
            out.accept(event);
        }
    }

    private void segment(CallEventKind kind, String call, String called) {
        event.begin(kind, sequence, arrivedNs).text(CallText.CALL, call);
        text(CallText.CALLED, called);
        out.accept(event);
    }

    /** The leg of who has transferred. */
    private void leave(String old) {
        if (!old.isEmpty()) {
            event.begin(leaving(party("transferredToDevice")), sequence, arrivedNs)
                    .text(CallText.LEG, old + '/' + monitored);
            out.accept(event);
        }
    }

    // --- agents ---

    private void agent(CallEventKind kind) {
        final String device = party("agentDevice");
        final String agent = device.isEmpty() ? document.text("agentID") : device;
        if (!agent.isEmpty()) {
            event.begin(kind, sequence, arrivedNs).text(CallText.AGENT, agent);
            text(CallText.QUEUE, party("acdGroup"));
            if (kind == CallEventKind.AGENT_NOT_READY) {
                text(CallText.CAUSE, cause());
            }
            out.accept(event);
        }
    }

    // --- what the ACD lists ---

    @Override
    public void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        this.sequence = sequence;
        this.arrivedNs = arrivedNs;
        int at = offset;
        while (at < offset + length && buffer[at] != 0) {
            at++;
        }
        if (at == offset + length) {
            return;
        }
        monitored = new String(buffer, offset, at - offset, java.nio.charset.StandardCharsets.UTF_8);
        try {
            document = CstaDocument.read(buffer, at + 1, offset + length - at - 1);
        } catch (CstaXmlException e) {
            return;
        }
        infos(document, new ArrayList<>()).forEach(this::listed);
    }

    private static List<CstaDocument> infos(CstaDocument in, List<CstaDocument> found) {
        for (final CstaDocument child : in.children()) {
            if (child.child("connectionIdentifier") != null || child.child("callIdentifier") != null) {
                found.add(child);
            } else {
                infos(child, found);
            }
        }
        return found;
    }

    private void listed(CstaDocument info) {
        final CstaDocument atDevice = info.child("connectionIdentifier");
        final String call = (atDevice == null ? info.child("callIdentifier") : atDevice).text("callID");
        final String device = atDevice == null ? known(info.text("callIdentifier", "deviceID")) : monitored;
        final CallEventKind kind = listedState(info);
        if (call.isEmpty() || device.isEmpty() || kind == CallEventKind.CLEARED) {
            return;
        }
        begin(kind, call, device);
        event.listed(true);
        if (kind == CallEventKind.QUEUED) {
            event.text(CallText.QUEUE, device);
        }
        out.accept(event);
    }

    /** The device of ours that has this number, as the site writes it; empty if there is none. */
    private String known(String device) {
        return devices.getOrDefault(number(device), "");
    }

    private static CallEventKind listedState(CstaDocument info) {
        final CstaDocument told = info.find("localConnectionState");
        final CallEventKind kind = told == null ? null : state(told.text());
        if (kind == CallEventKind.CONNECTED) {
            return CallEventKind.RETRIEVED; // such a list tells apart who is held
        }
        if (kind != null) {
            return kind;
        }
        final CstaDocument detailed = info.find("simpleCallDetailedState");
        final CstaDocument simple = detailed == null ? info.find("simpleCallState") : detailed;
        return switch (simple == null ? "" : simple.text()) {
            case "callReceived", "callReceivedOnHold" -> CallEventKind.RINGING;
            case "callOriginated", "callDelivered", "callEstablished", "callEstablishedOnHold" ->
                CallEventKind.RETRIEVED;
            case "callDeliveredHeld", "callEstablishedHeld", "callOriginatedHeld", "callQueuedHeld" ->
                CallEventKind.HELD;
            case "callQueued" -> CallEventKind.QUEUED;
            case "callFailed", "callFailedHeld" -> CallEventKind.FAILED;
            case "callNull" -> CallEventKind.CLEARED;
            default -> CallEventKind.BORN; // it is there, and what was known of it still holds
        };
    }

    // --- words ---

    /** The connection that the event is about: the first one in it. */
    private CstaDocument subject() {
        for (final CstaDocument child : document.children()) {
            if (child.child("callID") != null) {
                return child;
            }
        }
        return null;
    }

    private String cause() {
        return document.text("cause");
    }

    /** Who is meant, as the ACD writes it; empty if that is not known or not told. */
    private String party(String name) {
        final CstaDocument party = document.child(name);
        if (party == null) {
            return "";
        }
        final CstaDocument device = party.find("deviceIdentifier");
        if (device != null) {
            return device.text();
        }
        final CstaDocument dialled = party.find("numberDialed");
        return dialled == null ? party.text() : dialled.text();
    }

    private void begin(CallEventKind kind, String call, String device) {
        event.begin(kind, sequence, arrivedNs)
                .text(CallText.CALL, call)
                .text(CallText.LEG, call + '/' + device)
                .text(CallText.PARTY, device);
    }

    private void text(CallText field, String text) {
        if (!text.isEmpty()) {
            event.text(field, text);
        }
    }

    private static boolean same(String device, String other) {
        return !device.isEmpty() && (device.equals(other) || number(device).equals(number(other)));
    }

    /** The number in what an ACD may write around it: {@code N<2001>Smith}, {@code tel:2001}, {@code sip:2001@pbx;user=phone}. */
    private static String number(String device) {
        final int open = device.indexOf('<');
        final int close = device.indexOf('>', open + 1);
        String number = open >= 0 && close > open ? device.substring(open + 1, close) : device;
        final int scheme = number.indexOf(':');
        number = scheme > 0 ? number.substring(scheme + 1) : number;
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) == '@' || number.charAt(i) == ';') {
                return number.substring(0, i);
            }
        }
        return number;
    }
}
