package org.tandemgw.abswitch;

import java.time.Duration;

/**
 * One card of a {@link Selected}.
 *
 * @param card its number
 * @param outcome what became of it
 * @param positionRead what the box said last and what could be believed, or null
 * @param commanded whether a command for it may have reached the box
 * @param detail one sentence for people; begins with {@code OVERRIDDEN_OR_STUCK} where the box took commands and did not move, and ends
 *     with {@code no command was sent}, or when one was, where the outcome is {@link CardOutcome#UNKNOWN}
 * @param took how long this card took
 */
public record CardResult(
        int card, CardOutcome outcome, String positionRead, boolean commanded, String detail, Duration took) {}
