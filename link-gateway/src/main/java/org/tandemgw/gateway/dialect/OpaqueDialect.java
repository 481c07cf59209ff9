package org.tandemgw.gateway.dialect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;
import org.tandemgw.gateway.leg.SessionScript;

/** Every dialect that a profile describes with a delimiter or a length, a few local beginnings and a script: nothing in a frame is understood. */
public final class OpaqueDialect implements Dialect {
    private final Function<FrameSink, LinkFrameDecoder> decoders;
    private final LegFrames local;
    private final FrameIdentity identity;
    private final SessionScript script;

    /**
     * A dialect of this family.
     *
     * @param decoders makes the decoder of a leg
     * @param local which frames stay out of the stream
     * @param script with {@code {user}} and {@code {secret}} to be filled in
     */
    public OpaqueDialect(
            Function<FrameSink, LinkFrameDecoder> decoders,
            LegFrames local,
            FrameIdentity identity,
            SessionScript script) {
        this.decoders = decoders;
        this.local = local;
        this.identity = identity;
        this.script = script;
    }

    @Override
    public LinkFrameDecoder decoder(FrameSink sink) {
        return decoders.apply(sink);
    }

    @Override
    public LegFrames legFrames() {
        return local;
    }

    @Override
    public FrameIdentity identity() {
        return identity;
    }

    @Override
    public LegSession.Plan session(String user, String secret) {
        if (user.isEmpty()) {
            return script;
        }
        final List<SessionScript.Step> steps = script.steps().stream()
                .map(step ->
                        new SessionScript.Step(filledIn(step.send(), user, secret), step.expect(), step.timeoutMs()))
                .toList();
        return new SessionScript(steps, script.keepAlive(), script.keepAliveEveryMs());
    }

    @Override
    public NativeService service() {
        return OpaqueServedSession::new;
    }

    private static byte[] filledIn(byte[] template, String user, String secret) {
        return new String(template, StandardCharsets.ISO_8859_1)
                .replace("{user}", user)
                .replace("{secret}", secret)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
