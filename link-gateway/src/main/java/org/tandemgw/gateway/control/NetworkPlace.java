package org.tandemgw.gateway.control;

import java.time.Instant;

/**
 * A place that the section {@code network} of the file names, as it was found last.
 *
 * @param host as the file has it
 * @param what it is there for: {@code gateway}, {@code net-test of cms-east}
 * @param reached whether anything answered
 * @param said what was found, in a few words; null: nothing to add
 * @param at when; null: nobody has looked yet
 */
public record NetworkPlace(String host, String what, boolean reached, String said, Instant at) {}
