package org.tandemgw.gateway.health;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the looks of one probe add up to. Driven by {@link ServerHealth}; one thread. */
public final class ProbeWatch {
    /** Failed looks of one row that are kept to be told; counting does not depend on it. */
    private static final int MOST_SEEN = 8;

    /** A probe that could not look, not once and for so long, says nothing any more, however seldom it looks. */
    private static final long BLIND_AFTER_MS = 10_000;

    private static final double MICROS_PER_MS = 1_000.0;

    private final String server;
    private final ProbeRules rules;
    private final RestartRules restartRules;
    private final long newsMs;
    private final List<Seen> restarts = new ArrayList<>();
    private final List<Seen> row = new ArrayList<>();
    private boolean telling;
    private int failed;
    private int hardInRow;
    private int secondFailed;
    private long lastStartMs;
    private final List<Long> startsMs = new ArrayList<>();
    private long reachedMs;
    private long backMs;
    private long answeredMs;
    private long answerMicros = -1;
    private String said;
    private String identity;
    private int restartsInRow;
    private String release;
    private int notAsked;
    private long notAskedMs;
    private boolean blind;
    private boolean silent;
    private boolean secondSilent;
    private boolean saidNo;
    private int steady;

    ProbeWatch(String server, ProbeRules rules, RestartRules restartRules, long newsMs) {
        this.server = server;
        this.rules = rules;
        this.restartRules = restartRules;
        this.newsMs = newsMs;
    }

    /** Its name within the server. */
    public String name() {
        return rules.name();
    }

    /** How it counts. */
    public ProbeRules rules() {
        return rules;
    }

    void looked(boolean secondPath, Look look, long nowMs) {
        said = look.said() == null ? look.sight().toString() : look.said();
        if (look.sight() == Sight.NOT_ASKED) {
            if (!secondPath) {
                notAsked(nowMs);
            }
            return;
        }
        backMs = look.sight().reached() && away() ? nowMs : backMs;
        reachedMs = look.sight().reached() ? nowMs : reachedMs;
        saidNo = look.sight().reached() ? look.sight().hard() : saidNo;
        answeredMs = look.sight().answered() ? nowMs : answeredMs;
        release = look.release() == null ? release : look.release();
        if (!look.sight().answered()) {
            remember(secondPath, look, nowMs);
        }
        if (secondPath) {
            secondSilent = look.sight().silence();
            secondFailed = look.sight().answered() ? 0 : secondFailed + 1;
        } else {
            main(look, nowMs);
        }
    }

    /** What was seen before it went blind is too old to be counted with what will be seen afterwards. */
    private void notAsked(long nowMs) {
        notAskedMs = notAsked == 0 ? nowMs : notAskedMs;
        notAsked++;
        if (notAsked >= rules.failures() || notAsked > 1 && nowMs >= notAskedMs + BLIND_AFTER_MS) {
            notAsked = rules.failures();
            blind = true;
            forgetFailures();
        }
    }

    private void main(Look look, long nowMs) {
        telling = true;
        final long seenUntilMs = notAsked > 0 ? notAskedMs : nowMs;
        notAsked = 0;
        blind = false;
        silent = look.sight().silence();
        lastStartMs = nowMs - look.tookMicros() / 1_000;
        if (look.sight().answered()) {
            answerMicros = look.tookMicros();
            steady = Math.min(rules.failures(), steady + 1);
            countRestart(look.identity(), seenUntilMs, nowMs);
            failed = 0;
            hardInRow = 0;
            secondFailed = 0;
            row.clear();
            startsMs.clear();
            return;
        }
        secondFailed = failed == 0 ? 0 : secondFailed;
        failed++;
        startsMs.add(lastStartMs);
        if (startsMs.size() > rules.failures()) {
            startsMs.remove(0);
        }
        steady = 0;
        hardInRow = look.sight().hard() ? hardInRow + 1 : 0;
    }

    /**
     * A restart that has been seen as a failure already is not counted again. One that fell into a time in which nobody could look may
     * be as old as that time, and the server steady since.
     */
    private void countRestart(String now, long seenUntilMs, long nowMs) {
        if (now == null) {
            return;
        }
        if (now.equals(identity)) {
            restartsInRow = 0;
        } else if (identity != null && failed < rules.failures()) {
            restartsInRow++;
            steady = 0;
            restarts.add(new Seen(seenUntilMs, source(), "answers, but was restarted: " + identity + " became " + now));
        }
        identity = now;
        restarts.removeIf(each -> each.atMs() <= nowMs - restartRules.periodMs());
        while (restarts.size() > restartRules.inPeriod()) {
            restarts.remove(0);
        }
    }

