package org.tandemgw.gateway.feed;

import io.netty.channel.socket.SocketChannel;
import java.util.List;
import org.tandemgw.gateway.journal.LinkJournal;
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
        super(settings, journals, clock, events);
        this.login = new LoginDesk(desk());
    }

    @Override
    FeedConnection connection(SocketChannel channel, byte[] scratch) {
        return new SoupConnection(channel, login, desk(), encoder, scratch);
    }

    @Override
    public String kind() {
        return "soupbintcp";
    }
}
