package org.tandemgw.gateway.dialect.ami;

import java.util.List;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.frame.AmiDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** The Asterisk Manager Interface, read from two sessions of one Asterisk. */
public final class AmiDialect implements Dialect {
    private final LinkFrameDecoder.Limits limits;
    private final boolean md5;
    private final String events;
    private final List<String> snapshot;
    private final long pingEveryMs;
    private final String ids;
    private final AmiIdentity identity;
    /** How the ACD greeted last: we greet servers alike. Empty until it has. */
    private volatile String banner = "";

    /**
     * The dialect of one ACD.
     *
     * @param seed differs from process to process: of the keys, and of the ActionIDs
     * @param md5 whether the secret is proved and not sent
     * @param events the classes of events that are wanted, as the ACD writes them
     * @param snapshot the lists to ask for after each login, in order
     * @param pingEveryMs how often to say Ping; 0: never
     */
    public AmiDialect(
            LinkFrameDecoder.Limits limits,
            long seed,
            boolean md5,
            String events,
            List<String> snapshot,
            long pingEveryMs) {
        this.limits = limits;
        this.md5 = md5;
        this.events = events;
        this.snapshot = List.copyOf(snapshot);
        this.pingEveryMs = pingEveryMs;
        this.ids = String.format("tandem-%08x-", (int) (seed ^ seed >>> 32));
        this.identity = new AmiIdentity(seed);
    }

    @Override
    public LinkFrameDecoder decoder(FrameSink sink) {
        return new AmiDecoder(limits, sink);
    }

    @Override
    public LegFrames legFrames() {
        return new AmiLegFrames(AmiMessage.latin(ids), identity);
    }

    @Override
    public FrameIdentity identity() {
        return identity;
    }

    @Override
    public LegSession.Plan session(String user, String secret) {
        final AmiLogin login = new AmiLogin(user, secret, md5, events, snapshot, pingEveryMs, ids);
        return out -> new AmiSession(login, out, seen -> banner = seen);
    }

    @Override
    public NativeService service() {
        return new AmiService(() -> banner, identity::bootedAtNs);
    }
}
