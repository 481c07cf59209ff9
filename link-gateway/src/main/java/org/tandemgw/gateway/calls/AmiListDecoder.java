package org.tandemgw.gateway.calls;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/**
 * What an item of an AMI list says about a call or an agent. A channel that is up and in a bridge talks, or is held: the list cannot tell. One that is up and in none is where
 * it was, for all that is said of it. An entry of a queue names no call, so the channels have to be listed first.
 */
final class AmiListDecoder {
    private static final byte[] UNKNOWN = "<unknown>".getBytes(StandardCharsets.US_ASCII);
    private static final int RING = 4;
    private static final int RINGING = 5;
    private static final int UP = 6;
    private static final int INVALID = 4;
    private static final int UNAVAILABLE = 5;

    private final AmiFields fields = new AmiFields();
    private final CallEvent event = new CallEvent();
    private final Consumer<CallEvent> out;

    AmiListDecoder(Consumer<CallEvent> out) {
        this.out = out;
    }

    void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        final AmiEventName name = fields.read(buffer, offset, length);
        if (name == AmiEventName.CORESHOWCHANNEL) {
            channel(sequence, arrivedNs);
        } else if (name == AmiEventName.QUEUEENTRY) {
            entry(sequence, arrivedNs);
        } else if (name == AmiEventName.QUEUEMEMBER) {
            member(sequence, arrivedNs);
        }
    }

    private void channel(long sequence, long arrivedNs) {
        if (!fields.has(AmiField.UNIQUEID) || !fields.has(AmiField.LINKEDID)) {
            return;
        }
        event.begin(channelState(), sequence, arrivedNs).listed(true).startedNs(fields.secondsNs(AmiField.LINKEDID));
        text(CallText.CALL, AmiField.LINKEDID);
        text(CallText.LEG, AmiField.UNIQUEID);
        text(CallText.PARTY, AmiField.CALLER);
        text(CallText.TRUNK, AmiField.CHANNEL);
        if (fields.equal(AmiField.UNIQUEID, AmiField.LINKEDID)) {
            text(CallText.CALLING, AmiField.CALLER);
        }
        out.accept(event);
    }

    private CallEventKind channelState() {
        final long state = fields.number(AmiField.CHANNEL_STATE);
        if (state == UP && fields.has(AmiField.BRIDGE_ID)) {
            return CallEventKind.CONNECTED;
        }
        return state == RING ? CallEventKind.OFFERED : state == RINGING ? CallEventKind.RINGING : CallEventKind.BORN;
    }

    private void entry(long sequence, long arrivedNs) {
        if (fields.has(AmiField.UNIQUEID)) {
            final long waitS = fields.number(AmiField.WAIT);
            event.begin(CallEventKind.QUEUED, sequence, arrivedNs)
                    .listed(true)
                    .sinceNs(waitS < 0 ? 0 : arrivedNs - TimeUnit.SECONDS.toNanos(waitS));
            text(CallText.LEG, AmiField.UNIQUEID);
            text(CallText.QUEUE, AmiField.QUEUE);
            out.accept(event);
        }
    }

    private void member(long sequence, long arrivedNs) {
        if (!fields.has(AmiField.LOCATION)) {
            return;
        }
        final boolean paused = fields.number(AmiField.PAUSED) == 1;
        final long status = fields.number(AmiField.STATUS);
        final CallEventKind kind;
        AmiField cause = null;
        if (paused && fields.isPausedAfterACall()) {
            kind = CallEventKind.AGENT_AFTER_CALL_WORK;
        } else if (paused) {
            kind = CallEventKind.AGENT_NOT_READY;
            cause = AmiField.PAUSED_REASON;
        } else if (status == INVALID || status == UNAVAILABLE) {
            kind = CallEventKind.AGENT_NOT_READY;
            cause = AmiField.STATUS;
        } else {
            kind = CallEventKind.AGENT_READY;
        }
        event.begin(kind, sequence, arrivedNs).listed(true).onCall(fields.number(AmiField.IN_CALL) == 1);
        text(CallText.AGENT, AmiField.LOCATION);
        text(CallText.QUEUE, AmiField.QUEUE);
        if (cause != null) {
            text(CallText.CAUSE, cause);
        }
        out.accept(event);
    }

    private void text(CallText to, AmiField from) {
        if (fields.has(from) && !fields.is(from, UNKNOWN)) {
            fields.copy(from, to, event);
        }
    }
}
