package org.tandemgw.abswitch;

import java.time.Duration;
import java.time.Instant;

/**
 * One command for one card and what came of it: for the audit. Passwords are masked in all of it.
 *
 * @param order that it was sent for: who, why, epoch
 * @param card which card
 * @param attempt 1 for the first command to this card within the order
 * @param path over which it went
 * @param at when it was sent, by the wall clock
 * @param sent the frame, masked, printable
 * @param sentWhole whether the last byte is known to have left us
 * @param reply what came back, masked, printable; empty if nothing did
 * @param parsed what the profile makes of the reply
 * @param readBack what the queries afterwards proved, or null if nothing
 * @param replied how long until the reply was over or given up
 * @param took how long in all, with the read-back
 */
public record CommandRecord(
        SelectOrder order,
        int card,
        int attempt,
        String path,
        Instant at,
        String sent,
        boolean sentWhole,
        String reply,
        String parsed,
        String readBack,
        Duration replied,
        Duration took) {}
