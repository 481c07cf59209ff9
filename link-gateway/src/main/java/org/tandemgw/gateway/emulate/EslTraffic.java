package org.tandemgw.gateway.emulate;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.tandemgw.gateway.emulate.AmiFact.Does;

/**
 * A day in a contact centre as a FreeSWITCH with mod_callcenter tells it: callers come in, wait in queues, ring at agents who answer or do not, talk, are held,
 * transferred blindly or after a consultation, meet in a conference, and hang up; agents log in, rest and go. Equal seeds give equal messages. Any thread.
 */
public final class EslTraffic implements FrameSource {
    private static final List<String> QUEUES =
            List.of("sales@pbx.example.org", "support@pbx.example.org", "billing@pbx.example.org");
    private static final int AGENTS = 30;
    private static final int WAITING_AT_MOST = 50;
    private static final int ARRIVAL_MEAN_MS = 4_000;
    private static final int TALK_MEAN_MS = 90_000;
    private static final String NORMAL = "NORMAL_CLEARING";

    private final Random random;
    private final Agenda agenda;
    private final EslWorld world;
    private final ArrayDeque<EslAgent> idle = new ArrayDeque<>();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private int conferences;

    /** Traffic that depends on {@code seed} alone. */
    public EslTraffic(long seed) {
        random = new Random(seed);
        agenda = new Agenda(AmiWorld.first().toEpochMilli(), random);
        world = new EslWorld(random);
        for (int i = 0; i < AGENTS; i++) {
            final EslAgent agent = new EslAgent(1001 + i, QUEUES.get(i % QUEUES.size()));
            world.add(agent);
            at(random.nextInt(20_000), () -> logIn(agent));
        }
        at(agenda.exponential(ARRIVAL_MEAN_MS), this::arrive);
        at(20_000, this::beat);
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

    /** Whether everything that has happened was said: only then do the lists agree with what was said. */
    public synchronized boolean isAllTold() {
        return world.isAllTold();
    }

    @Override
    public synchronized List<String> standing(String list) {
        return world.list(list);
    }

    private void at(long inMs, Runnable action) {
        agenda.at(inMs, () -> {
            world.now(agenda.nowMs());
            action.run();
        });
    }

    private void logIn(EslAgent agent) {
        world.status(agent, random.nextInt(5) == 0 ? "Available (On Demand)" : "Available");
        free(agent);
    }

    private void arrive() {
        final EslChannel caller =
                world.channel(false, "+4930" + (1_000_000 + random.nextInt(9_000_000)), "800" + random.nextInt(10));
        world.create(caller);
        if (waiting.size() < WAITING_AT_MOST) {
            world.answer(caller);
            enqueue(new Call(caller, QUEUES.get(random.nextInt(QUEUES.size()))));
        } else {
            world.hangUp(caller, "USER_BUSY");
        }
        at(agenda.exponential(ARRIVAL_MEAN_MS), this::arrive);
    }

    private void enqueue(Call call) {
        world.join(call.queue, call.caller);
        waiting.add(call);
        offer();
    }

    private void free(EslAgent agent) {
        idle.add(agent);
        offer();
    }

    private void offer() {
        if (waiting.isEmpty() || idle.isEmpty()) {
            return;
        }
        final Call call = waiting.remove();
        final EslAgent agent = idle.remove();
        world.offering(agent, call.caller);
        final EslChannel leg = world.channel(true, call.caller.caller, agent.extension);
        leg.variables.put("cc_side", "agent");
        leg.variables.put("cc_queue", call.queue);
        leg.variables.put("cc_agent", agent.name);
        leg.variables.put("cc_member_session_uuid", call.caller.uuid);
        leg.call = call.caller.uuid;
        call.leg = leg;
        world.create(leg);
        world.ring(leg);
        at(2_000 + random.nextInt(6_000), () -> rang(call, agent));
    }

    private void rang(Call call, EslAgent agent) {
        switch (random.nextInt(20)) {
            case 0 -> abandon(call, agent);
            case 1 -> noAnswer(call, agent);
            case 2 -> timeOut(call, agent);
            default -> answer(call, agent);
        }
    }

    private void abandon(Call call, EslAgent agent) {
        world.cancel(call.caller, true, "BREAK_OUT");
        world.hangUp(call.leg, "ORIGINATOR_CANCEL");
        world.hangUp(call.caller, "ORIGINATOR_CANCEL");
        world.failed(agent, call.caller, "ORIGINATOR_CANCEL");
        free(agent);
    }

    private void timeOut(Call call, EslAgent agent) {
        world.cancel(call.caller, false, "TIMEOUT");
        world.hangUp(call.leg, "ORIGINATOR_CANCEL");
        world.failed(agent, call.caller, "ORIGINATOR_CANCEL");
        free(agent);
        at(3_000, () -> world.hangUp(call.caller, NORMAL));
    }

    private void noAnswer(Call call, EslAgent agent) {
        world.hangUp(call.leg, "NO_ANSWER");
        world.failed(agent, call.caller, "NO_ANSWER");
        waiting.addFirst(call);
        free(agent);
    }

    private void answer(Call call, EslAgent agent) {
        world.answer(call.leg);
        world.connect(agent, call.caller, call.leg);
        at(agenda.exponential(TALK_MEAN_MS), () -> talked(call, agent));
    }

    private void talked(Call call, EslAgent agent) {
        switch (random.nextInt(12)) {
            case 0, 1 -> hold(call, agent);
            case 2 -> transferBlind(call, agent);
            case 3 -> consult(call, agent);
            case 4 -> meet(call, agent);
            default -> clear(call, agent);
        }
    }

    private void hold(Call call, EslAgent agent) {
        world.hold(call.leg, true);
        at(agenda.exponential(15_000), () -> {
            world.hold(call.leg, false);
            at(agenda.exponential(TALK_MEAN_MS / 2), () -> talked(call, agent));
        });
    }

    private void transferBlind(Call call, EslAgent agent) {
        final String from = call.queue;
        call.queue = QUEUES.get(random.nextInt(QUEUES.size()));
        call.caller.destination = "9" + QUEUES.indexOf(call.queue);
        call.caller.variables.put(
                "transfer_source",
                world.nowS() + ":" + world.uuid() + ":bl_xfer:" + call.caller.destination + "/default/XML");
        world.unbridge(call.caller, call.leg);
        world.hangUp(call.leg, "BLIND_TRANSFER");
        world.released(agent, call.caller, call.leg, from);
        enqueue(call);
        rest(agent);
    }

    /** The agent holds the caller, calls a colleague by himself, and has the two bridged. */
    private void consult(Call call, EslAgent agent) {
        final EslAgent colleague = idle.poll();
        if (colleague == null) {
            clear(call, agent);
            return;
        }
        world.hold(call.leg, true);
        final EslChannel asking = world.channel(false, agent.extension, colleague.extension);
        world.create(asking);
        final EslChannel asked = world.channel(true, agent.extension, colleague.extension);
        asked.callUuid = asking.uuid;
        asked.call = asking.uuid;
        world.create(asked);
        world.ring(asked);
        at(3_000, () -> {
            world.answer(asked);
            world.answer(asking);
            world.bridge(asking, asked);
            at(10_000, () -> transferAttended(call, agent, asking, asked, colleague));
        });
    }

    private void transferAttended(Call call, EslAgent agent, EslChannel asking, EslChannel asked, EslAgent colleague) {
        world.unbridge(asking, asked);
        world.unbridge(call.caller, call.leg);
        call.caller.variables.put("transfer_source", world.nowS() + ":" + world.uuid() + ":uuid_br:" + asked.uuid);
        world.bridge(call.caller, asked);
        world.hangUp(asking, "ATTENDED_TRANSFER");
        world.hangUp(call.leg, "ATTENDED_TRANSFER");
        world.released(agent, call.caller, call.leg, call.queue);
        rest(agent);
        at(agenda.exponential(TALK_MEAN_MS / 2), () -> {
            world.unbridge(call.caller, asked);
            world.hangUp(call.caller, NORMAL);
            world.hangUp(asked, NORMAL);
            rest(colleague);
        });
    }

    /** Somebody from outside comes into a conference room for a while; then the agent goes on. */
    private void meet(Call call, EslAgent agent) {
        final String room = "room-" + ++conferences;
        final EslChannel third = world.channel(false, "+4989" + (1_000_000 + random.nextInt(9_000_000)), "3000");
        world.create(third);
        world.answer(third);
        world.say(conference(room, "add-member", third), EslWorld.fact(third, Does.TALKS));
        at(agenda.exponential(20_000), () -> {
            world.say(conference(room, "del-member", third), EslWorld.fact(third, Does.IS_APART));
            world.hangUp(third, NORMAL);
            at(agenda.exponential(TALK_MEAN_MS / 2), () -> talked(call, agent));
        });
    }

    private EslText conference(String room, String action, EslChannel channel) {
        return world.custom("conference::maintenance")
                .add("Conference-Name", room)
                .add("Conference-Size", 2)
                .channel(channel)
                .add("Action", action);
    }

    private void clear(Call call, EslAgent agent) {
        world.unbridge(call.caller, call.leg);
        world.hangUp(call.caller, NORMAL);
        world.hangUp(call.leg, NORMAL);
        world.released(agent, call.caller, call.leg, call.queue);
        rest(agent);
    }

    private void rest(EslAgent agent) {
        switch (random.nextInt(12)) {
            case 0 -> {
                world.status(agent, "On Break");
                at(agenda.exponential(120_000), () -> logIn(agent));
            }
            case 1 -> {
                world.status(agent, "Logged Out");
                at(agenda.exponential(300_000), () -> logIn(agent));
            }
            default -> at(agenda.exponential(20_000), () -> free(agent));
        }
    }

    private void beat() {
        world.say(world.event("HEARTBEAT")
                .add("Event-Info", "System Ready")
                .add("Up-Time", "0 years, 0 days, 1 hour")
                .add("Session-Count", waiting.size()));
        at(20_000, this::beat);
    }

    private static final class Call {
        private final EslChannel caller;
        private String queue;
        private EslChannel leg;

        Call(EslChannel caller, String queue) {
            this.caller = caller;
            this.queue = queue;
        }
    }
}
