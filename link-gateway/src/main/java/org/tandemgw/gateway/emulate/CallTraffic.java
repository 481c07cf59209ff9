package org.tandemgw.gateway.emulate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Random;

/**
 * A day in a contact centre as text messages: calls arrive at random, wait in queues, ring, talk, are held, transferred
 * and cleared; agents log in and rest. The time in it is its own: equal seeds give equal messages. Some messages are
 * legitimately equal to others (heartbeats, queue levels).
 */
public final class CallTraffic implements FrameSource {
    private static final long FIRST_MS = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
    private static final String[] QUEUES = {"sales", "support", "billing"};
    private static final int AGENTS = 30;
    private static final int WAITING_AT_MOST = 50;
    private static final int ARRIVAL_MEAN_MS = 4_000;
    private static final int TALK_MEAN_MS = 90_000;

    private final Random random;
    private final Agenda agenda;
    private final ArrayDeque<byte[]> ready = new ArrayDeque<>();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final ArrayDeque<Integer> idleAgents = new ArrayDeque<>();
    private long calls = 100_000;

    /** Traffic that depends on {@code seed} alone. */
    public CallTraffic(long seed) {
        random = new Random(seed);
        agenda = new Agenda(FIRST_MS, random);
        for (int agent = 0; agent < AGENTS; agent++) {
            final int number = 4001 + agent;
            at(random.nextInt(20_000), () -> login(number));
        }
        at(exponential(ARRIVAL_MEAN_MS), this::arrive);
        at(1_000, this::heartbeat);
        at(5_000, this::levels);
    }

    @Override
    public byte[] next() {
        while (ready.isEmpty()) {
            agenda.next();
        }
        return ready.remove();
    }

    private void login(int agent) {
        say("AGENT " + agent + " LOGIN skill=" + queue(agent));
        free(agent);
    }

    private void arrive() {
        final Call call = new Call(++calls, QUEUES[random.nextInt(QUEUES.length)]);
        say(call + " ARRIVED from=+4930" + (1_000_000 + random.nextInt(9_000_000)) + " trunk="
                + (1 + random.nextInt(96)));
        if (waiting.size() < WAITING_AT_MOST) {
            waiting.add(call);
            say(call + " QUEUED queue=" + call.queue + " place=" + waiting.size());
            offer();
        } else {
            say(call + " CLEARED cause=overflow");
        }
        at(exponential(ARRIVAL_MEAN_MS), this::arrive);
    }

    private void free(int agent) {
        idleAgents.add(agent);
        say("AGENT " + agent + " READY");
        offer();
    }

    private void offer() {
        if (!waiting.isEmpty() && !idleAgents.isEmpty()) {
            final Call call = waiting.remove();
            final int agent = idleAgents.remove();
            say(call + " RINGING agent=" + agent);
            at(2_000 + random.nextInt(6_000), () -> answer(call, agent));
        }
    }

    private void answer(Call call, int agent) {
        if (random.nextInt(20) == 0) {
            say(call + " CLEARED cause=abandoned");
            free(agent);
        } else {
            say(call + " CONNECTED agent=" + agent);
            at(exponential(TALK_MEAN_MS), () -> talked(call, agent));
        }
    }

    private void talked(Call call, int agent) {
        switch (random.nextInt(8)) {
            case 0 -> {
                say(call + " HELD agent=" + agent);
                at(exponential(15_000), () -> {
                    say(call + " RETRIEVED agent=" + agent);
                    at(exponential(TALK_MEAN_MS / 2), () -> talked(call, agent));
                });
            }
            case 1 -> {
                call.queue = QUEUES[random.nextInt(QUEUES.length)];
                say(call + " TRANSFERRED agent=" + agent + " to=" + call.queue);
                waiting.addFirst(call);
                free(agent);
            }
            default -> {
                say(call + " CLEARED cause=" + (random.nextBoolean() ? "caller" : "agent"));
                say("AGENT " + agent + " WRAPUP");
                at(exponential(20_000), () -> rested(agent));
            }
        }
    }

    private void rested(int agent) {
        if (random.nextInt(30) == 0) {
            say("AGENT " + agent + " LOGOUT");
            at(exponential(300_000), () -> login(agent));
        } else {
            free(agent);
        }
    }

    private void heartbeat() {
        bare("HEARTBEAT");
        at(5_000, this::heartbeat);
    }

    private void levels() {
        for (final String queue : QUEUES) {
            bare("LEVEL queue=" + queue + " waiting="
                    + waiting.stream().filter(call -> call.queue.equals(queue)).count());
        }
        at(10_000, this::levels);
    }

    private static String queue(int agent) {
        return QUEUES[agent % QUEUES.length];
    }

    private long exponential(int meanMs) {
        return agenda.exponential(meanMs);
    }

    private void at(long inMs, Runnable action) {
        agenda.at(inMs, action);
    }

    private void say(String text) {
        bare(Instant.ofEpochMilli(agenda.nowMs()) + " " + text);
    }

    private void bare(String text) {
        ready.add(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static final class Call {
        private final long number;
        private String queue;

        Call(long number, String queue) {
            this.number = number;
            this.queue = queue;
        }

        @Override
        public String toString() {
            return "CALL " + number;
        }
    }
}
