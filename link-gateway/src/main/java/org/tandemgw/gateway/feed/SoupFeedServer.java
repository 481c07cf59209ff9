package org.tandemgw.gateway.feed;

import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.time.RecordClock;

/** Feeds over SoupBinTCP: one session for each ACD. */
public final class SoupFeedServer extends FeedServer {
    private final LoginDesk login;
    private final RecordEncoder encoder = new RecordEncoder();

    /**
     * Begins nothing yet.
     *
     * @param journals in the order of the file: a blank session means the first
     * @param events called on this server's thread
     */
    public SoupFeedServer(FeedSettings settings, List<LinkJournal> journals, RecordClock clock, FeedEvents events) {
        this(settings, journals, Map.of(), clock, events);
    }

    /**
     * The same, with recovery sessions.
     *
     * @param shelves where they are kept, by ACD
     */
    public SoupFeedServer(
            FeedSettings settings,
            List<LinkJournal> journals,
            Map<String, RecoveryShelf> shelves,
            RecordClock clock,
            FeedEvents events) {
        super(settings, journals, clock, events);
        this.login = new LoginDesk(desk(), new RecoveryDesk(desk(), shelves));
        for (int i = 0; i < journals.size(); i++) {
            final RecoveryShelf shelf = shelves.get(journals.get(i).acd());
            if (shelf != null) {
                shelf.onChange(waker(i));
            }
        }
    }

    @Override
    FeedConnection connection(SocketChannel channel, byte[] scratch) {
        return new SoupConnection(channel, login, desk(), encoder, scratch);
    }

    @Override
    void loginFollows() {
        login.follow();
    }

    @Override
    public String kind() {
        return "soupbintcp";
    }
}
