package org.tandemgw.gateway.emulate;

import static org.tandemgw.gateway.emulate.CstaWords.connection;
import static org.tandemgw.gateway.emulate.CstaWords.element;
import static org.tandemgw.gateway.emulate.CstaWords.local;
import static org.tandemgw.gateway.emulate.CstaWords.moved;
import static org.tandemgw.gateway.emulate.CstaWords.parties;
import static org.tandemgw.gateway.emulate.CstaWords.party;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tandemgw.gateway.emulate.AmiFact.Does;

/**
 * A day in a contact centre as a switching function tells it in CSTA: each monitored device tells of its own connections, calls come into queues, are distributed, answered or not, held, transferred in one step or
 * after a consultation, joined to conferences, and change their ids on the way; agents log on, work, rest and go. A monitor's reference is the device itself here: each association has its own in
 * its place. Equal seeds give equal messages. Any thread.
 */
public final class CstaTraffic implements FrameSource {
    private static final List<String> QUEUES = List.of("8001", "8002", "8003");
    private static final int AGENTS = 30;
    private static final int FIRST_AGENT = 2001;
    private static final int WAITING_AT_MOST = 50;
    private static final int ARRIVAL_MEAN_MS = 4_000;
    private static final int TALK_MEAN_MS = 90_000;

    private final Random random;
    private final Agenda agenda;
    private final List<String> agents = new ArrayList<>();
    private final ArrayDeque<String> idle = new ArrayDeque<>();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final CstaWorld world = new CstaWorld();
    private int calls;

    private static final class Call {
        private String id;
        private String queue;
        private final String caller;
        private String agent;

        Call(String id, String queue, String caller) {
            this.id = id;
            this.queue = queue;
            this.caller = caller;
        }
    }

    /** Traffic that depends on {@code seed} alone. */
    public CstaTraffic(long seed) {
        random = new Random(seed);
        agenda = new Agenda(0, random);
        for (int i = 0; i < AGENTS; i++) {
            final String agent = Integer.toString(FIRST_AGENT + i);
            agents.add(agent);
            agenda.at(random.nextInt(20_000), () -> logOn(agent));
        }
        agenda.at(agenda.exponential(ARRIVAL_MEAN_MS), this::arrive);
        agenda.at(10_000, this::restore);
    }

    /** What can be monitored: queues and agents' telephones. */
    public static List<String> devices() {
        final List<String> devices = new ArrayList<>(QUEUES);
        for (int i = 0; i < AGENTS; i++) {
            devices.add(Integer.toString(FIRST_AGENT + i));
        }
        return devices;
    }

    @Override
    public synchronized byte[] next() {
        byte[] message = world.take();
        while (message == null) {
            agenda.next();
            message = world.take();
        }
        return message;
    }

    /** What the message that {@link #next} gave last tells. */
    public synchronized List<AmiFact> told() {
        return world.taken();
    }

    /** Whether everything that has happened was said. */
    public synchronized boolean isAllTold() {
        return world.isAllTold();
    }

    @Override
    public synchronized List<String> standing(String list) {
        if (list.equals("devices")) {
            return devices();
        }
        final String device = list.substring(list.indexOf(' ') + 1);
        if (!list.startsWith("SnapshotDevice ") || !devices().contains(device)) {
            return null;
        }
        return world.at(device);
    }

    // --- agents ---

    private String queueOf(String agent) {
        return QUEUES.get((Integer.parseInt(agent) - FIRST_AGENT) % QUEUES.size());
    }

    private void agent(String agent, String event, Does does) {
        world.say(
                event,
                agent,
                party("agentDevice", agent) + element("agentID", "A" + agent) + element("acdGroup", queueOf(agent)),
                new AmiFact(agent, "", queueOf(agent), does));
    }

    private void logOn(String agent) {
        agent(agent, "AgentLoggedOnEvent", Does.IS_READY);
        ready(agent);
    }

    private void ready(String agent) {
        agent(agent, "AgentReadyEvent", Does.IS_READY);
        idle.add(agent);
        distribute();
    }

    private void wrapUp(String agent) {
        agent(agent, "AgentWorkingAfterCallEvent", Does.WORKS_AFTER_A_CALL);
        agenda.at(agenda.exponential(20_000), () -> {
            if (random.nextInt(30) == 0) {
                agent(agent, "AgentLoggedOffEvent", Does.IS_GONE);
                agenda.at(agenda.exponential(300_000), () -> logOn(agent));
            } else {
                ready(agent);
            }
        });
    }

    // --- calls ---

    private String newCall() {
        return "C" + ++calls;
    }

    private void arrive() {
        if (waiting.size() < WAITING_AT_MOST) {
            final Call call = new Call(
                    newCall(),
                    QUEUES.get(random.nextInt(QUEUES.size())),
                    "+4930" + (1_000_000 + random.nextInt(9_000_000)));
            enqueue(call, "enteringDistribution");
        }
        agenda.at(agenda.exponential(ARRIVAL_MEAN_MS), this::arrive);
    }

