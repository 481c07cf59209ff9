package org.tandemgw.gateway.feed;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;

/** One ACD's feed in that ACD's own dialect: the server takes us for the ACD. */
public final class NativeFeedServer extends FeedServer {
    private final NativeDesk login;
    private final NativeService service;
    private final NativeService.Calls calls;
    private final NativeForm.Batch batch = new NativeForm.Batch();

    /**
     * Begins nothing yet.
     *
     * @param service how the dialect plays the ACD
     * @param calls who knows the calls of this ACD; null if nobody does
     * @param events called on this server's thread
     */
    public NativeFeedServer(
            FeedSettings settings,
            NativeSettings how,
            LinkJournal journal,
            NativeService service,
            NativeService.Calls calls,
            RecordClock clock,
            FeedEvents events) {
        super(settings, List.of(journal), clock, events);
        this.login = new NativeDesk(desk(), how);
        this.service = service;
        this.calls = calls;
        if (how.live()) {
            feeds().get(0).holdNothing();
        }
    }

    /** Such a client may be silent for hours: whether its machine is still there is the kernel's to find out. */
    @Override
    FeedConnection connection(SocketChannel channel, byte[] scratch) {
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        return new NativeConnection(channel, login, desk(), service, calls, batch, scratch);
    }

    @Override
    void loginFollows() {
        login.follow();
    }

    @Override
    public String kind() {
        return "native";
    }
}
