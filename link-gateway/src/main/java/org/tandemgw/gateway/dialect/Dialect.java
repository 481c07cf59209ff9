package org.tandemgw.gateway.dialect;

import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** One family of dialects, as one ACD speaks it: how it is cut, told apart and identified, and how a session begins. One class per family. */
public interface Dialect {
    /** The same as leg 1 or 2 speaks it, where something is kept for each leg. */
    default Dialect leg(int number) {
        return this;
    }

    /** A decoder for one leg. */
    LinkFrameDecoder decoder(FrameSink sink);

    /** Tells the frames of one leg apart. */
    LegFrames legFrames();

    /** What makes two frames the same; one for both legs and for what is read back from the journal, since one thread uses it. */
    FrameIdentity identity();

    /**
     * How a session begins on a leg.
     *
     * @param user the name to log in with, as bytes of ISO 8859-1; empty if the leg has none
     * @param secret the secret in the same form
     */
    LegSession.Plan session(String user, String secret);

    /** How servers are served as if we were this ACD; null if nobody has written that yet. */
    default NativeService service() {
        return null;
    }
}
