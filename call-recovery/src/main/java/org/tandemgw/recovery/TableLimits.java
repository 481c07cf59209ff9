package org.tandemgw.recovery;

/**
 * How much a {@link CallTable} holds.
 *
 * @param calls calls; another one gives way to one more
 * @param legs legs of all calls; a call gives way to one more
 * @param agents agents, with four times as many places in queues; more are not kept
 * @param cells cells of 32 bytes for names and lives; without one, what it is for is not kept
 */
public record TableLimits(int calls, int legs, int agents, int cells) {
    /** Rows and cells have numbers of 24 bits. */
    private static final int MOST_CELLS = RowIndex.MOST_ROWS;

    /** As DESIGN asks: a million calls. */
    public static final TableLimits MILLION = ofCalls(1_000_000);

    public TableLimits {
        if (calls < 2
                || legs < calls
                || agents < 1
                || cells < 64
                || cells > MOST_CELLS
                || legs > MOST_CELLS
                || agents > MOST_CELLS) {
            throw new IllegalArgumentException("limits of the call table: " + calls + " calls, " + legs + " legs, "
                    + agents + " agents, " + cells + " cells");
        }
    }

    /** What usually goes with so many calls. */
    public static TableLimits ofCalls(int calls) {
        return new TableLimits(calls, (int) Math.min(MOST_CELLS, calls * 4L), 100_000, (int)
                Math.min(MOST_CELLS, 65_536 + calls * 16L));
    }
}
