package org.tandemgw.gateway.intake;

import java.util.function.Function;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LocalFrames;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/**
 * What the intake needs to know of a dialect.
 *
 * @param decoders makes the decoder of a leg
 * @param local which frames stay out of the stream
 * @param identity what makes two frames the same; shared by both legs, since one thread uses it
 */
public record IntakeDialect(
        Function<FrameSink, LinkFrameDecoder> decoders, LocalFrames local, FrameIdentity identity) {}
