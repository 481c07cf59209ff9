package org.tandemgw.recovery;

/** One agent in one queue, as the table has him. A cursor: valid while the table walks, on the table's thread. */
public final class AgentView {
    private final AgentRows rows;
    private final Texts texts;
    private final Turns turns;
    private int agent;
    private int place;

    AgentView(AgentRows rows, Texts texts, Turns turns) {
        this.rows = rows;
        this.texts = texts;
        this.turns = turns;
    }

    AgentView on(int agentRow, int placeRow) {
        agent = agentRow;
        place = placeRow;
        return this;
    }

    public String agent() {
        return rows.ids.id(agent);
    }

    /** Empty if he is logged on without one. */
    public String queue() {
        return texts.string(rows.queue(place));
    }

    public AgentState state() {
        return rows.state(place);
    }

    public long sinceNs() {
        return rows.sinceNs(place);
    }

    /** Why, where it was told: the reason of a pause. */
    public String cause() {
        return texts.string(rows.cause(place));
    }

    /** False if frames may have been missed since this was told. */
    public boolean sure() {
        return !turns.unsure(rows.stamp(place));
    }
}
