package org.tandemgw.gateway.notice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.Severity;

/**
 * What one manager is told, one notice at a time. Pure; one thread. It compares what the manager knows with what stands, so nothing waits in a queue: what
 * could not be told is told later as it is then, or as a summary.
 *
 * <p>At most {@value Budget#MOST} notices in ten minutes. Critical alarms and their ends go out at once and do not count; others once they have stood for three
 * seconds, the worst first, unless they follow from another one ({@link RootCauses}). The last notice of a budget, and the one that ends the first half minute
 * of a run, is a summary; then nothing uncritical follows until half of the budget is free again. A notice that is not taken is no loss: the next attempt
 * comes after one minute, two, four, then every five.
 */
public final class NotificationPlan {
    static final long SETTLE_NS = Duration.ofSeconds(3).toNanos();
    static final long START_NS = Duration.ofSeconds(30).toNanos();
    static final long SELF_TEST_NS = Duration.ofHours(1).toNanos();

    private static final int FREE_AGAIN = Budget.MOST / 2;
    private static final int LONGEST_WAIT = 5;

    /** What became of the newest test that somebody asked for. */
    public enum Test {
        /** Nobody asked. */
        NONE,
        /** Another notice is under way, or a critical one comes first. */
        WAITING,
        /** It was handed out. */
        UNDER_WAY,
        /** It was taken. */
        TAKEN,
        /** It was not, or what came before it was not. */
        NOT_TAKEN
    }

    /**
     * What it has done so far.
     *
     * @param sent notices handed out, the newest one of which may be under way
     * @param taken of them, taken
     * @param failed of them, not taken
     * @param untold alarms that came and went without a notice of their own
     * @param failedInARow 0: the last one was taken, or nothing was sent
     */
    public record Tally(
            long sent, long taken, long failed, long untold, int failedInARow, long lastNumber, Test test) {}

    private final boolean confirmed;
    private final long startNs;
    private final Budget budget = new Budget();
    private final Map<Long, Alarm> told = new HashMap<>();
    private final Map<Long, Long> seenNs = new HashMap<>();
    private long nextNumber;
    private boolean startTold;
    private boolean startRolledUp;
    private boolean throttled;
    private Notice underWay;
    private Map<Long, Alarm> summarised = Map.of();
    private long untold;
    private long untoldSinceSummary;
    private long sent;
    private long taken;
    private Test test = Test.NONE;
    private long failed;
    private int failedInARow;
    private long retryNs;
    private long takenNs;

    /**
     * @param confirmed whether this manager confirms what it gets; only then is it tested
     * @param nextNumber follows on the last run's
     */
    public NotificationPlan(boolean confirmed, long nextNumber, long nowNs) {
        this.confirmed = confirmed;
        this.nextNumber = nextNumber;
        startNs = nowNs;
        takenNs = nowNs;
    }

    /** What is to be sent now. Nothing more comes until {@link #ended} says what became of it. */
    public Optional<Notice> next(List<Alarm> standing, long nowNs) {
        watch(standing, nowNs);
        if (underWay != null || (failedInARow > 0 && nowNs - retryNs < 0 && test != Test.WAITING)) {
            return Optional.empty();
        }
        underWay = choose(standing, nowNs);
        if (underWay != null) {
            nextNumber++;
            sent++;
            if (!isExempt(underWay)) {
                budget.spend(nowNs);
            }
        }
        return Optional.ofNullable(underWay);
    }

    /**
     * Somebody wants to see whether this manager is reached: a test is the next notice, but for critical ones, and one that failed before is not waited for.
     *
     * @return false: nothing is asked, because all but the last notice of the budget are spent
     */
    public boolean test(long nowNs) {
        if (test != Test.WAITING && test != Test.UNDER_WAY) {
            if (budget.left(nowNs) < 2) {
                return false;
            }
            test = Test.WAITING;
        }
        return true;
    }

    /** What became of the notice under way: taken, or (of one that has to be confirmed) never confirmed. */
    public void ended(boolean isTaken, long nowNs) {
        final Notice notice = underWay;
        underWay = null;
        if (test == Test.UNDER_WAY || test == Test.WAITING && !isTaken) {
            test = isTaken ? Test.TAKEN : Test.NOT_TAKEN;
        }
        if (!isTaken) {
            failed++;
            retryNs = nowNs
                    + Duration.ofMinutes(Math.min(LONGEST_WAIT, 1 << Math.min(failedInARow, 3)))
                            .toNanos();
            failedInARow++;
            return;
        }
        failedInARow = 0;
        taken++;
        takenNs = nowNs;
        switch (notice.kind()) {
            case COLD_START -> startTold = true;
            case RAISED -> told.put(notice.alarm().number(), notice.alarm());
            case CLEARED -> told.remove(notice.alarm().number());
            case SUMMARY -> {
                told.clear();
                told.putAll(summarised);
                untoldSinceSummary = 0;
            }
            case SELF_TEST -> {}
        }
    }

