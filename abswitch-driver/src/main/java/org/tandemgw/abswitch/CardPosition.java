package org.tandemgw.abswitch;

import java.time.Instant;

/**
 * What is known of one card.
 *
 * @param card its number
 * @param position the last one that was read and could be believed: a name of the profile or {@link BoxRules#ABSENT}; null if none
 * @param readAt when that was, or null
 * @param movedWithoutUs whether it changed without a command of ours, and nobody has adopted that yet
 * @param lastOutcome of the last order that named it, or null
 */
public record CardPosition(
        int card, String position, Instant readAt, boolean movedWithoutUs, CardOutcome lastOutcome) {}
