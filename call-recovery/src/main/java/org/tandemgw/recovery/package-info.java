/**
 * The table of the calls in flight and the plan for their recovery. Pure: no I/O, no clock, no sibling module.
 *
 * <p>Nothing lives here yet: the dialects of this version are opaque and say nothing of calls.
 */
package org.tandemgw.recovery;
