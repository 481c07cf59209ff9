package org.tandemgw.gateway.dialect.cdr;

import org.tandemgw.gateway.dialect.ContentIdentity;
import org.tandemgw.gateway.dialect.FrameIdentity;

/** The key of a record: its text, without what stands around it. Two calls may have equal lines; which is meant is decided by place. */
final class CdrIdentity implements FrameIdentity {
    private final ContentIdentity text;

    CdrIdentity(ContentIdentity text) {
        this.text = text;
    }

    @Override
    public void of(byte[] buffer, int offset, int length, long atNs) {
        final int from = CdrText.from(buffer, offset, offset + length);
        final int to = CdrText.to(buffer, from, offset + length);
        text.of(buffer, from, to - from, atNs);
    }

    @Override
    public long high() {
        return text.high();
    }

    @Override
    public long low() {
        return text.low();
    }
}
