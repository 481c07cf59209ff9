package org.tandemgw.gateway.probe;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.tandemgw.gateway.config.UrlAddress;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * GET, and a look at the status. Redirects are not followed. With https any certificate will do: a probe asks whether a service is well, tells it nothing that is secret, and a certificate that
 * ran out at midnight is no reason to move telephone calls.
 */
final class HttpLooker implements Looker {
    private static final int LINE_BYTES = 4_096;
    private static final int HEADER_BYTES = 16_384;
    private static final int CHUNK_BYTES = 8_192;

    private final HostNames names;
    private final URI url;
    private final HostPort address;
    private final SslContext tls;

    /**
     * For one URL.
     *
     * @param instead where to connect if that is not where the URL says; null: the URL's own
     */
    HttpLooker(HostNames names, String url, HostPort instead) {
        this.names = names;
        this.url = URI.create(url);
        address = instead != null ? instead : UrlAddress.of(url);
        tls = UrlAddress.isSecure(url) ? anyCertificate() : null;
    }

    private static SslContext anyCertificate() {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    @Override
    public void look(Attempt attempt) {
        names.find(
                address.host(),
                attempt,
                host -> TcpDial.connect(
                        attempt, host, address.port(), handlers(attempt), channel -> channel.writeAndFlush(request())
                                .addListener(written -> {
                                    if (!written.isSuccess()) {
                                        attempt.failed(written.cause());
                                    }
                                })));
    }

    private ChannelHandler handlers(Attempt attempt) {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                if (tls != null) {
                    final SslHandler handler = tls.newHandler(channel.alloc(), url.getHost(), address.port());
                    handler.setHandshakeTimeout(0, TimeUnit.MILLISECONDS); // the attempt has a limit
                    handler.setCloseNotifyFlushTimeoutMillis(0);
                    channel.pipeline().addLast(handler);
                }
                channel.pipeline()
                        .addLast(new HttpClientCodec(LINE_BYTES, HEADER_BYTES, CHUNK_BYTES))
                        .addLast(new HttpAnswer(attempt));
            }
        };
    }

    private FullHttpRequest request() {
        final String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        final String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        final FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path + query);
        request.headers()
                .set(HttpHeaderNames.HOST, url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort())
                .set(HttpHeaderNames.USER_AGENT, "Tandem")
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return request;
    }

    /** What a status means: 200 to 399 is well. */
    static Sight sight(int status) {
        return status >= 200 && status < 400 ? Sight.ANSWERED : Sight.WRONG;
    }
}
