package org.tandemgw.gateway.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.util.Random;
import org.tandemgw.gateway.config.SipTarget;
import org.tandemgw.gateway.health.Sight;

/** OPTIONS over UDP or TCP. */
final class SipLooker implements Looker {
    private final HostNames names;
    private final SipTarget target;
    private final Random random;
    private SipOptions asked;

    SipLooker(HostNames names, SipTarget target, Random random) {
        this.names = names;
        this.target = target;
        this.random = random;
    }

    @Override
    public void look(Attempt attempt) {
        names.find(target.address().host(), attempt, host -> {
            if (target.tcp()) {
                TcpDial.connect(
                        attempt, host, target.address().port(), new Stream(attempt), channel -> channel.writeAndFlush(
                                        Unpooled.wrappedBuffer(question((InetSocketAddress) channel.localAddress())))
                                .addListener(written -> {
                                    if (!written.isSuccess()) {
                                        attempt.failed(written.cause());
                                    }
                                }));
            } else {
                UdpAsk.ask(
                        attempt,
                        host,
                        target.address().port(),
                        this::question,
                        bytes -> heard(attempt, SipAnswer.parse(bytes, bytes.length)));
            }
        });
    }

    private byte[] question(InetSocketAddress from) {
        asked = new SipOptions(target, from, random);
        return asked.bytes();
    }

    private void heard(Attempt attempt, SipAnswer answer) {
        if (answer == null || !asked.isAnsweredBy(answer)) {
            return;
        }
        if (answer.isFinal()) {
            attempt.over(answer.sight(), answer.inWords());
        } else {
            attempt.meanwhile(answer.inWords());
        }
    }

    /** What comes on the connection: heads of messages, one after another; bodies of answers to OPTIONS are not waited for. */
    private final class Stream extends SimpleChannelInboundHandler<ByteBuf> {
        private static final int MOST_BYTES = 16 << 10;

        private final Attempt attempt;
        private final byte[] kept = new byte[MOST_BYTES];
        private int length;

        private Stream(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            final int more = Math.min(bytes.readableBytes(), MOST_BYTES - length);
            bytes.readBytes(kept, length, more);
            length += more;
            for (int end = endOfHead(); end > 0 && !attempt.isOver(); end = endOfHead()) {
                final SipAnswer answer = SipAnswer.parse(kept, end);
                if (answer == null) {
                    attempt.over(Sight.WRONG, "answers, but not in SIP");
                    return;
                }
                heard(attempt, answer);
                System.arraycopy(kept, end, kept, 0, length - end);
                length -= end;
            }
            if (length == MOST_BYTES) {
                attempt.over(Sight.WRONG, "answers, but not in SIP: " + MOST_BYTES + " bytes without an end");
            }
        }

        /** Behind the first empty line; 0 if there is none. */
        private int endOfHead() {
            for (int i = 3; i < length; i++) {
                if (kept[i] == '\n' && kept[i - 1] == '\r' && kept[i - 2] == '\n' && kept[i - 3] == '\r') {
                    return i + 1;
                }
            }
            return 0;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            attempt.over(Sight.RESET, "closed the connection without an answer");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            attempt.failed(cause);
        }
    }
}
