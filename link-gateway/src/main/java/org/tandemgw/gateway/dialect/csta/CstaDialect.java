package org.tandemgw.gateway.dialect.csta;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** CSTA phase III in XML over TCP, read from two associations of one switching function. What the monitors are called is kept for each leg. */
public final class CstaDialect implements Dialect {
    /** How our application is called where a leg names no user. */
    private static final String APPLICATION = "tandem";

    /**
     * What a profile and a site say.
     *
     * @param switchFirst whether the ACD tells its status first; else we ask for an application session
     * @param protocol the version that is asked for
     * @param devices what is monitored
     * @param snapshot the lists that are asked for after each beginning
     * @param aliveEveryMs how often something keeps a session alive; 0: never
     */
    public record Settings(
            boolean switchFirst, String protocol, List<String> devices, List<String> snapshot, long aliveEveryMs) {
        /** Copies the lists. */
        public Settings {
            devices = List.copyOf(devices);
            snapshot = List.copyOf(snapshot);
        }
    }

    private final LinkFrameDecoder.Limits limits;
    private final Settings settings;
    private final CstaIdentity identity;
    private final CstaReferences references;
    private final List<CstaDialect> legs;

    /**
     * The dialect of one ACD.
     *
     * @param seed of the keys; differs from process to process
     */
    public CstaDialect(LinkFrameDecoder.Limits limits, long seed, Settings settings) {
        this.limits = limits;
        this.settings = settings;
        this.identity = new CstaIdentity(seed);
        this.references = new CstaReferences(settings.devices().size());
        this.legs = List.of(new CstaDialect(this), new CstaDialect(this));
    }

    private CstaDialect(CstaDialect whole) {
        limits = whole.limits;
        settings = whole.settings;
        identity = whole.identity;
        references = new CstaReferences(settings.devices().size());
        legs = List.of();
    }

    @Override
    public Dialect leg(int number) {
        return legs.get(number - 1);
    }

    @Override
    public LinkFrameDecoder decoder(FrameSink sink) {
        return new CstaDecoder(limits, references, sink);
    }

    @Override
    public LegFrames legFrames() {
        return new CstaLegFrames();
    }

    @Override
    public FrameIdentity identity() {
        return identity;
    }

    @Override
    public LegSession.Plan session(String user, String secret) {
        final CstaLogin login = new CstaLogin(
                settings.switchFirst(),
                user.isEmpty() ? APPLICATION : utf8(user),
                user.isEmpty() ? null : utf8(secret),
                settings.protocol(),
                settings.devices(),
                settings.snapshot(),
                settings.aliveEveryMs());
        return out -> new CstaSession(login, references, out);
    }

    @Override
    public NativeService service() {
        return client -> new CstaServedSession(client, settings);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
