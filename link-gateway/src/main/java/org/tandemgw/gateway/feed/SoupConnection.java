package org.tandemgw.gateway.feed;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;

/** One SoupBinTCP connection: packets in, packets out. What a login gets is decided by the {@link LoginDesk}. */
final class SoupConnection extends FeedConnection implements SoupDecoder.Sink {
    private final LoginDesk login;
    private final FeedDesk desk;
    private final RecordEncoder encoder;
    private final SoupDecoder decoder = new SoupDecoder(SoupPackets.MAX_CLIENT_LENGTH);

    /** @param encoder shared by the connections of this thread */
    SoupConnection(SocketChannel channel, LoginDesk login, FeedDesk desk, RecordEncoder encoder, byte[] scratch) {
        super(channel, desk, scratch);
        this.login = login;
        this.desk = desk;
        this.encoder = encoder;
    }

    @Override
    void heard(byte[] bytes, int offset, int length) {
        if (!decoder.accept(bytes, offset, length, this) && decoder.badLength() >= 0) {
            badPacket("a length of " + decoder.badLength());
        }
    }

    @Override
    public boolean packet(byte type, byte[] bytes, int offset, int length) {
        if (state() == State.WAITING) {
            beforeLogin(type, bytes, offset, length);
        } else {
            inSession(type, bytes, offset, length);
        }
        return isOpen();
    }

    private void beforeLogin(byte type, byte[] bytes, int offset, int length) {
        switch (type) {
            case SoupPackets.LOGIN -> login(LoginRequest.parse(bytes, offset, length));
            case SoupPackets.CLIENT_HEARTBEAT, SoupPackets.DEBUG -> {}
            case SoupPackets.LOGOUT -> close("logout");
            default -> badPacket("a packet of type " + (type & 0xff) + " before the login");
        }
    }

    private void inSession(byte type, byte[] bytes, int offset, int length) {
        alive();
        switch (type) {
            case SoupPackets.CLIENT_HEARTBEAT, SoupPackets.DEBUG -> {}
            case SoupPackets.LOGOUT -> close("logout");
            case SoupPackets.UNSEQUENCED -> // of a recovery session nobody keeps count, as for an observer
                login.report(
                        granted(),
                        HaveReport.parse(bytes, offset, length),
                        session() == null ? granted().start() - 1 : session().handedOver());
            default -> badPacket("a packet of type " + (type & 0xff));
        }
    }

    private void login(LoginRequest request) {
        if (request == null) {
            badPacket("a login of fewer than " + SoupPackets.LOGIN_PAYLOAD + " bytes");
            return;
        }
        final LoginDesk.Outcome outcome = login.login(this, request);
        if (outcome.granted() == null) {
            refuse("refused", LINGER_NS);
            channel().write(Unpooled.wrappedBuffer(SoupPackets.debug(outcome.text())));
            lastWords(SoupPackets.rejected(outcome.code()));
            return;
        }
        if (!outcome.text().isEmpty()) {
            channel().write(Unpooled.wrappedBuffer(SoupPackets.debug(outcome.text())));
        }
        loggedIn(outcome.granted());
    }

    @Override
    void welcome() {
        channel()
                .writeAndFlush(Unpooled.wrappedBuffer(
                        SoupPackets.accepted(granted().session(), granted().start())));
    }

    @Override
    SessionForm form() {
        return new SoupForm(
                encoder,
                granted().observer() ? null : granted().feed(),
                granted().start());
    }

    /** A recovery session is at its end: its records are on their way, and this is the last packet. */
    @Override
    void broken(long sequence) {
        session().close();
        channel()
                .writeAndFlush(Unpooled.wrappedBuffer(SoupPackets.empty(SoupPackets.END_OF_SESSION)))
                .addListener((ChannelFutureListener) written -> {
                    if (written.isSuccess() && isOpen()) {
                        refuse("its recovery session is over", LINGER_NS);
                        channel().shutdownOutput();
                    }
                });
    }

    @Override
    long silenceMs() {
        return desk.limits().silenceMs();
    }

    @Override
    byte[] lastWordsOnLoss(String text) {
        return SoupPackets.debug(text);
    }

    private void badPacket(String what) {
        desk.badPacket(granted());
        close(what);
    }
}
