package org.tandemgw.gateway.trunks;

import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.tandemgw.abswitch.Move;
import org.tandemgw.abswitch.Remembered;
import org.tandemgw.abswitch.SwitchMemory;
import org.tandemgw.gateway.controlfile.ControlState;

/**
 * The driver's memory, and with it the note that a command is about to leave: so that a run that is killed in the middle is known
 * to the next one. The switch's thread.
 */
final class OrderMemory implements SwitchMemory {
    private final TrunkMemories memories;
    private final String name;
    private final BiFunction<Long, Move, ControlState.OpenOrder> underWay;
    private final Consumer<ControlState.OpenOrder> sending;

    /**
     * For one switch.
     *
     * @param underWay the order of this epoch that this move belongs to; null if nobody knows it
     * @param sending told once that is durable, and before the first byte
     */
    OrderMemory(
            TrunkMemories memories,
            String name,
            BiFunction<Long, Move, ControlState.OpenOrder> underWay,
            Consumer<ControlState.OpenOrder> sending) {
        this.memories = memories;
        this.name = name;
        this.underWay = underWay;
        this.sending = sending;
    }

    @Override
    public Remembered load() {
        return memories.of(name).driver();
    }

    @Override
    public void store(Remembered remembered) throws IOException {
        final Move about = newest(load().moves(), remembered.moves());
        final ControlState.OpenOrder order = about == null ? null : underWay.apply(remembered.epoch(), about);
        memories.change(name, before -> {
            final TrunkMemory after = before.with(remembered);
            return order == null ? after : after.open(order);
        });
        if (order != null) {
            sending.accept(order);
        }
    }

    /** The move that was not there before; null: only the epoch is new. */
    private static Move newest(List<Move> before, List<Move> after) {
        final Move last = after.isEmpty() ? null : after.get(after.size() - 1);
        return last == null || !before.isEmpty() && last.equals(before.get(before.size() - 1)) ? null : last;
    }
}