    private void remember(boolean secondPath, Look look, long nowMs) {
        if (row.size() == MOST_SEEN) {
            row.remove(1);
        }
        final String path = secondPath ? ", second path" : "";
        row.add(new Seen(
                nowMs,
                source() + path,
                look.said() == null ? look.sight().toString() : look.sight() + ": " + look.said()));
    }

    private String source() {
        return "probe " + server + "/" + rules.name();
    }

    /** What is known so far says nothing any more: it is counted anew from here on. */
    void forget() {
        forgetFailures();
        restartsInRow = 0;
        restarts.clear();
    }

    private void forgetFailures() {
        telling = false;
        failed = 0;
        hardInRow = 0;
        secondFailed = 0;
        steady = 0;
        silent = false;
        secondSilent = false;
        saidNo = false;
        row.clear();
        startsMs.clear();
    }

    /** A row that ends with silence says nothing any more; what the server said itself stays. */
    void forgetSilence() {
        if (silent) {
            forgetFailures();
        }
    }

    /** Whether its newest looks heard nothing: two in a row, or as many as it takes where that is one. */
    boolean silentForLong() {
        return silent && failed >= Math.min(2, rules.failures());
    }

    /** Whether its newest look told something, be it silence. */
    boolean telling() {
        return telling;
    }

    /** Whether it could not look for so long that it says nothing any more. */
    public boolean blind() {
        return blind;
    }

    /** Whether it counts as down for nothing but restarts, and has answered since as often in a row as failures are allowed. */
    boolean settled(long nowMs) {
        return restarting(nowMs) && failed == 0 && steady >= rules.failures();
    }

    /** Whether it counts as down though it answers. */
    public boolean onlyRestarted(long nowMs) {
        return telling && failed == 0 && restarting(nowMs);
    }

    /** Whether its newest looks, as many as it takes, were all answered with a no. */
    boolean refusing() {
        return hardInRow >= rules.failures();
    }

    /** What its looks add up to. */
    public Health health(long nowMs) {
        if (!telling) {
            return Health.UNKNOWN;
        }
        if (restarting(nowMs) || failed >= rules.failures() && secondIsDown()) {
            return Health.DOWN;
        }
        return failed > 0 ? Health.SUSPECT : Health.UP;
    }

    /**
     * Whether what says that it is down is of now. Restarts are, as long as the newest is news; a server that has been steady since
     * counts as down as long as they are remembered, but nothing is broken any more.
     */
    public boolean failing(long nowMs) {
        return telling && (failed >= rules.failures() && secondIsDown() || restartedLately(nowMs));
    }

    /** Whether nothing of now speaks against it. */
    public boolean clear(long nowMs) {
        return telling && failed == 0 && !restartedLately(nowMs);
    }

    /** Whether its newest look could not be made. */
    public boolean unasked() {
        return notAsked > 0;
    }

    private boolean secondIsDown() {
        return !rules.secondPath() || secondFailed >= rules.failures();
    }

    private boolean restartedLately(long nowMs) {
        return restarting(nowMs) && nowMs < newsUntilMs();
    }

    private long newsUntilMs() {
        return restarts.isEmpty() ? 0 : restarts.get(restarts.size() - 1).atMs() + newsMs;
    }

    private boolean restarting(long nowMs) {
        if (restartsInRow >= restartRules.sequential()) {
            return true;
        }
        int lately = 0;
        for (final Seen each : restarts) {
            lately += each.atMs() > nowMs - restartRules.periodMs() ? 1 : 0;
        }
        return lately >= restartRules.inPeriod();
    }

    /** Whether it is down by what the other side itself said. */
    public boolean hard(long nowMs) {
        return hardInRow >= rules.failures() || restartedLately(nowMs);
    }

    /** Whether it has failed in a look that was begun at this time or later. */
    public boolean failedSince(long sinceMs) {
        return failed > 0 && lastStartMs >= sinceMs;
    }

    /** Whether as many looks in a row have failed as it takes, all of them begun at this time or later. */
    public boolean failedAnewSince(long sinceMs) {
        return startsMs.size() >= rules.failures() && startsMs.get(0) >= sinceMs;
    }

    /** When anything came from the server last; 0: never. */
    long reachedMs() {
        return reachedMs;
    }