    private void enqueue(Call call, String cause) {
        waiting.add(call);
        queued(call, cause);
        if (random.nextInt(20) == 0) {
            agenda.at(agenda.exponential(20_000), () -> giveUp(call));
        }
        distribute();
    }

    private void queued(Call call, String cause) {
        world.say(
                "QueuedEvent",
                call.queue,
                connection("queuedConnection", call.id, call.queue)
                        + party("queue", call.queue)
                        + parties(call.id, call.caller, call.queue)
                        + element("numberQueued", Integer.toString(waiting.size()))
                        + local("queued")
                        + element("cause", cause),
                world.is(call.id, call.queue, "queued"));
    }

    private void giveUp(Call call) {
        if (waiting.remove(call)) {
            world.clearedAt(call.id, call.queue, "callCancelled");
        }
    }

    private void distribute() {
        if (waiting.isEmpty() || idle.isEmpty()) {
            return;
        }
        final Call call = waiting.remove();
        call.agent = idle.remove();
        world.say(
                "DivertedEvent",
                call.queue,
                connection("connection", call.id, call.queue)
                        + party("divertingDevice", call.queue)
                        + party("newDestination", call.agent)
                        + local("null")
                        + element("cause", "distributed"),
                world.is(call.id, call.queue, "null"));
        world.delivered(
                call.id, call.agent, call.agent, "alerting", parties(call.id, call.caller, call.queue), "distributed");
        agenda.at(2_000 + random.nextInt(6_000), () -> rang(call));
    }

    private void rang(Call call) {
        switch (random.nextInt(20)) {
            case 0 -> {
                world.clearedAt(call.id, call.agent, "callCancelled");
                ready(call.agent);
            }
            case 1 -> {
                world.say(
                        "DivertedEvent",
                        call.agent,
                        connection("connection", call.id, call.agent)
                                + party("divertingDevice", call.agent)
                                + party("newDestination", call.queue)
                                + local("null")
                                + element("cause", "alertTimeExpired"),
                        world.is(call.id, call.agent, "null"));
                final String agent = call.agent;
                waiting.addFirst(call);
                queued(call, "redirected");
                agenda.at(5_000, () -> ready(agent));
            }
            default -> {
                world.established(call.id, call.agent, call.agent, parties(call.id, call.caller, call.queue));
                agent(call.agent, "AgentBusyEvent");
                agenda.at(agenda.exponential(TALK_MEAN_MS), () -> talked(call));
            }
        }
    }

    /** Says nothing that is known of an agent otherwise. */
    private void agent(String agent, String event) {
        world.say(event, agent, party("agentDevice", agent) + element("agentID", "A" + agent));
    }

    private void talked(Call call) {
        switch (random.nextInt(12)) {
            case 0, 1 -> hold(call);
            case 2 -> transferInOneStep(call);
            case 3, 4 -> consult(call);
            case 5 -> lookUp(call);
            default -> clear(call);
        }
    }

    private void clear(Call call) {
        if (random.nextBoolean()) {
            // The caller went first: his trunk's connection is told of, and is no leg of a monitored device.
            world.say(
                    "ConnectionClearedEvent",
                    call.agent,
                    connection("droppedConnection", call.id, "T" + call.id)
                            + party("releasingDevice", call.caller)
                            + local("connected")
                            + element("cause", "normalClearing"),
                    world.is(call.id, call.agent, "connected"));
        }
        world.clearedAt(call.id, call.agent, "normalClearing");
        wrapUp(call.agent);
    }

    private void hold(Call call) {
        world.held(call.id, call.agent);
        agenda.at(agenda.exponential(15_000), () -> {
            world.retrieved(call.id, call.agent);
            agenda.at(agenda.exponential(TALK_MEAN_MS / 2), () -> talked(call));
        });
    }

    /** Sometimes a second call comes to nothing. */
    private void lookUp(Call call) {
        world.held(call.id, call.agent);
        final String second = newCall();
        world.begin(second, call.agent, "2999");
        world.say(
                "FailedEvent",
                call.agent,
                connection("failedConnection", second, call.agent)
                        + party("failingDevice", "2999")
                        + party("callingDevice", call.agent)
                        + party("calledDevice", "2999")
                        + local("fail")
                        + element("cause", "busy"),
                world.is(second, call.agent, "fail"));
        agenda.at(3_000, () -> {
            world.clearedAt(second, call.agent, "callCancelled");
            world.retrieved(call.id, call.agent);
            agenda.at(agenda.exponential(TALK_MEAN_MS / 2), () -> talked(call));
        });
    }

