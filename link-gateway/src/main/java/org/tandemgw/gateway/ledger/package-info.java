/**
 * The account of each switchover: what became of every call that was in flight as it began.
 *
 * <pre>
 *  mark commence ─► LedgerDraft ──► decision over ─► LedgerClosing ──► the ACD's list ─► LedgerComparing
 *  calls-&lt;acd&gt;     what there is     ledger            what was cut      ledger             what was still there
 *                        └─────────────────────┴── LedgerWriting ─────────────┘
 *                                                       ▼
 *                             data/ledger/&lt;epoch&gt;-&lt;acd&gt;.jsonl ─► LedgerShelf ─► LedgerPage ─► why
 * </pre>
 */
package org.tandemgw.gateway.ledger;
