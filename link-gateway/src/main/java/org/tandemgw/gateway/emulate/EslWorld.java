package org.tandemgw.gateway.emulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tandemgw.gateway.emulate.AmiFact.Does;

/**
 * What is in a simulated FreeSWITCH now: channels, who waits in the queues of mod_callcenter, its agents; and what it says of each change. What
 * it says waits in order until it is taken. Not for several threads.
 */
final class EslWorld {
    private final ArrayDeque<Said> said = new ArrayDeque<>();
    private final Map<String, EslChannel> channels = new LinkedHashMap<>();
    private final Map<EslChannel, Waiting> waiting = new LinkedHashMap<>();
    private final List<EslAgent> agents = new ArrayList<>();
    private final Random random;
    private final String core;
    private List<AmiFact> taken = List.of();
    private long nowMs;
    private long sequence = 500;

    EslWorld(Random random) {
        this.random = random;
        this.core = uuid();
    }

    String uuid() {
        return String.format(
                "%08x-%04x-4%03x-a%03x-%012x",
                random.nextInt(),
                random.nextInt(1 << 16),
                random.nextInt(1 << 12),
                random.nextInt(1 << 12),
                random.nextLong() >>> 16);
    }

    /** The next message, or null if all was taken. */
    byte[] take() {
        final Said next = said.poll();
        if (next == null) {
            return null;
        }
        taken = next.facts;
        return next.message;
    }

    /** What the message that was taken last tells. */
    List<AmiFact> taken() {
        return taken;
    }

    boolean isAllTold() {
        return said.isEmpty();
    }

    void now(long ms) {
        nowMs = ms;
    }

    long nowS() {
        return nowMs / 1000;
    }

    void add(EslAgent agent) {
        agents.add(agent);
    }

    EslText event(String name) {
        sequence += 1 + random.nextInt(3); // what nobody subscribed has numbers too
        return new EslText()
                .add("Event-Name", name)
                .add("Core-UUID", core)
                .add("FreeSWITCH-Hostname", "pbx")
                .add("FreeSWITCH-Switchname", "pbx")
                .add("FreeSWITCH-IPv4", "192.0.2.1")
                .add("FreeSWITCH-IPv6", "::1")
                .add("Event-Date-GMT", java.time.Instant.ofEpochMilli(nowMs))
                .add("Event-Date-Timestamp", nowMs * 1000 + said.size())
                .add("Event-Calling-File", "switch_channel.c")
                .add("Event-Calling-Function", "simulated")
                .add("Event-Calling-Line-Number", 100 + name.length())
                .add("Event-Sequence", sequence);
    }

    EslText custom(String subclass) {
        return event("CUSTOM").add("Event-Subclass", subclass);
    }

    void say(EslText text, AmiFact... facts) {
        said.add(new Said(text.bytes(), List.of(facts)));
    }

    static AmiFact fact(EslChannel channel, Does does) {
        return new AmiFact(channel.uuid, channel.call, "", does);
    }

    EslChannel channel(boolean outbound, String caller, String destination) {
        final EslChannel made = new EslChannel(uuid(), outbound, nowMs * 1000);
        made.caller = caller;
        made.destination = destination;
        made.name = outbound
                ? "sofia/internal/" + destination + "@192.0.2.50:5060"
                : "sofia/external/" + caller + "@carrier.example.org";
        channels.put(made.uuid, made);
        return made;
    }

    void create(EslChannel channel) {
        say(event("CHANNEL_CREATE").channel(channel), fact(channel, Does.IS_APART));
    }

    void ring(EslChannel channel) {
        channel.state = "RINGING";
        say(event("CHANNEL_PROGRESS").channel(channel), fact(channel, Does.RINGS));
    }

    void answer(EslChannel channel) {
        channel.state = "ACTIVE";
        channel.answer = "answered";
        say(event("CHANNEL_ANSWER").channel(channel));
    }

    void bridge(EslChannel a, EslChannel b) {
        a.peer = b;
        b.peer = a;
        b.callUuid = a.uuid;
        b.call = a.call;
        a.state = "ACTIVE";
        b.state = "ACTIVE";
        say(
                event("CHANNEL_BRIDGE")
                        .add("Bridge-A-Unique-ID", a.uuid)
                        .add("Bridge-B-Unique-ID", b.uuid)
                        .channel(a),
                fact(a, Does.TALKS),
                fact(b, Does.TALKS));
    }

