package org.tandemgw.gateway.trunks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.abswitch.Move;
import org.tandemgw.abswitch.Remembered;
import org.tandemgw.gateway.controlfile.ControlState;

/**
 * What the trunk switches must know after a restart, as it stands in the control file: the keeper collects it from here, and a
 * switch that stores something waits until it survives a power loss. Any thread.
 */
public final class TrunkMemories {
    /** More moves of one switch are not kept: the file is small, and only those of the last hour count. */
    static final int MOST_MOVES = 256;

    private static final Duration COUNTS = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(TrunkMemories.class);

    /** Writes the control file now; durable when it returns. */
    @FunctionalInterface
    public interface Writing {
        /**
         * Writes.
         *
         * @throws IOException if it could not be written
         */
        void writeNow() throws IOException;
    }

    private final Map<String, TrunkMemory> known = new TreeMap<>();
    private volatile Writing writing = () -> {
        throw new IOException("the control file is not open yet");
    };

    /**
     * Continues with what the last run left; an order that it had not ended was cut off. Moves that count no more go, also those of
     * switches that the file names no longer: else every renaming would leave some, until the control file is full.
     */
    public TrunkMemories(List<ControlState.Trunk> found, Instant now) {
        final Instant since = now.minus(COUNTS);
        found.forEach(trunk -> known.put(
                trunk.name(),
                new TrunkMemory(
                        new Remembered(
                                trunk.epoch(),
                                moves(trunk).stream()
                                        .filter(move -> move.at().isAfter(since))
                                        .toList()),
                        trunk.lost(),
                        null,
                        trunk.open())));
    }

    /** From now on this makes it durable. */
    public void writeWith(Writing keeper) {
        writing = keeper;
    }

    /**
     * Holds what is remembered of a switch against what the audit file says. What that knows and we do not is taken over, and the
     * switch is not moved before an operator has adopted what the box says.
     *
     * @param heard what the audit file says; null if nothing
     * @param forgotten whether this site has run before and has no memory of it
     */
    synchronized void compare(String name, AuditTail.Heard heard, boolean forgotten) {
        final TrunkMemory before = of(name);
        final long epoch = heard == null ? 0 : heard.epoch();
        if (!forgotten && epoch <= before.driver().epoch()) {
            return;
        }
        final List<Move> moves = heard == null ? before.driver().moves() : heard.moves();
        known.put(
                name,
                before.with(new Remembered(Math.max(epoch, before.driver().epoch()), moves))
                        .lost((forgotten
                                        ? "the control file, which knew what was ordered of it, is gone or damaged"
                                        : "the control file is older than the audit file")
                                + (epoch == 0
                                        ? "; the audit file knows of no command either"
                                        : "; by the audit file, epoch " + epoch + " was sent")));
    }

    /** What the control file has to hold: entries of switches that the file names no longer stay. */
    public synchronized List<ControlState.Trunk> state() {
        final List<ControlState.Trunk> all = new ArrayList<>();
        known.forEach((name, each) -> all.add(new ControlState.Trunk(
                name,
                each.driver().epoch(),
                text(each.driver().moves()),
                each.lost(),
                each.open() != null ? each.open() : each.cutOff())));
        return all;
    }

    /** The newest epoch that any switch was ever given; 0: none. */
    public synchronized long epoch() {
        return known.values().stream()
                .mapToLong(each -> each.driver().epoch())
                .max()
                .orElse(0);
    }

    /** The memory of one switch. */
    synchronized TrunkMemory of(String name) {
        return known.getOrDefault(name, TrunkMemory.NOTHING);
    }

    /**
     * Changes what is remembered of a switch; durable when it returns.
     *
     * @throws IOException if it could not be written: then nothing has changed
     */
    void change(String name, UnaryOperator<TrunkMemory> change) throws IOException {
        final TrunkMemory before = put(name, change);
        try {
            writing.writeNow();
        } catch (IOException | RuntimeException e) {
            put(name, now -> before); // no command is sent, so this epoch was not used
            throw new IOException("the control file cannot be written: " + e.getMessage(), e);
        }
    }

    /** The same, where the world has changed already: what cannot be written now is written by the keeper later. */
    void note(String name, UnaryOperator<TrunkMemory> change) {
        if (put(name, change).equals(of(name))) {
            return;
        }
        try {
            writing.writeNow();
        } catch (IOException | RuntimeException e) {
            LOG.warn("switch {}: its memory is not in the control file yet: {}", name, e.getMessage());
        }
    }

    private synchronized TrunkMemory put(String name, UnaryOperator<TrunkMemory> change) {
        final TrunkMemory before = of(name);
        known.put(name, change.apply(before));
        return before;
    }

    static String text(List<Move> moves) {
        final StringBuilder text = new StringBuilder();
        for (final Move move : moves.subList(Math.max(0, moves.size() - MOST_MOVES), moves.size())) {
            text.append(text.length() == 0 ? "" : " ")
                    .append(move.at().toEpochMilli())
                    .append(':')
                    .append(move.card())
                    .append(':')
                    .append(move.position())
                    .append(move.automatic() ? ":a" : ":m");
        }
        return text.toString();
    }

    private static List<Move> moves(ControlState.Trunk trunk) {
        final List<Move> moves = new ArrayList<>();
        if (trunk.moves() == null || trunk.moves().isEmpty()) {
            return moves;
        }
        for (final String word : trunk.moves().split(" ")) {
            final String[] parts = word.split(":");
            try {
                moves.add(new Move(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])),
                        Integer.parseInt(parts[1]),
                        parts[2],
                        parts[3].equals("a")));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                LOG.warn("switch {}: a move in the control file cannot be read: {}", trunk.name(), word);
            }
        }
        return moves;
    }
}
