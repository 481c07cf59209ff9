package org.tandemgw.gateway.dialect.esl;

import java.util.List;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.frame.EslDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** FreeSWITCH's event socket, read from two sessions of one FreeSWITCH. */
public final class EslDialect implements Dialect {
    private final LinkFrameDecoder.Limits limits;
    private final String events;
    private final List<String> snapshot;
    private final long keepAliveEveryMs;
    private final EslIdentity identity;

    /**
     * The dialect of one ACD.
     *
     * @param seed of the keys; differs from process to process
     * @param events what is subscribed, as FreeSWITCH takes it
     * @param snapshot the lists to ask for after each login, in order
     * @param keepAliveEveryMs how often to say something that is answered; 0: never
     */
    public EslDialect(
            LinkFrameDecoder.Limits limits, long seed, String events, List<String> snapshot, long keepAliveEveryMs) {
        this.limits = limits;
        this.events = events;
        this.snapshot = List.copyOf(snapshot);
        this.keepAliveEveryMs = keepAliveEveryMs;
        this.identity = new EslIdentity(seed);
    }

    @Override
    public LinkFrameDecoder decoder(FrameSink sink) {
        return new EslDecoder(limits, sink);
    }

    @Override
    public LegFrames legFrames() {
        return new EslLegFrames();
    }

    @Override
    public FrameIdentity identity() {
        return identity;
    }

    @Override
    public LegSession.Plan session(String user, String secret) {
        final EslLogin login = new EslLogin(user, secret, events, snapshot, keepAliveEveryMs);
        return out -> new EslSession(login, out);
    }

    @Override
    public NativeService service() {
        return EslServedSession::new;
    }
}