    void unbridge(EslChannel a, EslChannel b) {
        a.peer = null;
        b.peer = null;
        b.callUuid = b.uuid;
        say(
                event("CHANNEL_UNBRIDGE")
                        .add("Bridge-A-Unique-ID", a.uuid)
                        .add("Bridge-B-Unique-ID", b.uuid)
                        .channel(a),
                fact(a, Does.IS_APART),
                fact(b, Does.IS_APART));
    }

    void hold(EslChannel channel, boolean on) {
        channel.state = on ? "HELD" : "ACTIVE";
        say(
                event(on ? "CHANNEL_HOLD" : "CHANNEL_UNHOLD").channel(channel),
                fact(channel, on ? Does.HOLDS : Does.TALKS));
    }

    void hangUp(EslChannel channel, String cause) {
        channels.remove(channel.uuid);
        channel.state = "HANGUP";
        channel.answer = "hangup";
        channel.cause = cause;
        say(event("CHANNEL_HANGUP_COMPLETE").channel(channel), fact(channel, Does.IS_GONE));
        say(event("CHANNEL_DESTROY").channel(channel));
    }

    // --- mod_callcenter ---

    private EslText callcenter(String action, EslChannel channel) {
        final EslText text = custom("callcenter::info");
        return (channel == null ? text : text.channel(channel)).add("CC-Action", action);
    }

    private EslText member(EslText text, String queue, EslChannel member) {
        return text.add("CC-Queue", queue)
                .add("CC-Member-UUID", "m" + member.uuid.substring(1))
                .add("CC-Member-Session-UUID", member.uuid)
                .add("CC-Member-CID-Name", "Zo\u00eb " + member.caller)
                .add("CC-Member-CID-Number", member.caller);
    }

    void join(String queue, EslChannel member) {
        member.variables.put("cc_side", "member");
        member.variables.put("cc_queue", queue);
        member.application = "callcenter";
        waiting.put(member, new Waiting(queue, nowS()));
        say(
                member(callcenter("member-queue-start", member), queue, member),
                new AmiFact(member.uuid, member.call, queue, Does.WAITS));
        count(queue);
    }

    private void count(String queue) {
        say(callcenter("members-count", null)
                .add("CC-Queue", queue)
                .add(
                        "CC-Count",
                        waiting.values().stream()
                                .filter(each -> each.queue.equals(queue))
                                .count())
                .add("CC-Selection", "Single-Queue"));
    }

    /** He gives up, or his time is over. */
    void cancel(EslChannel member, boolean hangsUp, String reason) {
        final Waiting was = waiting.remove(member);
        if (hangsUp) {
            member.answer = "hangup";
            member.cause = "ORIGINATOR_CANCEL";
        }
        say(
                member(callcenter("member-queue-end", member), was.queue, member)
                        .add("CC-Cause", "Cancel")
                        .add("CC-Cancel-Reason", reason)
                        .add("CC-Member-Joined-Time", was.sinceS)
                        .add("CC-Member-Leaving-Time", nowS()),
                fact(member, Does.IS_APART));
        count(was.queue);
    }

    void offering(EslAgent agent, EslChannel member) {
        state(agent, "Receiving");
        say(member(callcenter("agent-offering", null), waiting.get(member).queue, member)
                .add("CC-Agent", agent.name));
    }

    void connect(EslAgent agent, EslChannel member, EslChannel leg) {
        final Waiting was = waiting.remove(member);
        leg.call = member.call;
        member.variables.put("cc_agent_uuid", leg.uuid);
        say(
                member(callcenter("bridge-agent-start", leg), was.queue, member)
                        .add("CC-Agent", agent.name)
                        .add("CC-Agent-UUID", leg.uuid)
                        .add("CC-Agent-Called-Time", nowS() - 5)
                        .add("CC-Agent-Answered-Time", nowS())
                        .add("CC-Member-Joined-Time", was.sinceS),
                fact(member, Does.TALKS),
                fact(leg, Does.TALKS));
        member.variables.put("transfer_source", nowS() + ":" + uuid() + ":uuid_br:" + leg.uuid);
        bridge(member, leg);
        agent.uuid = leg.uuid;
        state(agent, "In a queue call");
    }

