package org.tandemgw.gateway.emulate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tandemgw.gateway.emulate.AmiFact.Does;

/**
 * What is in a simulated Asterisk now: channels, bridges, queues with who waits and who works in them; and what it says of each change. What
 * it says waits in order until it is taken. Not for several threads.
 */
final class AmiWorld {
    private final AmiSettings settings;
    private final ArrayDeque<Said> said = new ArrayDeque<>();
    private final Map<String, AmiChannel> channels = new LinkedHashMap<>();
    private final Map<String, List<AmiChannel>> bridges = new LinkedHashMap<>();
    private final Map<String, List<AmiChannel>> queues = new LinkedHashMap<>();
    private final Map<AmiChannel, Long> joinedMs = new LinkedHashMap<>();
    private final List<AmiMember> members = new ArrayList<>();
    private List<AmiFact> taken = List.of();
    private long nowMs;
    private long numbers;
    private long channelsMade;
    private long bridgesMade;

    AmiWorld(AmiSettings settings, List<String> queueNames) {
        this.settings = settings;
        queueNames.forEach(queue -> queues.put(queue, new ArrayList<>()));
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

    void add(AmiMember member) {
        members.add(member);
    }

    AmiText event(String name, String classes) {
        final AmiText text = new AmiText(name).add("Privilege", classes + ",all");
        if (settings.timestamps()) {
            // Six digits behind the point.
            final long micros = 1_000_000 + nowMs % 1000 * 1000 + said.size();
            text.add("Timestamp", nowMs / 1000 + "." + Long.toString(micros).substring(1));
        }
        if (settings.numbers()) {
            text.add("SequenceNumber", numbers++)
                    .add("File", "manager.c")
                    .add("Line", 1000 + name.length())
                    .add("Func", "manager_" + name.toLowerCase(Locale.ROOT));
        }
        return text;
    }

    void say(AmiText text, AmiFact... facts) {
        said.add(new Said(text.toString().getBytes(StandardCharsets.ISO_8859_1), List.of(facts)));
    }

    AmiChannel channel(String device, AmiChannel relatedTo) {
        final long number = ++channelsMade;
        final AmiChannel made = new AmiChannel(
                String.format("PJSIP/%s-%08x", device, number),
                nowMs / 1000 + "." + number,
                relatedTo == null ? null : relatedTo.linkedId,
                nowMs);
        channels.put(made.uniqueId, made);
        return made;
    }

    /** It says so only once the channel has its numbers. */
    void born(AmiChannel channel) {
        final AmiText text = event("Newchannel", "call").channel("", channel);
        if (channel.linkedId.equals(channel.uniqueId)) {
            say(text, AmiFact.of(channel, Does.IS_APART));
        } else {
            say(text); // a leg of another's call: what it does there follows
        }
    }

    void state(AmiChannel channel, AmiChannel.State state) {
        channel.state = state;
        final AmiText text = event("Newstate", "call").channel("", channel);
        switch (state) {
            case RING -> say(text, AmiFact.of(channel, Does.IS_APART));
            case RINGING -> say(text, AmiFact.of(channel, Does.RINGS));
            default -> say(text); // what it does is told by what follows
        }
    }

    void hangUp(AmiChannel channel, int cause, String text) {
        channels.remove(channel.uniqueId);
        say(
                event("Hangup", "call").channel("", channel).add("Cause", cause).add("Cause-txt", text),
                AmiFact.of(channel, Does.IS_GONE));
    }

    String bridge() {
        final String id = String.format("%08x-0000-4000-8000-%012x", (int) nowMs, ++bridgesMade);
        bridges.put(id, new ArrayList<>());
        say(event("BridgeCreate", "call").bridge(id, 0));
        return id;
    }

    void enter(String bridge, AmiChannel channel) {
        bridges.get(bridge).add(channel);
        channel.bridge = bridge;
        say(
                event("BridgeEnter", "call")
                        .bridge(bridge, bridges.get(bridge).size())
                        .channel("", channel),
                AmiFact.of(channel, Does.TALKS));
    }

    void leave(AmiChannel channel) {
        final String bridge = channel.bridge;
        bridges.get(bridge).remove(channel);
        channel.bridge = "";
        say(
                event("BridgeLeave", "call")
                        .bridge(bridge, bridges.get(bridge).size())
                        .channel("", channel),
                AmiFact.of(channel, Does.IS_APART));
        if (bridges.get(bridge).isEmpty()) {
            bridges.remove(bridge);
            say(event("BridgeDestroy", "call").bridge(bridge, 0));
        }
    }

    void join(String queue, AmiChannel caller) {
        queues.get(queue).add(caller);
        joinedMs.put(caller, nowMs);
        caller.application = "Queue";
        say(
                event("QueueCallerJoin", "agent")
                        .channel("", caller)
                        .add("Queue", queue)
                        .add("Position", queues.get(queue).size())
                        .add("Count", queues.get(queue).size()),
                AmiFact.waits(caller, queue));
    }

    void leaveQueue(String queue, AmiChannel caller) {
        final int position = queues.get(queue).indexOf(caller) + 1;
        queues.get(queue).remove(caller);
        joinedMs.remove(caller);
        say(
                event("QueueCallerLeave", "agent")
                        .channel("", caller)
                        .add("Queue", queue)
                        .add("Count", queues.get(queue).size())
                        .add("Position", position),
                AmiFact.of(caller, Does.IS_APART));
    }

    /** Since when he waits, in whole seconds. */
    long waitedS(AmiChannel caller) {
        return (nowMs - joinedMs.getOrDefault(caller, nowMs)) / 1000;
    }

    int place(String queue, AmiChannel caller) {
        return queues.get(queue).indexOf(caller) + 1;
    }

    long nowS() {
        return nowMs / 1000;
    }

    void memberStatus(AmiMember member, int status) {
        member.status = status;
        member.inCall &= status == AmiMember.IN_USE;
        final AmiText text = member.describe(event("QueueMemberStatus", "agent"), "MemberName", "Interface");
        if (status == AmiMember.NOT_IN_USE) {
            say(text, AmiFact.of(member));
        } else {
            say(text); // that he is busy does not tell whether he may be called
        }
    }

    // --- how things stand ---

    /** The items of a list, each from its second word on; null if there is no such list. */
    List<String> list(String action) {
        return switch (action) {
            case "CoreShowChannels" ->
                channels.values().stream()
                        .map(channel -> new AmiText("CoreShowChannel")
                                .channel("", channel)
                                .add("BridgeId", channel.bridge)
                                .add("Application", channel.application)
                                .add("ApplicationData", "")
                                .add("Duration", duration(nowMs - channel.bornMs))
                                .toString())
                        .toList();
            case "QueueStatus" -> queueStatus();
            case "BridgeList" ->
                bridges.entrySet().stream()
                        .map(bridge -> new AmiText("BridgeListItem")
                                .bridge(bridge.getKey(), bridge.getValue().size())
                                .toString())
                        .toList();
            default -> null;
        };
    }

    private List<String> queueStatus() {
        final List<String> items = new ArrayList<>();
        queues.forEach((queue, waiting) -> {
            items.add(new AmiText("QueueParams")
                    .add("Queue", queue)
                    .add("Max", 0)
                    .add("Strategy", "leastrecent")
                    .add("Calls", waiting.size())
                    .add("Holdtime", 12)
                    .add("TalkTime", 90)
                    .add("Completed", 0)
                    .add("Abandoned", 0)
                    .add("ServiceLevel", 60)
                    .add("ServicelevelPerf", "0.0")
                    .add("Weight", 0)
                    .toString());
            members.stream()
                    .filter(member -> member.loggedIn && member.queue.equals(queue))
                    .forEach(member -> items.add(member.describe(new AmiText("QueueMember"), "Name", "Location")
                            .toString()));
            for (int i = 0; i < waiting.size(); i++) {
                items.add(new AmiText("QueueEntry")
                        .add("Queue", queue)
                        .add("Position", i + 1)
                        .add("Channel", waiting.get(i).name)
                        .add("Uniqueid", waiting.get(i).uniqueId)
                        .add("CallerIDNum", waiting.get(i).callerNumber)
                        .add("CallerIDName", waiting.get(i).callerName)
                        .add("ConnectedLineNum", waiting.get(i).connectedNumber)
                        .add("ConnectedLineName", waiting.get(i).connectedName)
                        .add("Wait", waitedS(waiting.get(i)))
                        .add("Priority", 0)
                        .toString());
            }
        });
        return items;
    }

    private static String duration(long ms) {
        final long s = ms / 1000;
        return String.format(Locale.ROOT, "%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    private record Said(byte[] message, List<AmiFact> facts) {}

    static Instant first() {
        return Instant.parse("2026-01-05T08:00:00Z");
    }
}
