package org.tandemgw.gateway.feed;

import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.recovery.RecoveryRecords;

/** Records as sequenced packets, with the digest of what a server was sent. */
final class SoupForm implements SessionForm {
    private static final byte[] HEARTBEAT = SoupPackets.empty(SoupPackets.SERVER_HEARTBEAT);

    private final RecordEncoder encoder;
    private final ServerFeed feed;
    private final StreamDigest digest = new StreamDigest();

    /**
     * For a session that begins at {@code start}.
     *
     * @param encoder shared by the sessions of this thread: holds one batch, for the length of a call
     * @param feed whose digest it is; null for an observer
     */
    SoupForm(RecordEncoder encoder, ServerFeed feed, long start) {
        this.encoder = encoder;
        this.feed = feed;
        if (feed != null) {
            digest.begin(
                    start - 1,
                    start == 1 || (start - 1) % StreamDigest.BLOCK != 0
                            ? null
                            : feed.journal().digest(start - 1));
            publishDigest();
        }
    }

    @Override
    public void clear() {
        encoder.clear();
    }

    @Override
    public boolean isFull() {
        return encoder.isFull();
    }

    @Override
    public boolean add(JournalRecord record) {
        if (RecoveryRecords.isEnd(record)) {
            return false;
        }
        encoder.add(record);
        if (feed != null && digest.add(encoder.bodyCrc())) {
            if (digest.through() < 0) {
                digest.know(feed.journal().digest(record.sequence()));
            }
            publishDigest();
        }
        return true;
    }

    @Override
    public byte[] bytes() {
        return encoder.bytes();
    }

    @Override
    public int size() {
        return encoder.size();
    }

    @Override
    public byte[] heartbeat() {
        return HEARTBEAT;
    }

    private void publishDigest() {
        feed.digest(digest.through(), digest.hex());
    }
}
