package org.tandemgw.gateway.dialect.ami;

import java.util.Map;
import org.tandemgw.gateway.dialect.ami.AmiStanding.Channel;
import org.tandemgw.gateway.dialect.ami.AmiStanding.Member;
import org.tandemgw.gateway.dialect.ami.AmiStanding.Queue;

/** Queues, who waits and who works in them, as items of lists. What the stream does not tell (strategy, totals of the day, penalties) is 0 or empty. Pure. */
final class AmiQueues {
    private AmiQueues() {}

    /** Items of QueueStatus, of all queues or one, of all members or one. */
    static int status(AmiStanding standing, AmiAction asked, AmiAnswer to) {
        final String onlyQueue = asked.get("queue");
        final String onlyMember = asked.get("member");
        int items = 0;
        for (final Map.Entry<String, Queue> each : standing.queues().entrySet()) {
            final String name = AmiAnswer.latin(each.getKey());
            if ((onlyQueue.isEmpty() || onlyQueue.equals(name)) && to.length() <= AmiList.LONGEST_BYTES) {
                items += queue(name, each.getValue(), onlyMember, asked, to);
            }
        }
        return items;
    }

    private static int queue(String name, Queue queue, String onlyMember, AmiAction asked, AmiAnswer to) {
        int items = 1;
        to.event("QueueParams", asked.idLine())
                .add("Queue", name)
                .add("Max", 0)
                .add("Strategy", "")
                .add("Calls", queue.waiting.size())
                .add("Holdtime", 0)
                .add("TalkTime", 0)
                .add("Completed", 0)
                .add("Abandoned", 0)
                .add("ServiceLevel", 0)
                .add("ServicelevelPerf", "0.0")
                .add("ServicelevelPerf2", "0.0")
                .add("Weight", 0)
                .end();
        for (final Member member : queue.members) {
            if ((onlyMember.isEmpty() || onlyMember.equals(AmiAnswer.latin(member.name())))
                    && to.length() <= AmiList.LONGEST_BYTES) {
                items++;
                member(name, member, asked, to);
            }
        }
        for (int i = 0; i < queue.waiting.size() && to.length() <= AmiList.LONGEST_BYTES; i++) {
            items++;
            entry(name, i + 1, queue.waiting.get(i), asked, to);
        }
        return items;
    }

    private static void member(String queue, Member member, AmiAction asked, AmiAnswer to) {
        to.event("QueueMember", asked.idLine())
                .add("Queue", queue)
                .told("Name", member.name())
                .told("Location", member.name())
                .told("StateInterface", member.name())
                .add("Membership", "dynamic")
                .add("Penalty", 0)
                .add("CallsTaken", 0)
                .add("LastCall", 0)
                .add("LastPause", 0)
                .add("LoginTime", 0)
                .add("InCall", member.state() == AmiStanding.IN_USE ? 1 : 0)
                .add("Status", member.state())
                .add("Paused", member.paused() ? 1 : 0)
                .told("PausedReason", member.reason())
                .add("Wrapuptime", 0)
                .end();
    }

    private static void entry(String queue, int position, Channel caller, AmiAction asked, AmiAnswer to) {
        to.event("QueueEntry", asked.idLine())
                .add("Queue", queue)
                .add("Position", position)
                .told("Channel", caller.name())
                .told("Uniqueid", caller.leg().id())
                .known("CallerIDNum", caller.leg().party())
                .known("CallerIDName", "")
                .known("ConnectedLineNum", caller.other())
                .known("ConnectedLineName", "")
                .add("Wait", caller.waitedS())
                .add("Priority", 0)
                .end();
    }

    /** Items of QueueSummary. */
    static int summary(AmiStanding standing, AmiAction asked, AmiAnswer to) {
        final String only = asked.get("queue");
        int items = 0;
        for (final Map.Entry<String, Queue> each : standing.queues().entrySet()) {
            final String name = AmiAnswer.latin(each.getKey());
            final Queue queue = each.getValue();
            if ((only.isEmpty() || only.equals(name)) && to.length() <= AmiList.LONGEST_BYTES) {
                items++;
                to.event("QueueSummary", asked.idLine())
                        .add("Queue", name)
                        .add(
                                "LoggedIn",
                                queue.members.stream()
                                        .filter(AmiQueues::loggedIn)
                                        .count())
                        .add(
                                "Available",
                                queue.members.stream()
                                        .filter(AmiQueues::available)
                                        .count())
                        .add("Callers", queue.waiting.size())
                        .add("HoldTime", 0)
                        .add("TalkTime", 0)
                        .add(
                                "LongestHoldTime",
                                queue.waiting.stream()
                                        .mapToLong(Channel::waitedS)
                                        .max()
                                        .orElse(0))
                        .end();
            }
        }
        return items;
    }

    /** As an Asterisk counts: not whose phone is gone. */
    private static boolean loggedIn(Member member) {
        return member.state() != AmiStanding.UNAVAILABLE;
    }

    private static boolean available(Member member) {
        return !member.paused() && member.state() == AmiStanding.NOT_IN_USE;
    }

    /** Items of DeviceStateList. */
    static int devices(AmiStanding standing, AmiAction asked, AmiAnswer to) {
        int items = 0;
        for (final Map.Entry<String, Integer> each : standing.devices().entrySet()) {
            if (to.length() <= AmiList.LONGEST_BYTES) {
                items++;
                to.event("DeviceStateChange", asked.idLine())
                        .told("Device", each.getKey())
                        .add("State", word(each.getValue()))
                        .end();
            }
        }
        return items;
    }

    private static String word(int state) {
        return switch (state) {
            case AmiStanding.IN_USE -> "INUSE";
            case AmiStanding.RINGING -> "RINGING";
            case AmiStanding.UNAVAILABLE -> "UNAVAILABLE";
            default -> "NOT_INUSE";
        };
    }
}
