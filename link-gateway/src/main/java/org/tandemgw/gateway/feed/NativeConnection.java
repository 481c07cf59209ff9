package org.tandemgw.gateway.feed;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.recovery.CallTable;

/**
 * One connection of a server that takes us for the ACD. A break of the stream is shown by ending it in an orderly way once TCP has acknowledged everything
 * before the break; who then closes has seen it, and goes on behind it. Who closes earlier has perhaps not got it all, and is sent it again.
 */
final class NativeConnection extends FeedConnection implements NativeService.Client {
    /** A wrong login is answered after so long. */
    static final long SLOW_MS = 1_000;

    private static final long SHOWN_NS = 5_000_000_000L;

    private final NativeDesk login;
    private final FeedDesk desk;
    private final NativeService.Calls calls;
    private final NativeForm.Batch batch;
    private final NativeService.Conversation conversation;
    private long brokenAt;
    private boolean written;
    private boolean shown;

    /**
     * Says nothing yet.
     *
     * @param calls null: nobody keeps them
     * @param batch shared by the connections of this thread
     */
    NativeConnection(
            SocketChannel channel,
            NativeDesk login,
            FeedDesk desk,
            NativeService service,
            NativeService.Calls calls,
            NativeForm.Batch batch,
            byte[] scratch) {
        super(channel, desk, scratch);
        this.login = login;
        this.desk = desk;
        this.calls = calls;
        this.batch = batch;
        this.conversation = service.meet(this);
    }

    @Override
    void met() {
        conversation.begin();
    }

    @Override
    void heard(byte[] bytes, int offset, int length) {
        conversation.heard(bytes, offset, length);
        readOrNot();
    }

    @Override
    void drained() {
        goOn();
    }

    /** Who does not take answers is not asked what else he wants. */
    private void readOrNot() {
        channel().config().setAutoRead(!isOpen() || channel().isWritable() && conversation.listens());
    }

    @Override
    void tick(long nowNs) {
        super.tick(nowNs);
        showBreak(nowNs);
        goOn();
    }

    private void goOn() {
        if (isOpen()) {
            conversation.goOn();
            readOrNot();
        }
    }

    @Override
    void welcome() {
        conversation.welcome();
    }

    @Override
    SessionForm form() {
        return new NativeForm(batch, conversation);
    }

    /** A client may listen for ever without a word. */
    @Override
    long silenceMs() {
        return 0;
    }

    @Override
    byte[] lastWordsOnLoss(String text) {
        return new byte[0];
    }

    @Override
    void broken(long sequence) {
        brokenAt = sequence;
        refuse("the stream has a break at record " + sequence, Long.MAX_VALUE / 2);
        channel().config().setAutoRead(true);
        channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) done -> {
            written = done.isSuccess();
            showBreak(desk.nowNs());
        });
    }

    /** Once the other end's kernel has everything before it: an end that is seen proves nothing of what was still on its way. */
    private void showBreak(long nowNs) {
        if (!written || shown || state() != State.REFUSED) {
            return;
        }
        session().tick(nowNs);
        if (session().isAcknowledged() || granted().feed().isBlind()) {
            shown = true;
            linger(SHOWN_NS);
            channel().shutdownOutput();
        }
    }

    @Override
    void closedByPeer() {
        if (shown && state() == State.REFUSED && !granted().observer()) {
            granted().feed().passed(granted(), brokenAt);
        }
        super.closedByPeer();
    }

    // --- what the conversation may do ---

    @Override
    public String secret(String user) {
        return login.secret(user);
    }

    @Override
    public boolean asksForSecret() {
        return login.asksForSecret();
    }

    @Override
    public String server() {
        return login.server();
    }

    @Override
    public void proved(String user) {
        visits(user);
    }

    @Override
    public void logIn(String user) {
        final Granted granted = login.grant(this, user);
        if (granted == null) {
            close("what it should begin with was deleted while it logged in");
        } else {
            loggedIn(granted);
        }
    }

    @Override
    public void letIn() {
        logIn(login.server());
    }

    @Override
    public void refuse(String why, byte[] answer) {
        desk.refused(login.feed(), this, why);
        refuse("refused", TimeUnit.MILLISECONDS.toNanos(SLOW_MS) + LINGER_NS);
        channel().eventLoop().schedule(() -> lastWords(answer), SLOW_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void say(byte[] bytes) {
        if (session() == null) {
            channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
        } else {
            session().say(bytes);
        }
    }

    @Override
    public boolean takesMore() {
        return isOpen() && channel().isWritable();
    }

    @Override
    public void leave(byte[] last) {
        refuse("logoff", LINGER_NS);
        if (session() != null) {
            session().close(); // nothing comes behind the last words
        }
        lastWords(last);
    }

    @Override
    public void bad(String what) {
        desk.badPacket(granted());
        close(what);
    }

    @Override
    public void ignored() {
        if (granted() != null) {
            granted().feed().ignoredPacket();
        }
    }

    @Override
    public void denied(String action) {
        final String user = granted() == null ? visitor() : granted().user();
        if (user != null) {
            login.feed().deniedAction();
            desk.events()
                    .denied(
                            desk.settings().server(),
                            login.feed().journal().acd(),
                            user + " from "
                                    + channel().remoteAddress().getAddress().getHostAddress(),
                            action);
        }
    }

    @Override
    public long utcNs() {
        return desk.utcNs();
    }

    @Override
    public long acdNs() {
        return desk.utcNs() + (calls == null ? 0 : calls.acdAheadNs());
    }

    @Override
    public long nextFrameNs() {
        return granted() == null ? desk.utcNs() : login.nextFrameNs(granted().start());
    }

    @Override
    public long nowNs() {
        return desk.nowNs();
    }

    @Override
    public void ask(Function<CallTable, byte[]> question, Consumer<byte[]> answer) {
        new TableQuestion(this, calls, question, answer).ask();
    }

    /** What the table said, or null. */
    void answer(Consumer<byte[]> to, byte[] told) {
        if (isOpen()) {
            to.accept(told);
            goOn();
        }
    }
}