    /** The agent's part is over. */
    void released(EslAgent agent, EslChannel member, EslChannel leg, String queue) {
        agent.uuid = "";
        say(member(callcenter("bridge-agent-end", leg), queue, member)
                .add("CC-Agent", agent.name)
                .add("CC-Agent-UUID", leg.uuid)
                .add("CC-Hangup-Cause", "SUCCESS")
                .add("CC-Bridge-Terminated-Time", nowS()));
        say(member(callcenter("member-queue-end", member), queue, member)
                .add("CC-Cause", "Terminated")
                .add("CC-Agent", agent.name)
                .add("CC-Member-Leaving-Time", nowS()));
        state(agent, "Waiting");
    }

    void failed(EslAgent agent, EslChannel member, String cause) {
        say(member(callcenter("bridge-agent-fail", null), agent.queue, member)
                .add("CC-Agent", agent.name)
                .add("CC-Hangup-Cause", cause)
                .add("CC-Agent-Aborted-Time", nowS()));
        state(agent, "Waiting");
    }

    void state(EslAgent agent, String state) {
        agent.state = state;
        say(callcenter("agent-state-change", null).add("CC-Agent", agent.name).add("CC-Agent-State", state));
    }

    void status(EslAgent agent, String status) {
        agent.status = status;
        agent.lastStatusS = nowS();
        say(
                callcenter("agent-status-change", null)
                        .add("CC-Agent", agent.name)
                        .add("CC-Agent-Status", status),
                agent.fact());
    }

    // --- how things stand ---

    /** The items of a list, each as {@code EslConversation} puts them together; null if there is no such list. */
    List<String> list(String list) {
        return switch (list) {
            case "show channels as json" ->
                channels.values().stream().map(EslWorld::row).toList();
            case "show bridged_calls as json" ->
                channels.values().stream()
                        .filter(channel -> channel.peer != null && channel.peer.callUuid.equals(channel.uuid))
                        .map(EslWorld::bridgedRow)
                        .toList();
            case "callcenter_config queue list members" -> {
                final List<String> rows = new ArrayList<>();
                rows.add(
                        "queue|instance_id|uuid|session_uuid|cid_number|cid_name|system_epoch|joined_epoch|"
                                + "rejoined_epoch|bridge_epoch|abandoned_epoch|base_score|skill_score|serving_agent|serving_system|state|score");
                waiting.forEach((member, was) -> rows.add(String.join(
                        "|",
                        was.queue,
                        "single_box",
                        "m" + member.uuid.substring(1),
                        member.uuid,
                        member.caller,
                        "Zo\u00eb",
                        Long.toString(was.sinceS),
                        Long.toString(was.sinceS),
                        "0",
                        "0",
                        "0",
                        "0",
                        "0",
                        "",
                        "",
                        "Waiting",
                        "0")));
                yield rows;
            }
            case "callcenter_config agent list" -> {
                final List<String> rows = new ArrayList<>();
                rows.add("name|instance_id|uuid|type|contact|status|state|max_no_answer|last_status_change");
                agents.forEach(agent -> rows.add(String.join(
                        "|",
                        agent.name,
                        "single_box",
                        agent.uuid,
                        "callback",
                        "user/" + agent.name,
                        agent.status,
                        agent.state,
                        "3",
                        Long.toString(agent.lastStatusS))));
                yield rows;
            }
            default -> null;
        };
    }

    private static String row(EslChannel channel) {
        return json(
                "uuid", channel.uuid,
                "direction", channel.direction(),
                "created_epoch", Long.toString(channel.bornUs / 1_000_000),
                "name", channel.name,
                "state", "CS_EXECUTE",
                "cid_name", "Zo\u00eb \"" + channel.caller + "\"",
                "cid_num", channel.caller,
                "dest", channel.destination,
                "application", channel.application,
                "callstate", channel.state,
                "call_uuid", channel.callUuid);
    }

    private static String bridgedRow(EslChannel a) {
        return json(
                "uuid",
                a.uuid,
                "callstate",
                a.state,
                "call_uuid",
                a.callUuid,
                "b_uuid",
                a.peer.uuid,
                "b_callstate",
                a.peer.state);
    }

    private static String json(String... words) {
        final StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < words.length; i += 2) {
            out.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(words[i])
                    .append("\":\"")
                    .append(words[i + 1].replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return out.append('}').toString();
    }

    private record Said(byte[] message, List<AmiFact> facts) {}

    private record Waiting(String queue, long sinceS) {}
}
