/**
 * The table of the calls in flight and the plan for their recovery. Pure: no I/O, no clock, no thread, no sibling module.
 *
 * <pre>
 *  frames ─► decoder ─► CallEvent ─► CallTable
 *            (knows its             ├─ CallFolding ─► Calls ──► CallRows, LegRows ─┐
 *             dialect, remembers    │   which call,    begin,    words of a row    ├─► KeyedRows ─► RowIndex ─► Slab
 *             nothing)              │   which leg      end, move                   │    rows by id   by hash     rows of longs
 *                                   ├─ Agents ─────────────────► AgentRows ────────┘
 *                                   ├─ Lists    what an ACD's list means           Texts, Lives: names and sequences
 *                                   └─ Turns    what is sure                       in cells of 32 bytes
 *                                        │
 *            CallView, AgentView ◄───────┴──► TableSnapshot ─► blocks with checksums, and back
 * </pre>
 *
 * What changes is told to {@link org.tandemgw.recovery.SegmentWatcher}, and counted in {@link org.tandemgw.recovery.IntervalBook}:
 *
 * <pre>
 *  CallTable ─ touches ─► Faces ── what differs ──► Postings ──► Accounts: queue, agent, trunks, whole
 *      └─ switchover, gap, list ─► IntervalBook ── cuts ──────────────┘ ──► IntervalPart ─► PartWatcher
 * </pre>
 *
 * Read {@link org.tandemgw.recovery.CallEventKind} first, then {@link org.tandemgw.recovery.CallTable}, then {@code CallFolding}.
 * Why it is like this: docs/adr/0023-the-call-table.md, docs/adr/0030-intervals-and-call-records.md.
 */
package org.tandemgw.recovery;