    /**
     * Whether something came from the server at this time or later, and still counts: a no is not taken back by silence, an answer
     * says nothing any more once a look was in vain.
     */
    boolean reachedSince(long sinceMs) {
        return reachedMs >= sinceMs && (saidNo || !away());
    }

    /** Whether the newest look was in vain, over each of its paths. */
    private boolean away() {
        return silent && (!rules.secondPath() || secondSilent);
    }

    /** Since when something comes from the server: the first that came after a silence; 0: it never was silent. */
    long backMs() {
        return backMs;
    }

    /** When it answered well last; 0: never. */
    long answeredMs() {
        return answeredMs;
    }

    /** Restarts, and the failed looks of the row, oldest first; of a long row the first and the newest. */
    List<Seen> evidence() {
        return Stream.concat(restarts.stream(), row.stream()).toList();
    }

    /** When the oldest restart is forgotten; {@code Long.MAX_VALUE}: none is remembered. */
    public long forgottenMs() {
        return restarts.isEmpty() ? Long.MAX_VALUE : restarts.get(0).atMs() + restartRules.periodMs();
    }

    /** When time alone changes what it says; {@code Long.MAX_VALUE}: never. */
    long dueMs(long nowMs) {
        final long newsUntilMs = newsUntilMs();
        final long forgottenMs = forgottenMs();
        return Math.min(
                newsUntilMs > nowMs ? newsUntilMs : Long.MAX_VALUE, forgottenMs > nowMs ? forgottenMs : Long.MAX_VALUE);
    }

    /** Looks in a row that failed. */
    public int failed() {
        return failed;
    }

    /** Of the last look; null: there was none. */
    public String said() {
        return said;
    }

    /** How long the last good answer took; null: there was none. */
    public Double answerMs() {
        return answerMicros < 0 ? null : (Double) (answerMicros / MICROS_PER_MS);
    }

    /** As last reported; null: never. */
    String release() {
        return release;
    }

    /** How many restarts are remembered. */
    public int restarts() {
        return restarts.size();
    }

    /** For how long one is remembered. */
    public long restartsPeriodMs() {
        return restartRules.periodMs();
    }

    /** It is asked otherwise than this one was: nothing that was seen counts, but the release that was reported last is still the newest that is known. */
    void begunAnew(ProbeWatch before) {
        release = before.release;
    }

    Memory memory() {
        return new Memory(
                telling,
                failed,
                hardInRow,
                secondFailed,
                lastStartMs,
                startsMs,
                reachedMs,
                backMs,
                answeredMs,
                answerMicros,
                said,
                identity,
                restartsInRow,
                restarts,
                release,
                row,
                notAsked,
                notAskedMs,
                blind,
                silent,
                secondSilent,
                saidNo,
                steady);
    }

    void recall(Memory memory) {
        telling = memory.telling;
        failed = memory.failed;
        hardInRow = memory.hardInRow;
        secondFailed = memory.secondFailed;
        lastStartMs = memory.lastStartMs;
        startsMs.addAll(memory.startsMs);
        reachedMs = memory.reachedMs;
        backMs = memory.backMs;
        answeredMs = memory.answeredMs;
        answerMicros = memory.answerMicros;
        said = memory.said;
        identity = memory.identity;
        restartsInRow = memory.restartsInRow;
        restarts.addAll(memory.restarts);
        release = memory.release;
        row.addAll(memory.row);
        notAsked = memory.notAsked;
        notAskedMs = memory.notAskedMs;
        blind = memory.blind;
        silent = memory.silent;
        secondSilent = memory.secondSilent;
        saidNo = memory.saidNo;
        steady = memory.steady;
    }

    /** All of its state. */
    public record Memory(
            boolean telling,
            int failed,
            int hardInRow,
            int secondFailed,
            long lastStartMs,
            List<Long> startsMs,
            long reachedMs,
            long backMs,
            long answeredMs,
            long answerMicros,
            String said,
            String identity,
            int restartsInRow,
            List<Seen> restarts,
            String release,
            List<Seen> row,
            int notAsked,
            long notAskedMs,
            boolean blind,
            boolean silent,
            boolean secondSilent,
            boolean saidNo,
            int steady) {
        /** Copies the lists. */
        public Memory {
            startsMs = List.copyOf(startsMs);
            restarts = List.copyOf(restarts);
            row = List.copyOf(row);
        }
    }
}
