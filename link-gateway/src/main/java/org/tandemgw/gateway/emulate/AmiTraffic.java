package org.tandemgw.gateway.emulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tandemgw.gateway.emulate.AmiFact.Does;

/**
 * A day in a contact centre as an Asterisk tells it: callers arrive over a trunk, wait in queues, ring at agents who answer or do not, talk, are held,
 * transferred blindly or after a consultation, joined by a third party, and hang up; agents log in, rest and go. Equal seeds give equal messages. Any thread.
 */
public final class AmiTraffic implements FrameSource {
    private static final List<String> QUEUES = List.of("sales", "support", "billing");
    private static final int AGENTS = 30;
    private static final int WAITING_AT_MOST = 50;
    private static final int ARRIVAL_MEAN_MS = 4_000;
    private static final int TALK_MEAN_MS = 90_000;
    private static final int NORMAL = 16;
    private static final int NO_ANSWER = 19;

    private final Random random;
    private final Agenda agenda;
    private final AmiWorld world;
    private final List<AmiMember> members = new ArrayList<>();
    private final ArrayDeque<AmiMember> idle = new ArrayDeque<>();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();

    /** Traffic that depends on {@code seed} and settings alone. */
    public AmiTraffic(long seed, AmiSettings settings) {
        random = new Random(seed);
        agenda = new Agenda(AmiWorld.first().toEpochMilli(), random);
        world = new AmiWorld(settings, QUEUES);
        for (int i = 0; i < AGENTS; i++) {
            final AmiMember member = new AmiMember(4001 + i, QUEUES.get(i % QUEUES.size()));
            members.add(member);
            world.add(member);
            agenda.at(random.nextInt(20_000), () -> logIn(member));
        }
        agenda.at(agenda.exponential(ARRIVAL_MEAN_MS), this::arrive);
        agenda.at(10_000, this::register);
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
    public synchronized List<String> standing(String action) {
        return world.list(action);
    }

    private void at(long inMs, Runnable action) {
        agenda.at(inMs, () -> {
            world.now(agenda.nowMs());
            action.run();
        });
    }

    private void logIn(AmiMember member) {
        world.now(agenda.nowMs());
        member.loggedIn = true;
        member.loginS = world.nowS();
        world.say(
                member.describe(world.event("QueueMemberAdded", "agent"), "MemberName", "Interface"),
                AmiFact.of(member));
        free(member);
    }

    private void arrive() {
        world.now(agenda.nowMs());
        final AmiChannel caller = world.channel("trunk" + (1 + random.nextInt(4)), null);
        caller.callerNumber = "+4930" + (1_000_000 + random.nextInt(9_000_000));
        caller.context = "from-trunk";
        caller.exten = "800" + random.nextInt(10);
        world.born(caller);
        world.state(caller, AmiChannel.State.RING);
        if (waiting.size() < WAITING_AT_MOST) {
            world.state(caller, AmiChannel.State.UP);
            enqueue(new Call(caller, QUEUES.get(random.nextInt(QUEUES.size()))));
        } else {
            world.hangUp(caller, 17, "User busy");
        }
        at(agenda.exponential(ARRIVAL_MEAN_MS), this::arrive);
    }

    private void enqueue(Call call) {
        world.join(call.queue, call.caller);
        waiting.add(call);
        offer();
    }

    private void free(AmiMember member) {
        world.memberStatus(member, AmiMember.NOT_IN_USE);
        idle.add(member);
        offer();
    }

    private void offer() {
        if (waiting.isEmpty() || idle.isEmpty()) {
            return;
        }
        final Call call = waiting.remove();
        final AmiMember member = idle.remove();
        final AmiChannel leg = dial(call.caller, member);
        call.agentLeg = leg;
        world.say(
                world.event("AgentCalled", "agent")
                        .channel("", call.caller)
                        .channel("Dest", leg)
                        .add("Queue", call.queue)
                        .add("Interface", member.line())
                        .add("MemberName", member.name()),
                AmiFact.of(leg, Does.RINGS));
        world.say(world.event("DialBegin", "call")
                .channel("", call.caller)
                .channel("Dest", leg)
                .add("DialString", member.number));
        world.state(leg, AmiChannel.State.RINGING);
        world.memberStatus(member, AmiMember.RINGING);
        at(2_000 + random.nextInt(6_000), () -> rang(call, member));
    }

    private AmiChannel dial(AmiChannel from, AmiMember member) {
        final AmiChannel leg = world.channel(Integer.toString(member.number), from);
        leg.callerNumber = Integer.toString(member.number);
        leg.callerName = member.name();
        leg.connectedNumber = from.callerNumber;
        leg.application = "AppQueue";
        world.born(leg);
        return leg;
    }

    private void rang(Call call, AmiMember member) {
        switch (random.nextInt(20)) {
            case 0 -> abandon(call, member);
            case 1 -> noAnswer(call, member);
            default -> answer(call, member);
        }
    }

    private void abandon(Call call, AmiMember member) {
        world.say(
                world.event("QueueCallerAbandon", "agent")
                        .channel("", call.caller)
                        .add("Queue", call.queue)
                        .add("Position", world.place(call.queue, call.caller))
                        .add("OriginalPosition", 1)
                        .add("HoldTime", world.waitedS(call.caller)),
                AmiFact.of(call.caller, Does.IS_APART));
        world.leaveQueue(call.queue, call.caller);
        dialEnd(call, "CANCEL");
        world.hangUp(call.agentLeg, NORMAL, "Normal Clearing");
        world.hangUp(call.caller, NORMAL, "Normal Clearing");
        free(member);
    }

    private void noAnswer(Call call, AmiMember member) {
        dialEnd(call, "NOANSWER");
        world.say(
                world.event("AgentRingNoAnswer", "agent")
                        .channel("", call.caller)
                        .channel("Dest", call.agentLeg)
                        .add("Queue", call.queue)
                        .add("MemberName", member.name())
                        .add("Interface", member.line())
                        .add("RingTime", 8),
                AmiFact.of(call.agentLeg, Does.IS_APART));
        world.hangUp(call.agentLeg, NO_ANSWER, "User alerting, no answer");
        waiting.addFirst(call);
        free(member);
    }

    private void dialEnd(Call call, String status) {
        final AmiText text = world.event("DialEnd", "call")
                .channel("", call.caller)
                .channel("Dest", call.agentLeg)
                .add("DialStatus", status);
        if (status.equals("ANSWER")) {
            world.say(text); // who talks is told by what follows
        } else {
            world.say(text, AmiFact.of(call.agentLeg, Does.IS_APART));
        }
    }

    private void answer(Call call, AmiMember member) {
        final long waitedS = world.waitedS(call.caller);
        world.state(call.agentLeg, AmiChannel.State.UP);
        dialEnd(call, "ANSWER");
        world.leaveQueue(call.queue, call.caller);
        call.waitedS = waitedS;
        world.say(
                world.event("AgentConnect", "agent")
                        .channel("", call.caller)
                        .channel("Dest", call.agentLeg)
                        .add("Queue", call.queue)
                        .add("MemberName", member.name())
                        .add("Interface", member.line())
                        .add("RingTime", 4)
                        .add("HoldTime", waitedS),
                AmiFact.of(call.caller, Does.TALKS),
                AmiFact.of(call.agentLeg, Does.TALKS));
        final String bridge = world.bridge();
        world.enter(bridge, call.agentLeg);
        world.enter(bridge, call.caller);
        member.inCall = true;
        world.memberStatus(member, AmiMember.IN_USE);
        call.answeredS = world.nowS();
        at(agenda.exponential(TALK_MEAN_MS), () -> talked(call, member));
    }

    private void talked(Call call, AmiMember member) {
        switch (random.nextInt(12)) {
            case 0, 1 -> hold(call, member);
            case 2 -> transferBlind(call, member);
            case 3 -> consult(call, member);
            case 4 -> confer(call, member);
            default -> clear(call, member, random.nextBoolean() ? "caller" : "agent");
        }
    }

    private void hold(Call call, AmiMember member) {
        world.say(
                world.event("Hold", "call").channel("", call.agentLeg).add("MusicClass", "default"),
                AmiFact.of(call.agentLeg, Does.HOLDS));
        world.say(
                world.event("MusicOnHoldStart", "call").channel("", call.caller).add("Class", "default"));
        at(agenda.exponential(15_000), () -> {
            world.say(world.event("Unhold", "call").channel("", call.agentLeg), AmiFact.of(call.agentLeg, Does.TALKS));
            world.say(world.event("MusicOnHoldStop", "call").channel("", call.caller));
            at(agenda.exponential(TALK_MEAN_MS / 2), () -> talked(call, member));
        });
    }

    private void transferBlind(Call call, AmiMember member) {
        final String to = QUEUES.get(random.nextInt(QUEUES.size()));
        world.say(world.event("BlindTransfer", "call")
                .add("Result", "Success")
                .channel("Transferer", call.agentLeg)
                .channel("Transferee", call.caller)
                .bridge(call.caller.bridge, 2)
                .add("IsExternal", "No")
                .add("Context", "queues")
                .add("Extension", to));
        world.leave(call.agentLeg);
        world.leave(call.caller);
        complete(call, member, "transfer");
        world.hangUp(call.agentLeg, NORMAL, "Normal Clearing");
        call.queue = to;
        enqueue(call);
        wrapUp(member);
    }

    /** The agent holds the caller, asks a colleague, and puts the two together. */
    private void consult(Call call, AmiMember member) {
        final AmiMember colleague = idle.poll();
        if (colleague == null) {
            clear(call, member, "agent");
            return;
        }
        world.say(
                world.event("Hold", "call").channel("", call.agentLeg).add("MusicClass", "default"),
                AmiFact.of(call.agentLeg, Does.HOLDS));
        final AmiChannel asking = world.channel(Integer.toString(member.number), null);
        asking.callerNumber = Integer.toString(member.number);
        asking.callerName = member.name();
        asking.exten = Integer.toString(colleague.number);
        world.born(asking);
        final AmiChannel asked = dial(asking, colleague);
        world.say(world.event("DialBegin", "call")
                .channel("", asking)
                .channel("Dest", asked)
                .add("DialString", colleague.number));
        world.state(asked, AmiChannel.State.RINGING);
        at(3_000, () -> {
            world.state(asked, AmiChannel.State.UP);
            world.state(asking, AmiChannel.State.UP);
            world.say(world.event("DialEnd", "call")
                    .channel("", asking)
                    .channel("Dest", asked)
                    .add("DialStatus", "ANSWER"));
            final String second = world.bridge();
            world.enter(second, asked);
            world.enter(second, asking);
            world.memberStatus(colleague, AmiMember.IN_USE);
            at(10_000, () -> transferAttended(call, member, asking, asked, colleague));
        });
    }

    private void transferAttended(
            Call call, AmiMember member, AmiChannel asking, AmiChannel asked, AmiMember colleague) {
        world.say(world.event("AttendedTransfer", "call")
                .add("Result", "Success")
                .channel("OrigTransferer", call.agentLeg)
                .add("OrigBridgeUniqueid", call.caller.bridge)
                .channel("SecondTransferer", asking)
                .add("SecondBridgeUniqueid", asking.bridge)
                .channel("Transferee", call.caller)
                .channel("TransferTarget", asked)
                .add("IsExternal", "No")
                .add("DestType", "Bridge")
                .add("DestBridgeUniqueid", call.caller.bridge));
        final String bridge = call.caller.bridge;
        world.leave(asked);
        asked.linkedId = call.caller.linkedId;
        world.enter(bridge, asked);
        world.leave(call.agentLeg);
        world.leave(asking);
        complete(call, member, "transfer");
        world.hangUp(call.agentLeg, NORMAL, "Normal Clearing");
        world.hangUp(asking, NORMAL, "Normal Clearing");
        wrapUp(member);
        at(agenda.exponential(TALK_MEAN_MS / 2), () -> {
            world.leave(asked);
            world.leave(call.caller);
            world.hangUp(call.caller, NORMAL, "Normal Clearing");
            world.hangUp(asked, NORMAL, "Normal Clearing");
            wrapUp(colleague);
        });
    }

    /** A third party comes into the bridge for a while. */
    private void confer(Call call, AmiMember member) {
        final AmiChannel third = world.channel("trunk1", call.caller);
        third.callerNumber = "+4989" + (1_000_000 + random.nextInt(9_000_000));
        world.born(third);
        world.state(third, AmiChannel.State.UP);
        world.enter(call.caller.bridge, third);
        at(agenda.exponential(20_000), () -> {
            world.leave(third);
            world.hangUp(third, NORMAL, "Normal Clearing");
            at(agenda.exponential(TALK_MEAN_MS / 2), () -> talked(call, member));
        });
    }

    private void clear(Call call, AmiMember member, String reason) {
        complete(call, member, reason);
        world.leave(call.agentLeg);
        world.leave(call.caller);
        world.hangUp(call.caller, NORMAL, "Normal Clearing");
        world.hangUp(call.agentLeg, NORMAL, "Normal Clearing");
        wrapUp(member);
    }

    private void complete(Call call, AmiMember member, String reason) {
        member.callsTaken++;
        member.lastCallS = world.nowS();
        member.inCall = false;
        world.say(world.event("AgentComplete", "agent")
                .channel("", call.caller)
                .channel("Dest", call.agentLeg)
                .add("Queue", call.queue)
                .add("Interface", member.line())
                .add("MemberName", member.name())
                .add("HoldTime", call.waitedS)
                .add("TalkTime", world.nowS() - call.answeredS)
                .add("Reason", reason));
    }

    private void wrapUp(AmiMember member) {
        pause(member, true, "wrapup");
        at(agenda.exponential(20_000), () -> {
            pause(member, false, "");
            if (random.nextInt(30) == 0) {
                member.loggedIn = false;
                world.say(
                        member.describe(world.event("QueueMemberRemoved", "agent"), "MemberName", "Interface"),
                        AmiFact.of(member));
                at(agenda.exponential(300_000), () -> logIn(member));
            } else {
                free(member);
            }
        });
    }

    private void pause(AmiMember member, boolean on, String why) {
        member.paused = on;
        member.pausedReason = why;
        world.say(
                member.describe(world.event("QueueMemberPause", "agent"), "MemberName", "Interface"),
                AmiFact.of(member));
    }

    /** What repeats itself: telephones register again and again. */
    private void register() {
        world.now(agenda.nowMs());
        for (int i = 0; i < 3; i++) {
            final int number = 4001 + random.nextInt(AGENTS);
            world.say(world.event("ContactStatus", "system")
                    .add("URI", "sip:" + number + "@192.0.2." + number % 250)
                    .add("ContactStatus", "Reachable")
                    .add("AOR", number)
                    .add("EndpointName", number)
                    .add("RoundtripUsec", 1000));
        }
        at(10_000, this::register);
    }

    private static final class Call {
        private final AmiChannel caller;
        private String queue;
        private AmiChannel agentLeg;
        private long waitedS;
        private long answeredS;

        Call(AmiChannel caller, String queue) {
            this.caller = caller;
            this.queue = queue;
        }
    }
}
