/**
 * What carries a journal to the servers, over SoupBinTCP (docs/feeds.md says it for the other side of the wire).
 *
 * <pre>
 *  socket ──► SoupConnection ──► SoupDecoder ──► LoginRequest ──► SoupLogin ──┬─ refused: debug, J, close
 *             (Visitors: who is here, newest login wins)                      │
 *                                                                             ▼ accepted
 *  LinkJournal ── its own JournalReader ──────────────────────────────► SoupSession ──► socket
 *                                                                             │
 *                                            ServerFeed: cursor, counters, digest of one server and one ACD
 * </pre>
 *
 * Everything of one {@link org.tandemgw.gateway.feed.SoupFeedServer} runs on its one thread, {@code feed-<server>}; a slow or hostile peer
 * costs its own socket buffer and the write mark, nothing else. {@link org.tandemgw.gateway.feed.SoupClient} is the other end of the wire.
 */
package org.tandemgw.gateway.feed;
