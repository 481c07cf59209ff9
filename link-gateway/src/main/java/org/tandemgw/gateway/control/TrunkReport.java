package org.tandemgw.gateway.control;

import java.time.Instant;
import java.util.List;

/**
 * What there is to say of one trunk switch: as it stands, or what became of an order. Component names are the JSON keys (one
 * trailing underscore is left out).
 *
 * @param ok true if it was carried out, all of it
 * @param order the number of an order that takes time; null for everything else
 * @param done false while the order is under way: ask again
 * @param action {@code show}, {@code query}, {@code select} or {@code adopt}
 * @param overall of a select: OK, PARTIAL, FAILED, UNKNOWN or REFUSED, which means that nothing was sent; else null
 * @param epoch of a select that sent something; else the newest that this switch has seen
 * @param wanted the position that was ordered; null for everything but a select
 * @param position where all cards are; {@code mixed} or {@code unknown} if that is no one position
 * @param reach in a word, and in a sentence
 * @param path over which the box was asked last; null if it never was
 * @param tookMs from the moment its turn came; null while it is under way
 * @param ownShareMs how much of that was neither the box, nor its line, nor a pause that the profile asks for
 * @param progress of an order: one line per command that is over
 * @param wire what was sent and what came back, the password masked, the oldest first
 */
public record TrunkReport(
        boolean ok,
        String message,
        String remedy,
        Long order,
        boolean done,
        String action,
        String switch_,
        String overall,
        long epoch,
        String wanted,
        String position,
        String reach,
        String reachWhy,
        String path,
        List<Card> cards,
        Double tookMs,
        Double ownShareMs,
        List<String> progress,
        List<Exchange> wire)
        implements Told {

    /** Copies the lists. */
    public TrunkReport {
        cards = cards == null ? List.of() : List.copyOf(cards);
        progress = progress == null ? List.of() : List.copyOf(progress);
        wire = wire == null ? List.of() : List.copyOf(wire);
    }

    /** Nothing was done, because there is nothing of that name or the request cannot be understood. */
    public static TrunkReport refused(String action, String name, long epoch, String message, String remedy) {
        final String overall = action.equals("select") ? "REFUSED" : null;
        return new TrunkReport(
                false, message, remedy, null, true, action, name, overall, epoch, null, null, null, null, null, null,
                null, null, null, null);
    }

    /**
     * One card.
     *
     * @param position the last one that was read and could be believed; null if none
     * @param server the server that this position leads to; null if none
     * @param readAt when that was; null if never
     * @param movedWithoutUs true if it changed without an order, and nobody has adopted that
     * @param outcome of the order this report is about; null if it did nothing with this card, and for all but a select
     * @param lastOutcome of the last order that named it, whichever that was; null if there was none
     * @param detail one sentence; null if there is nothing to say
     * @param tookMs how long this card took; null if it was not ordered
     */
    public record Card(
            int card,
            String position,
            String server,
            Instant readAt,
            boolean movedWithoutUs,
            String outcome,
            String lastOutcome,
            String detail,
            Double tookMs) {}

    /**
     * One frame and its answer.
     *
     * @param sent with the password masked, as a profile writes it
     * @param received the same; empty if nothing came
     * @param matched which pattern of the profile fits, and what that says
     * @param end how the path ended meanwhile; null if it did not
     */
    public record Exchange(Instant at, String path, String sent, String received, String matched, String end) {}
}
