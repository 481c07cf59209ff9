package org.tandemgw.gateway.dialect.ami;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tandemgw.recovery.AgentState;
import org.tandemgw.recovery.AgentView;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.LegSummary;

/** How things stand, in an Asterisk's terms, read from the call table. On the table's thread, for the length of one question. */
final class AmiStanding {
    private static final long SECOND_NS = 1_000_000_000L;

    /**
     * One channel.
     *
     * @param other the party on the other side; empty if nobody
     * @param waitedS how long its call has waited in queues
     * @param answered whether somebody has talked on its call, or it waits in a queue
     */
    record Channel(
            String call,
            LegSummary leg,
            String other,
            String called,
            String queue,
            long startedNs,
            long waitedS,
            boolean answered) {
        /** Its name; where nobody told it, its id. */
        String name() {
            return leg.trunk().isEmpty() ? leg.id() : leg.trunk();
        }
    }

    /**
     * One agent in one queue.
     *
     * @param state of his line, in Asterisk's numbers
     */
    record Member(String name, String queue, int state, boolean paused, String reason) {}

    /** One queue. */
    static final class Queue {
        final List<Channel> waiting = new ArrayList<>();
        final List<Member> members = new ArrayList<>();
    }

    static final int NOT_IN_USE = 1;
    static final int IN_USE = 2;
    static final int UNAVAILABLE = 5;
    static final int RINGING = 6;
    private static final String INVALID = "4";

    private final CallTable table;
    private final long acdNs;

    AmiStanding(CallTable table, long acdNs) {
        this.table = table;
        this.acdNs = acdNs;
    }

    /** Each channel in turn; false ends it. */
    void channels(Predicate<Channel> each) {
        final boolean[] more = {true};
        table.calls(call -> {
            final List<LegSummary> legs = more[0] ? call.legList() : List.of();
            for (final LegSummary leg : legs) {
                more[0] = more[0] && each.test(channel(call, leg, legs));
            }
        });
    }

    private Channel channel(CallView call, LegSummary leg, List<LegSummary> legs) {
        final String other = legs.stream()
                .filter(each -> each != leg && !each.party().isEmpty())
                .map(LegSummary::party)
                .findFirst()
                .orElse("");
        return new Channel(
                call.id(),
                leg,
                other,
                call.called(),
                call.queue(),
                bornNs(leg.id(), call.startedNs()),
                Math.max(0, call.waitedNs(acdNs) / SECOND_NS),
                call.answeredNs() != 0 || !call.queue().isEmpty());
    }

    /** An id begins with the second in which the channel was made, after the system's name if it has one. */
    private static long bornNs(String id, long otherwiseNs) {
        final int point = id.lastIndexOf('.');
        final String second = point < 0 ? "" : id.substring(id.lastIndexOf('-', point) + 1, point);
        return second.matches("[0-9]{9,10}") ? Long.parseLong(second) * SECOND_NS : otherwiseNs;
    }

    long ageS(Channel channel) {
        return Math.max(0, (acdNs - channel.startedNs()) / SECOND_NS);
    }

    /** All queues that anybody waits or works in. */
    Map<String, Queue> queues() {
        final Map<String, Queue> queues = new LinkedHashMap<>();
        final Map<String, Integer> lines = lines();
        table.agents(agent -> {
            if (!agent.queue().isEmpty()) {
                queues.computeIfAbsent(agent.queue(), name -> new Queue())
                        .members
                        .add(member(agent, lines));
            }
        });
        channels(channel -> {
            if (channel.leg().state() == CallState.QUEUED && !channel.queue().isEmpty()) {
                queues.computeIfAbsent(channel.queue(), name -> new Queue())
                        .waiting
                        .add(channel);
            }
            return true;
        });
        return queues;
    }

    /** Every agent once, and the state of his line. */
    Map<String, Integer> devices() {
        final Map<String, Integer> lines = lines();
        final Map<String, Integer> devices = new LinkedHashMap<>();
        table.agents(
                agent -> devices.putIfAbsent(agent.agent(), member(agent, lines).state()));
        return devices;
    }

    private static Member member(AgentView agent, Map<String, Integer> lines) {
        final boolean notReady = agent.state() == AgentState.NOT_READY;
        final boolean gone =
                notReady && (agent.cause().equals(INVALID) || agent.cause().equals(Integer.toString(UNAVAILABLE)));
        final boolean paused = notReady && !gone || agent.state() == AgentState.AFTER_CALL_WORK;
        return new Member(
                agent.agent(),
                agent.queue(),
                lines.getOrDefault(agent.agent(), gone ? UNAVAILABLE : NOT_IN_USE),
                paused,
                paused ? agent.cause() : "");
    }

    /** The lines that ring or are in use. */
    private Map<String, Integer> lines() {
        final Map<String, Integer> lines = new HashMap<>();
        channels(channel -> {
            final String agent = channel.leg().agent();
            if (!agent.isEmpty()) {
                switch (channel.leg().state()) {
                    case CONNECTED, HELD -> lines.put(agent, IN_USE);
                    case RINGING -> lines.putIfAbsent(agent, RINGING);
                    default -> {}
                }
            }
            return true;
        });
        return lines;
    }
}
