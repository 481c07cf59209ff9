package org.tandemgw.gateway.dialect.cdr;

import java.util.List;
import org.tandemgw.gateway.dialect.ContentIdentity;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.frame.CdrDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;
import org.tandemgw.gateway.leg.SessionScript;
import org.tandemgw.profiles.CdrRecords;

/** Call details of one Avaya Communication Manager, read from its two outputs. The ACD dials in, and nothing is ever said to it. */
public final class CdrDialect implements Dialect {
    private final LinkFrameDecoder.Limits limits;
    private final CdrRecords records;
    private final CdrDate date;
    private final CdrIdentity identity;

    /**
     * The dialect of one ACD.
     *
     * @param seed of the keys; differs from process to process
     */
    public CdrDialect(LinkFrameDecoder.Limits limits, CdrRecords records, long seed) {
        this.limits = limits;
        this.records = records;
        this.date = new CdrDate(records);
        this.identity = new CdrIdentity(new ContentIdentity(seed, skipped(records)));
    }

    private static List<ContentIdentity.Skip> skipped(CdrRecords records) {
        return records.items().stream()
                .filter(item -> records.notCompared().contains(item.name()))
                .map(item -> new ContentIdentity.Skip(item.from(), item.width()))
                .toList();
    }

    @Override
    public LinkFrameDecoder decoder(FrameSink sink) {
        return new CdrDecoder(records.innerLineFeeds(), limits, sink);
    }

    @Override
    public LegFrames legFrames() {
        return new CdrLegFrames(date, records.sessionDates());
    }

    @Override
    public FrameIdentity identity() {
        return identity;
    }

    @Override
    public LegSession.Plan session(String user, String secret) {
        return SessionScript.SILENT;
    }

    @Override
    public NativeService service() {
        return client -> new CdrServedSession(client, date, records.timeZone());
    }
}
