package org.tandemgw.gateway.dialect.csta;

import org.tandemgw.gateway.dialect.LegFrames;

/** Requests, answers and snapshots belong to one association; events belong to the stream. */
final class CstaLegFrames implements LegFrames {
    private final CstaHead head = new CstaHead();

    @Override
    public boolean isLocal(byte[] buffer, int offset, int length, long atNs) {
        return !head.over(buffer, offset, length).isEvent();
    }
}
