package org.tandemgw.gateway.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.time.Clock;

/**
 * Decides which alarms are raised and cleared. Pure: conditions and the time come in, changed alarms go out; no file, no thread. Used by one thread at
 * a time.
 *
 * <p>An alarm keeps its number, time and acknowledgement as long as its condition holds. A latched one is cleared once its link has been whole (both
 * legs contributing) for ten seconds, or when it is acknowledged. One whose condition comes and goes stands until that has stopped: {@link Flapping}. Alarms from before a restart stay for a grace of ten seconds: by then their condition
 * has shown whether it still holds.
 */
public final class AlarmBook {
    /** How long a link must be whole before a latched alarm is cleared, and how long alarms outlive a restart untested. */
    public static final long QUIET_NS = TimeUnit.SECONDS.toNanos(10);
    /** More alarms than this at a time are not raised, only counted: whoever caused so many is among them. */
    public static final int MAX_ACTIVE = 1_000;

    /** What is added to the text of an alarm whose condition comes and goes. */
    static final String COMES_AND_GOES = " (comes and goes; stands until a minute has passed without it)";

    private record Identity(AlarmName name, String object) {}

    private final Clock clock;
    private long graceEndsNs;
    private final Map<Identity, Alarm> active = new LinkedHashMap<>();
    private final Set<Identity> untested = new HashSet<>();
    private final Map<String, Long> wholeSinceNs = new HashMap<>();
    private final Flapping<Identity> flapping = new Flapping<>();
    private long nextNumber;
    private long notRaised;

    /**
     * Continues where the last run ended.
     *
     * @param nextNumber higher than any number ever used
     * @param fromLastRun the alarms that were active then, the oldest first
     */
    public AlarmBook(Clock clock, long nextNumber, Collection<Alarm> fromLastRun) {
        this.clock = clock;
        this.nextNumber = nextNumber;
        graceEndsNs = clock.nanoTime() + QUIET_NS;
        for (final Alarm alarm : fromLastRun) {
            active.put(identity(alarm), alarm);
            untested.add(identity(alarm));
        }
    }

    /** From now on everything is being looked at: alarms of the last run stay for the grace from here. */
    public void lookFromNow() {
        graceEndsNs = clock.nanoTime() + QUIET_NS;
    }

    /**
     * Takes in what is wrong now.
     *
     * @param conditions all that hold at this moment; latched names are for {@link #latch}
     * @param wholeLinks the objects of latched alarms whose links have both legs contributing at this moment
     * @return the alarms that were raised or cleared. A text that changes (an amount in it, say) is renewed silently, or every change would be an event
     */
    public List<Alarm> update(Collection<Condition> conditions, Set<String> wholeLinks) {
        final List<Alarm> changes = new ArrayList<>();
        final Set<Identity> holding = new HashSet<>();
        final long nowNs = clock.nanoTime();
        flapping.forget(nowNs);
        for (final Condition condition : conditions) {
            final Identity identity = new Identity(condition.name(), condition.object());
            if (condition.name().latched()) {
                throw new IllegalArgumentException(condition + " is latched: it is no condition");
            }
            if (holding.add(identity)) {
                untested.remove(identity);
                final boolean isNew = !active.containsKey(identity);
                flapping.holds(identity, isNew && active.size() < MAX_ACTIVE, nowNs);
                final String text = condition.text() + (flapping.flaps(identity) ? COMES_AND_GOES : "");
                raise(identity, text).filter(alarm -> isNew).ifPresent(changes::add);
            }
        }
        watchLinks(wholeLinks);
        for (final Identity identity : List.copyOf(active.keySet())) {
            if (identity.name().latched() ? isQuiet(identity.object()) : isOver(identity, holding)) {
                changes.add(clear(identity));
            }
        }
        return changes;
    }

    /** A record was written that an operator must know of. Raises its alarm, or renews the text of the one that stands. */
    public Optional<Alarm> latch(AlarmName name, String object, String text) {
        if (!name.latched()) {
            throw new IllegalArgumentException(name + " is a condition: it is not latched");
        }
        wholeSinceNs.remove(object);
        return raise(new Identity(name, object), text);
    }

    /**
     * Somebody has taken notice.
     *
     * @return the alarm as it is now, cleared if it was latched; empty if no active alarm has this number
     */
    public Optional<Alarm> acknowledge(long number, String who, String reason) {
        for (final Map.Entry<Identity, Alarm> entry : active.entrySet()) {
            if (entry.getValue().number() == number) {
                final Identity identity = entry.getKey();
                entry.setValue(entry.getValue().acknowledgedBy(new Alarm.Acknowledgement(who, reason, now())));
                return Optional.of(identity.name().latched() ? clear(identity) : entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** Active alarms, the oldest first. */
    public List<Alarm> active() {
        return List.copyOf(active.values());
    }

    /** The number that the next alarm will get. */
    public long nextNumber() {
        return nextNumber;
    }

    /** Alarms not raised because {@link #MAX_ACTIVE} were standing. */
    public long notRaised() {
        return notRaised;
    }

    private Optional<Alarm> raise(Identity identity, String text) {
        final Alarm standing = active.get(identity);
        if (standing == null && active.size() >= MAX_ACTIVE) {
            notRaised++;
            return Optional.empty();
        }
        if (standing != null && standing.text().equals(text)) {
            return Optional.empty();
        }
        final Alarm alarm = standing != null
                ? standing.withText(text)
                : new Alarm(
                        nextNumber++,
                        identity.name(),
                        identity.name().severity(),
                        identity.object(),
                        now(),
                        text,
                        null,
                        null);
        active.put(identity, alarm);
        return Optional.of(alarm);
    }

    private Alarm clear(Identity identity) {
        untested.remove(identity);
        return active.remove(identity).clearedAt(now());
    }

    private boolean isOver(Identity identity, Set<Identity> holding) {
        return !holding.contains(identity)
                && !flapping.flaps(identity)
                && !(untested.contains(identity) && clock.nanoTime() - graceEndsNs < 0);
    }

    private void watchLinks(Set<String> wholeLinks) {
        wholeSinceNs.keySet().retainAll(wholeLinks);
        for (final String link : wholeLinks) {
            wholeSinceNs.putIfAbsent(link, clock.nanoTime());
        }
    }

    private boolean isQuiet(String link) {
        final Long sinceNs = wholeSinceNs.get(link);
        return sinceNs != null && clock.nanoTime() - sinceNs >= QUIET_NS;
    }

    private Instant now() {
        final long utcNs = clock.utcNs();
        return Instant.ofEpochSecond(0, utcNs).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    private static Identity identity(Alarm alarm) {
        return new Identity(alarm.name(), alarm.object());
    }
}
