package org.tandemgw.gateway.dialect.cdr;

import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.profiles.CdrRecords;

/** Of the records of one leg only dates can be its own: the one with which the ACD begins a connection, or none, or each, as the profile says. */
final class CdrLegFrames implements LegFrames {
    private final CdrDate date;
    private final CdrRecords.SessionDates which;
    private boolean first = true;

    CdrLegFrames(CdrDate date, CdrRecords.SessionDates which) {
        this.date = date;
        this.which = which;
    }

    @Override
    public void sessionBegins() {
        first = true;
    }

    @Override
    public boolean isLocal(byte[] buffer, int offset, int length, long atNs) {
        final boolean meant = which == CdrRecords.SessionDates.ALL || which == CdrRecords.SessionDates.FIRST && first;
        first = false;
        if (!meant) {
            return false;
        }
        final int from = CdrText.from(buffer, offset, offset + length);
        return date.is(buffer, from, CdrText.to(buffer, from, offset + length));
    }
}
