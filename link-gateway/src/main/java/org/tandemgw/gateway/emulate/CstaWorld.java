package org.tandemgw.gateway.emulate;

import static org.tandemgw.gateway.emulate.CstaWords.connection;
import static org.tandemgw.gateway.emulate.CstaWords.element;
import static org.tandemgw.gateway.emulate.CstaWords.local;
import static org.tandemgw.gateway.emulate.CstaWords.party;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.emulate.AmiFact.Does;

/** What a simulated switching function knows of its connections, and has to say. Guarded by the traffic's lock. */
final class CstaWorld {
    private final ArrayDeque<Said> toSay = new ArrayDeque<>();
    /** What each connection does: by call and device. */
    private final Map<String, String> connections = new LinkedHashMap<>();

    private List<AmiFact> taken = List.of();

    private record Said(byte[] message, List<AmiFact> facts) {}

    /** The next message; null if there is none yet. */
    byte[] take() {
        final Said said = toSay.poll();
        if (said == null) {
            return null;
        }
        taken = said.facts();
        return said.message();
    }

    /** What the message that was taken last tells. */
    List<AmiFact> taken() {
        return taken;
    }

    boolean isAllTold() {
        return toSay.isEmpty();
    }

    /** The connections at a device, as a snapshot has them. */
    List<String> at(String device) {
        final List<String> items = new ArrayList<>();
        connections.forEach((id, state) -> {
            if (id.endsWith("/" + device)) {
                items.add(CstaWords.listed(id.substring(0, id.indexOf('/')), device, state));
            }
        });
        return items;
    }

    /** Says it by the monitor of this device. */
    void say(String name, String device, String inside, AmiFact... facts) {
        final String text = CstaWords.DECLARATION + "<" + name + " xmlns=\"" + CstaWords.EDITION + "\">"
                + element("monitorCrossRefID", device) + inside + "</" + name + ">";
        toSay.add(new Said(text.getBytes(StandardCharsets.UTF_8), List.of(facts)));
    }

    /** What a connection does from now on. */
    AmiFact is(String call, String device, String state) {
        final String id = call + "/" + device;
        if (state.equals("null")) {
            connections.remove(id);
        } else {
            connections.put(id, state);
        }
        return fact(call, device, state);
    }

    private static AmiFact fact(String call, String device, String state) {
        final Does does =
                switch (state) {
                    case "queued" -> Does.WAITS;
                    case "alerting" -> Does.RINGS;
                    case "connected" -> Does.TALKS;
                    case "hold" -> Does.HOLDS;
                    case "null" -> Does.IS_GONE;
                    default -> Does.IS_APART;
                };
        return new AmiFact(call + "/" + device, call, does == Does.WAITS ? device : "", does);
    }

    /** A connection that talks has another id from now on. */
    AmiFact[] becomes(String old, String joined, String device) {
        if (old.equals(joined)) {
            return new AmiFact[] {is(old, device, "connected")};
        }
        return new AmiFact[] {is(old, device, "null"), is(joined, device, "connected")};
    }

    /** As the monitor of {@code at} tells that it rings at {@code device}. */
    void delivered(String call, String at, String device, String local, String parties, String cause) {
        say(
                "DeliveredEvent",
                at,
                connection("connection", call, device)
                        + party("alertingDevice", device)
                        + parties
                        + local(local)
                        + element("cause", cause),
                is(call, at, local));
    }

    void established(String call, String at, String device, String parties) {
        say(
                "EstablishedEvent",
                at,
                connection("establishedConnection", call, device)
                        + party("answeringDevice", device)
                        + parties
                        + local("connected")
                        + element("cause", "newCall"),
                is(call, at, "connected"));
    }

    void clearedAt(String call, String device, String cause) {
        say(
                "ConnectionClearedEvent",
                device,
                connection("droppedConnection", call, device)
                        + party("releasingDevice", device)
                        + local("null")
                        + element("cause", cause),
                is(call, device, "null"));
    }

    void held(String call, String agent) {
        say(
                "HeldEvent",
                agent,
                connection("heldConnection", call, agent)
                        + party("holdingDevice", agent)
                        + local("hold")
                        + element("cause", "normal"),
                is(call, agent, "hold"));
    }

    void retrieved(String call, String agent) {
        say(
                "RetrievedEvent",
                agent,
                connection("retrievedConnection", call, agent)
                        + party("retrievingDevice", agent)
                        + local("connected")
                        + element("cause", "normal"),
                is(call, agent, "connected"));
    }

    void begin(String call, String agent, String called) {
        say(
                "ServiceInitiatedEvent",
                agent,
                connection("initiatedConnection", call, agent)
                        + party("initiatingDevice", agent)
                        + local("initiated")
                        + element("cause", "makeCall"),
                is(call, agent, "initiated"));
        say(
                "OriginatedEvent",
                agent,
                connection("originatedConnection", call, agent)
                        + party("callingDevice", agent)
                        + party("calledDevice", called)
                        + local("connected")
                        + element("cause", "newCall"),
                is(call, agent, "connected"));
    }
}
