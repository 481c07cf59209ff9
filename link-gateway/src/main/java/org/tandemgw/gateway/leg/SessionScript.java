package org.tandemgw.gateway.leg;

import java.util.List;
import java.util.function.Consumer;

/**
 * What is said at the beginning of a session, and to keep it alive; from the ACD's profile.
 *
 * @param steps done in order before the session counts as ready
 * @param keepAlive sent when due; empty if nothing is to be sent
 * @param keepAliveEveryMs 0 if nothing is to be sent
 */
public record SessionScript(List<Step> steps, byte[] keepAlive, long keepAliveEveryMs) implements LegSession.Plan {
    /** Nothing is said. */
    public static final SessionScript SILENT = new SessionScript(List.of(), new byte[0], 0);

    /**
     * One step: send these bytes, or wait until those have come.
     *
     * @param send empty if this step waits
     * @param expect empty if this step sends
     * @param timeoutMs how long to wait
     */
    public record Step(byte[] send, byte[] expect, long timeoutMs) {}

    @Override
    public LegSession begin(Consumer<byte[]> out) {
        return new OpeningDialogue(this, out);
    }
}
