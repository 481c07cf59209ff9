package org.tandemgw.gateway.dialect.esl;

import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.frame.EslHead;

/** What belongs to one leg's session: everything but events. The body of an answer comes in pieces behind its header, and is counted along. */
final class EslLegFrames implements LegFrames {
    private final EslHead head = new EslHead();
    private long left;

    @Override
    public void sessionBegins() {
        left = 0;
    }

    @Override
    public boolean isLocal(byte[] buffer, int offset, int length, long atNs) {
        if (left > 0) {
            left = Math.max(0, left - length);
            return true;
        }
        final int headBytes = head.read(buffer, offset, length);
        if (head.kind() != EslHead.Kind.ANSWER) {
            return false;
        }
        left = Math.max(0, head.bodyBytes() - (length - headBytes));
        return true;
    }
}
