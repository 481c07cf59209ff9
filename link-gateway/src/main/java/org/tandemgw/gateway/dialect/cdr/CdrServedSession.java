package org.tandemgw.gateway.dialect.cdr;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.tandemgw.gateway.dialect.NativeService;

/**
 * A collector of call details: it gets the records as they came and does not answer. Where the profile names the ACD's time zone, the date comes first,
 * as from the ACD; of records that waited for him it is theirs.
 */
final class CdrServedSession implements NativeService.Conversation {
    private final NativeService.Client client;
    private final CdrDate date;
    private final Optional<ZoneId> zone;

    CdrServedSession(NativeService.Client client, CdrDate date, Optional<ZoneId> zone) {
        this.client = client;
        this.date = date;
        this.zone = zone;
    }

    @Override
    public void begin() {
        client.letIn();
    }

    @Override
    public void heard(byte[] bytes, int offset, int length) {
        client.ignored();
    }

    /** The date of the record that comes next: it may be one of yesterday. */
    @Override
    public void welcome() {
        zone.ifPresent(where ->
                client.say(date.of(LocalDate.ofInstant(Instant.ofEpochSecond(0, client.nextFrameNs()), where))));
    }

    @Override
    public boolean wants(byte[] frame, int offset, int length) {
        return true;
    }

    @Override
    public boolean listens() {
        return true;
    }

    @Override
    public void goOn() {
        // Nothing is ever put off.
    }
}