    /** What it has done so far. */
    public Tally tally() {
        return new Tally(sent, taken, failed, untold, failedInARow, nextNumber - 1, test);
    }

    private Notice choose(List<Alarm> standing, long nowNs) {
        if (!startTold) {
            return budget.left(nowNs) == 0 ? null : notice(Notice.Kind.COLD_START, null, "Tandem has started");
        }
        final Map<Alarm, Alarm> causes = RootCauses.of(standing);
        final List<Notice> due = due(standing, causes, nowNs);
        if (!due.isEmpty() && isExempt(due.get(0))) {
            return due.get(0);
        }
        if (test == Test.WAITING && budget.left(nowNs) > 0) {
            test = Test.UNDER_WAY;
            return notice(Notice.Kind.SELF_TEST, null, "a test that somebody asked for: please confirm");
        }
        if (nowNs - startNs < START_NS) {
            return null;
        }
        final int left = budget.left(nowNs);
        throttled &= left < FREE_AGAIN;
        if (throttled || left == 0) {
            return null;
        }
        if (due.isEmpty()) {
            startRolledUp = true;
            return confirmed && (failedInARow > 0 || nowNs - takenNs >= SELF_TEST_NS)
                    ? notice(Notice.Kind.SELF_TEST, null, "a test: please confirm")
                    : null;
        }
        if (startRolledUp && left > 1) {
            return due.get(0);
        }
        throttled = startRolledUp;
        startRolledUp = true;
        return summary(due, standing, causes);
    }

    /** Everything that the manager does not know yet, the most urgent first. */
    private List<Notice> due(List<Alarm> standing, Map<Alarm, Alarm> causes, long nowNs) {
        final Map<Long, Alarm> byNumber = byNumber(standing);
        final List<Alarm> changes = new ArrayList<>();
        for (final Alarm alarm : standing) {
            final boolean settled = nowNs - seenNs.get(alarm.number()) >= SETTLE_NS;
            if (!told.containsKey(alarm.number())
                    && !causes.containsKey(alarm)
                    && (settled || alarm.severity() == Severity.CRITICAL)) {
                changes.add(alarm);
            }
        }
        told.values().stream()
                .filter(alarm -> !byNumber.containsKey(alarm.number()))
                .forEach(changes::add);
        changes.sort(Comparator.comparing(Alarm::severity).thenComparing(Alarm::number));
        return changes.stream()
                .map(alarm -> byNumber.containsKey(alarm.number())
                        ? notice(Notice.Kind.RAISED, alarm, NoticeText.raised(alarm, causes))
                        : notice(Notice.Kind.CLEARED, alarm, "it is over"))
                .toList();
    }

    private Notice summary(List<Notice> due, List<Alarm> standing, Map<Alarm, Alarm> causes) {
        summarised = new LinkedHashMap<>(byNumber(standing));
        causes.keySet().forEach(alarm -> summarised.remove(alarm.number()));
        return notice(Notice.Kind.SUMMARY, null, NoticeText.summary(due, standing, untoldSinceSummary));
    }

    private void watch(List<Alarm> standing, long nowNs) {
        final Map<Long, Alarm> byNumber = byNumber(standing);
        for (final Alarm alarm : standing) {
            seenNs.putIfAbsent(alarm.number(), nowNs);
        }
        seenNs.keySet().removeIf(number -> {
            final boolean gone = !byNumber.containsKey(number);
            if (gone && !told.containsKey(number)) {
                untold++;
                untoldSinceSummary++;
            }
            return gone;
        });
    }

    private Notice notice(Notice.Kind kind, Alarm alarm, String text) {
        return new Notice(kind, nextNumber, alarm, text);
    }

    private static boolean isExempt(Notice notice) {
        return notice.alarm() != null && notice.alarm().severity() == Severity.CRITICAL;
    }

    private static Map<Long, Alarm> byNumber(List<Alarm> alarms) {
        final Map<Long, Alarm> byNumber = new LinkedHashMap<>();
        alarms.forEach(alarm -> byNumber.put(alarm.number(), alarm));
        return byNumber;
    }
}
