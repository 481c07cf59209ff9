/**
 * The table of the calls in flight and the plan for their recovery. Pure: no I/O, no clock, no thread, no sibling module.
 *
 * <p>{@link org.tandemgw.recovery.CallEvent} is what a decoder makes of a frame, free of the ACD's dialect.
 */
package org.tandemgw.recovery;