    private void transferInOneStep(Call call) {
        final String agent = call.agent;
        final String old = call.id;
        final String joined = random.nextBoolean() ? old : newCall();
        call.queue = QUEUES.get(random.nextInt(QUEUES.size()));
        world.say(
                "TransferedEvent",
                agent,
                connection("primaryOldCall", old, agent) + party("transferringDevice", agent)
                        + party("transferredToDevice", call.queue)
                        + "<transferredConnections>" + moved(joined, "T" + joined, old, "T" + old)
                        + "</transferredConnections>" + local("null") + element("cause", "singleStepTransfer"),
                world.is(old, agent, "null"));
        call.id = joined;
        call.agent = null;
        enqueue(call, "redirected");
        wrapUp(agent);
    }

    /** Two agents, two calls: they become one of either id, or of a new one. */
    private void consult(Call call) {
        final String colleague = idle.poll();
        if (colleague == null) {
            clear(call);
            return;
        }
        final String agent = call.agent;
        world.held(call.id, agent);
        final String second = newCall();
        final String parties = party("callingDevice", agent) + party("calledDevice", colleague);
        world.begin(second, agent, colleague);
        world.delivered(second, colleague, colleague, "alerting", parties, "newCall");
        world.delivered(second, agent, colleague, "connected", parties, "newCall");
        agenda.at(3_000, () -> {
            world.established(second, colleague, colleague, parties);
            world.established(second, agent, colleague, parties);
            agenda.at(10_000, () -> {
                if (random.nextBoolean()) {
                    transfer(call, second, colleague);
                } else {
                    confer(call, second, colleague);
                }
            });
        });
    }

    private String joinedId(Call call, String second) {
        return switch (random.nextInt(3)) {
            case 0 -> call.id;
            case 1 -> second;
            default -> newCall();
        };
    }

    private void transfer(Call call, String second, String colleague) {
        final String agent = call.agent;
        final String old = call.id;
        final String joined = joinedId(call, second);
        final String what = connection("primaryOldCall", old, agent) + connection("secondaryOldCall", second, agent)
                + party("transferringDevice", agent) + party("transferredToDevice", colleague)
                + "<transferredConnections>" + moved(joined, "T" + joined, old, "T" + old)
                + moved(joined, colleague, second, colleague) + "</transferredConnections>";
        final List<String> order = random.nextBoolean() ? List.of(agent, colleague) : List.of(colleague, agent);
        for (final String at : order) {
            if (at.equals(agent)) {
                world.say(
                        "TransferedEvent",
                        agent,
                        what + local("null") + element("cause", "transfer"),
                        world.is(old, agent, "null"),
                        world.is(second, agent, "null"));
            } else {
                world.say(
                        random.nextBoolean() ? "TransferedEvent" : "TransferredEvent",
                        colleague,
                        what + local("connected") + element("cause", "transfer"),
                        world.becomes(second, joined, colleague));
            }
        }
        call.id = joined;
        call.agent = colleague;
        wrapUp(agent);
        agenda.at(agenda.exponential(TALK_MEAN_MS / 2), () -> clear(call));
    }

    private void confer(Call call, String second, String colleague) {
        final String agent = call.agent;
        final String old = call.id;
        final String joined = joinedId(call, second);
        final String what = connection("primaryOldCall", old, agent) + connection("secondaryOldCall", second, agent)
                + party("conferencingDevice", agent) + party("addedParty", colleague) + "<conferenceConnections>"
                + moved(joined, agent, old, agent) + moved(joined, "T" + joined, old, "T" + old)
                + moved(joined, colleague, second, colleague) + "</conferenceConnections>" + local("connected")
                + element("cause", "conference");
        final List<AmiFact> own = new ArrayList<>();
        own.add(joined.equals(old) ? world.is(old, agent, "connected") : world.is(old, agent, "null"));
        own.add(joined.equals(second) ? world.is(second, agent, "connected") : world.is(second, agent, "null"));
        own.add(world.is(joined, agent, "connected"));
        world.say("ConferencedEvent", agent, what, own.toArray(AmiFact[]::new));
        world.say("ConferencedEvent", colleague, what, world.becomes(second, joined, colleague));
        call.id = joined;
        agenda.at(agenda.exponential(20_000), () -> {
            world.clearedAt(joined, colleague, "normalClearing");
            world.say(
                    "ConnectionClearedEvent",
                    agent,
                    connection("droppedConnection", joined, colleague)
                            + party("releasingDevice", colleague)
                            + local("connected")
                            + element("cause", "normalClearing"),
                    world.is(joined, agent, "connected"));
            wrapUp(colleague);
            agenda.at(agenda.exponential(TALK_MEAN_MS / 2), () -> talked(call));
        });
    }

    /** What repeats itself, word for word: telephones come back into service again and again. */
    private void restore() {
        for (int i = 0; i < 3; i++) {
            final String device = agents.get(random.nextInt(AGENTS));
            world.say("BackInServiceEvent", device, party("device", device));
        }
        agenda.at(10_000, this::restore);
    }
}
