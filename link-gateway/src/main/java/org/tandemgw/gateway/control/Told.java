package org.tandemgw.gateway.control;

/** What every answer to an operator says. */
public interface Told {
    /** True if it was carried out. */
    boolean ok();

    /** One sentence: what was done, or why not. */
    String message();

    /** What to do instead, where something can be done; else null. */
    String remedy();
}
