package org.tandemgw.gateway.trunks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.abswitch.Move;
import org.tandemgw.abswitch.Remembered;
import org.tandemgw.abswitch.SwitchMemory;
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

    private final Map<String, Remembered> known = new TreeMap<>();
    private volatile Writing writing = () -> {
        throw new IOException("the control file is not open yet");
    };

    /**
     * Continues with what the last run left. Moves that count no more go, also those of switches that the file names no longer: else
     * every renaming would leave some, until the control file is full.
     */
    public TrunkMemories(List<ControlState.Trunk> found, Instant now) {
        final Instant since = now.minus(COUNTS);
        found.forEach(trunk -> known.put(
                trunk.name(),
                new Remembered(
                        trunk.epoch(),
                        moves(trunk).stream()
                                .filter(move -> move.at().isAfter(since))
                                .toList())));
    }

    /** From now on this makes it durable. */
    public void writeWith(Writing keeper) {
        writing = keeper;
    }

    /** What the control file has to hold: entries of switches that the file names no longer stay. */
    public synchronized List<ControlState.Trunk> state() {
        final List<ControlState.Trunk> all = new ArrayList<>();
        known.forEach((name, remembered) ->
                all.add(new ControlState.Trunk(name, remembered.epoch(), text(remembered.moves()))));
        return all;
    }

    /** The newest epoch that any switch was ever given; 0: none. */
    public synchronized long epoch() {
        return known.values().stream().mapToLong(Remembered::epoch).max().orElse(0);
    }

    /** The memory of one switch. */
    SwitchMemory of(String name) {
        return new SwitchMemory() {
            @Override
            public Remembered load() {
                return get(name);
            }

            @Override
            public void store(Remembered remembered) throws IOException {
                final Remembered before = put(name, remembered);
                try {
                    writing.writeNow();
                } catch (IOException | RuntimeException e) {
                    put(name, before); // no command is sent, so this epoch was not used
                    throw new IOException("the control file cannot be written: " + e.getMessage(), e);
                }
            }
        };
    }

    private synchronized Remembered get(String name) {
        return known.getOrDefault(name, Remembered.nothing());
    }

    private synchronized Remembered put(String name, Remembered remembered) {
        final Remembered before = known.getOrDefault(name, Remembered.nothing());
        known.put(name, remembered);
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
