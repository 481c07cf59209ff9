/**
 * Two legs that carry the same frames become one stream. Pure: no clock, no socket, no thread; the caller brings time and frames.
 *
 * <pre>
 *  leg 1 ─frame─► up:      claim its place in MergedList, or append ─┐
 *                 hunting: FrameBuffer ─► Aligner finds its place ───┼─► StreamSink
 *  leg 2 ─frame─► (the same) ────────────────────────────────────────┘
 * </pre>
 *
 * <p>A repeat is a repeat by place, never by value or time: docs/adr/0004-arbitration-by-place.md.
 */
package org.tandemgw.gateway.arbiter;
