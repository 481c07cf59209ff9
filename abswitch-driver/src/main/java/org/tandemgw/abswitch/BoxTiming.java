package org.tandemgw.abswitch;

import java.time.Duration;

/**
 * The profile's times. None has a default here: all of them are assumptions about a box and stand in its profile.
 *
 * @param connect until a path must be open
 * @param firstByte until an answer must have begun
 * @param quiet silence that ends an answer, and that a line must have had before it is asked
 * @param answer until an answer must be over
 * @param gap least time between the end of one exchange and the next frame
 * @param settle between a command and its read-back
 * @param readBack until a card must be where it was ordered to
 * @param retries of a frame that got no answer, and of a command that did not arrive
 * @param backoff before the first retry
 * @param backoffMax before later ones
 * @param poll between looks at all cards
 * @param pollAfterMove the same, after a move
 * @param afterMove how long after a move
 * @param pollMax between looks at a box that does not answer: poll doubles up to it
 * @param late how late an answer may come at worst on a line that stays open; after that it is taken for lost
 */
public record BoxTiming(
        Duration connect,
        Duration firstByte,
        Duration quiet,
        Duration answer,
        Duration gap,
        Duration settle,
        Duration readBack,
        int retries,
        Duration backoff,
        Duration backoffMax,
        Duration poll,
        Duration pollAfterMove,
        Duration afterMove,
        Duration pollMax,
        Duration late) {
    /** Checks relations. Messages name the key. */
    public BoxTiming {
        positive("connect", connect);
        positive("first-byte", firstByte);
        positive("quiet", quiet);
        positive("read-back", readBack);
        positive("poll", poll);
        positive("poll-after-move", pollAfterMove);
        if (retries < 0 || retries > 10) {
            throw new IllegalArgumentException("timing.retries: " + retries + " is none of 0 to 10");
        }
        atLeast("answer", answer, "first-byte", firstByte);
        atLeast("backoff-max", backoffMax, "backoff", backoff);
        atLeast("poll-max", pollMax, "poll", poll);
        atLeast("late", late, "first-byte", firstByte);
        for (Duration each : new Duration[] {gap, settle, backoff, afterMove}) {
            if (each.isNegative()) {
                throw new IllegalArgumentException("timing: " + each + " is negative");
            }
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("timing." + key + ": " + value + " is not above zero");
        }
    }

    private static void atLeast(String key, Duration value, String lessKey, Duration less) {
        if (value.compareTo(less) < 0) {
            throw new IllegalArgumentException("timing." + key + ": " + value + " is below timing." + lessKey);
        }
    }
}
