package org.tandemgw.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.notify.NotifyService;
import org.tandemgw.gateway.snmp.SnmpService;

/** Operators who want to see whether those who are told of alarms can be reached. The control socket's thread; what became of it is in the status. */
final class NotificationTests {
    private final Supplier<SnmpService> agent;
    private final Supplier<NotifyService> targets;

    /** Asked at each test, as a reload makes them anew; either gives null where the file does not have it. */
    NotificationTests(Supplier<SnmpService> agent, Supplier<NotifyService> targets) {
        this.agent = agent;
        this.targets = targets;
    }

    /** @param target null: everybody */
    Answer test(String target) {
        final SnmpService snmp = agent.get();
        final NotifyService notify = targets.get();
        final List<String> all = new ArrayList<>();
        if (snmp != null) {
            all.addAll(snmp.targets());
        }
        if (notify != null) {
            all.addAll(notify.targets());
        }
        if (all.isEmpty()) {
            return Answer.refused("this site tells nobody", "see  snmp.managers  and  notify  in docs/reference.yaml");
        }
        if (target != null && !all.contains(target)) {
            return Answer.refused("nobody called " + target + " is told", "there are: " + String.join(", ", all));
        }
        try {
            return answer(asked(snmp, notify, name -> target == null || name.equals(target)));
        } catch (RejectedExecutionException e) {
            return Answer.refused("a reload is just making them anew", "the same again, in a moment");
        } catch (TimeoutException e) {
            return Answer.refused(
                    "whoever sends notifications does not answer: it may wait for a name service", "tandem status");
        }
    }

    private static Map<String, Boolean> asked(SnmpService snmp, NotifyService notify, Predicate<String> wanted)
            throws TimeoutException {
        final Map<String, Boolean> asked = new LinkedHashMap<>();
        if (snmp != null) {
            asked.putAll(snmp.test(wanted));
        }
        if (notify != null) {
            asked.putAll(notify.test(wanted));
        }
        return asked;
    }

    private static Answer answer(Map<String, Boolean> asked) {
        final List<String> under = asked.keySet().stream().filter(asked::get).toList();
        final List<String> spent =
                asked.keySet().stream().filter(name -> !asked.get(name)).toList();
        final String refused =
                "ten notifications in ten minutes are enough, and nine went to " + String.join(", ", spent) + " lately";
        if (under.isEmpty()) {
            return Answer.refused(refused, "whether these were taken, tandem notify tells; a test in some minutes");
        }
        return Answer.done(
                "a test is under way to " + String.join(", ", under) + (spent.isEmpty() ? "" : "; " + refused));
    }
}
