/**
 * The durable stream of one ACD, and the only package that sees Chronicle Queue (docs/adr/0003-chronicle-queue.md).
 *
 * <pre>
 *  intake ─► LinkJournal ─► RecordAppender ─► roll files ◄─ QueueCursor ◄─ JournalReader ◄─ feeds, calls, intervals
 *                │            │        │          ▲              ▲
 *                │        DigestChain  │       GroupSync    SequenceIndex: from a sequence to its file and slot
 *                │            ▼        └─ RecordCodec: the layout on disk
 *                │        DigestFile
 *                └─ at the start: QueueEnd, JournalTail: where what a former process left ends
 *
 *  journal ls, cat, verify ─► JournalFiles, StoredJournal: the same files, read only
 * </pre>
 */
package org.tandemgw.gateway.journal;
