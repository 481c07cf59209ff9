/**
 * What probes have seen, kept in files of a day each for {@code simulate --history}: every look that failed, was slow or came out of its rhythm by itself, rows of
 * answers as one line. Losing some of it loses a rehearsal and nothing else: no decision waits for it or reads it.
 */
package org.tandemgw.gateway.history;
