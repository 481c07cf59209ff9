package org.tandemgw.gateway.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.tandemgw.gateway.health.Sight;

/** The answer to one GET: whole, or as much of it as is wanted. */
final class HttpAnswer extends SimpleChannelInboundHandler<HttpObject> {
    /** An answer that is longer than this is not read to its end: its status counts. */
    static final int BODY_BYTES = 16 << 10;

    private static final int FINAL = 200;

    private final Attempt attempt;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    private int status;
    private String phrase;
    private Told headers = Told.NOTHING;

    HttpAnswer(Attempt attempt) {
        this.attempt = attempt;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (attempt.isOver()) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            attempt.over(
                    Sight.WRONG,
                    "answers, but not in HTTP: " + part.decoderResult().cause().getMessage());
            return;
        }
        if (part instanceof HttpResponse response) {
            begins(response);
        }
        if (part instanceof HttpContent content && status >= FINAL) {
            take(content.content());
            if (part instanceof LastHttpContent || body.size() >= BODY_BYTES) {
                over();
            }
        }
    }

    private void begins(HttpResponse response) {
        status = response.status().code();
        phrase = "status " + status + " " + response.status().reasonPhrase();
        headers = new Told(
                response.headers().get("Tandem-Identity"), response.headers().get("Tandem-Release"));
        if (status >= FINAL) {
            attempt.meanwhile(phrase);
        }
    }

    private void take(ByteBuf bytes) {
        final byte[] some = new byte[Math.min(bytes.readableBytes(), BODY_BYTES - body.size())];
        bytes.readBytes(some);
        body.writeBytes(some);
    }

    private void over() {
        attempt.over(
                HttpLooker.sight(status), phrase, headers.or(Told.fromJson(body.toString(StandardCharsets.UTF_8))));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        attempt.over(
                Sight.RESET,
                status < FINAL
                        ? "closed the connection without an answer"
                        : phrase + ", and closed in the middle of it");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        attempt.failed(cause);
    }
}
