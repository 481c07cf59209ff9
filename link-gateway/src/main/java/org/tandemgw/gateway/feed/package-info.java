/**
 * What carries a journal to the servers, over SoupBinTCP or as if we were the ACD (docs/feeds.md says it for the other side of the wire).
 *
 * <pre>
 *  socket ──► SoupConnection   ──► SoupDecoder ──► LoginRequest ──► LoginDesk ──┬─ refused
 *         └─► NativeConnection ──► dialect.NativeService ─────────► NativeDesk ─┤
 *             (Visitors: who is here, newest login wins)                        ▼ accepted, and seated by the FeedDesk
 *  LinkJournal ── its own JournalReader ──────► SessionForm ──────────────► FeedSession ──► socket
 *                                           (SoupForm, NativeForm)              │
 *                                            ServerFeed: cursor, counters, digest of one server and one ACD
 * </pre>
 *
 * Everything of one {@link org.tandemgw.gateway.feed.FeedServer} runs on its one thread, {@code feed-<server>}; a slow or hostile peer
 * costs its own socket buffer and the write mark, nothing else. {@link org.tandemgw.gateway.feed.SoupClient} is the other end of SoupBinTCP.
 */
package org.tandemgw.gateway.feed;
