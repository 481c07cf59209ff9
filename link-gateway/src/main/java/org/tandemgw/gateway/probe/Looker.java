package org.tandemgw.gateway.probe;

/** One way to look. Used on the loop only; one look at a time. */
interface Looker {
    /** Begins a look, which ends the attempt now or later, on the loop. Never blocks. */
    void look(Attempt attempt);

    /** Lets go of what is kept between looks. */
    default void close() {
        // Most keep nothing.
    }
}
