/**
 * The durable stream of one ACD, and the only package that sees Chronicle Queue (docs/adr/0003-chronicle-queue.md).
 *
 * <pre>
 *  intake ─► LinkJournal ─► RecordAppender ─► roll files ◄─ RecordWalk ◄─ QueueCursor ◄─ JournalReader ◄─ feeds, calls, intervals
 *                │            │        │       ▲      │                        ▲
 *                │        DigestChain  │   GroupSync  └─► Sealer            SequenceIndex, RollFileMap: from a sequence to
 *                │            ▼        └─ RecordCodec: the layout on disk   its file, and to its place in it
 *                │        DigestFile
 *                └─ at the start: FilesAtStart: what Chronicle may go on with; QueueEnd, JournalTail: where it all ends
 *
 *  journal ls, cat, verify ─► JournalFiles, StoredJournal, JournalVerification: the same files, read only
 * </pre>
 *
 * <p>Chronicle writes; all reading is by our own checksums (docs/adr/0008-damaged-journals.md).
 */
package org.tandemgw.gateway.journal;
