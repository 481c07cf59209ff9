package org.tandemgw.gateway.calls;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/**
 * What an event of a FreeSWITCH says about a call or an agent. It remembers nothing: one frame gives none, one or several events, whatever came before it. A frame that
 * says nothing about either, or is none, gives none. Belongs to the thread of the one who reads; allocates nothing per frame.
 *
 * <p>A leg is one {@code Unique-ID}. Its call is its {@code Channel-Call-UUID}; of the leg to an agent it is the caller's session, so that a caller and the agent who rings
 * for him are one call. FreeSWITCH takes a {@code Channel-Call-UUID} back when a bridge ends, so only what begins or joins a leg names its call; other events name the leg alone, whose call the table
 * knows. An agent is ready by his status; that he is offered a call, or talks, is what the calls say.
 */
public final class EslCallDecoder implements CallDecoder {
    private static final byte[] CALLCENTER = ascii("callcenter::info");
    private static final byte[] CONFERENCE = ascii("conference::maintenance");
    private static final byte[] OUTBOUND = ascii("outbound");
    private static final byte[] AGENT = ascii("agent");
    private static final byte[] HANGUP = ascii("hangup");
    private static final byte[] CANCEL = ascii("Cancel");
    private static final byte[] LOGGED_OUT = ascii("Logged Out");
    private static final byte[] AVAILABLE = ascii("Available");
    private static final byte[] ON_DEMAND = ascii("Available (On Demand)");
    private static final byte[] QUEUE_START = ascii("member-queue-start");
    private static final byte[] QUEUE_RESUME = ascii("member-queue-resume");
    private static final byte[] QUEUE_END = ascii("member-queue-end");
    private static final byte[] BRIDGE_START = ascii("bridge-agent-start");
    private static final byte[] STATUS_CHANGE = ascii("agent-status-change");
    private static final byte[] STATUS_GET = ascii("agent-status-get");
    private static final byte[] ADD_MEMBER = ascii("add-member");
    private static final byte[] DEL_MEMBER = ascii("del-member");
    /** A transfer says in whole seconds when it was. */
    private static final long JUST_NOW_S = 2;

    private final EslFields fields = new EslFields();
    private final CallEvent event = new CallEvent();
    private final Consumer<CallEvent> out;
    private final EslListDecoder lists;
    private long sequence;
    private long arrivedNs;

    /** @param out gets each event; it is only valid during the call */
    public EslCallDecoder(Consumer<CallEvent> out) {
        this.out = out;
        this.lists = new EslListDecoder(out);
    }

    @Override
    public void decode(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        this.sequence = sequence;
        this.arrivedNs = arrivedNs;
        final EslEventName name = fields.read(buffer, offset, length);
        if (name == null) {
            return;
        }
        switch (name) {
            case CHANNEL_CREATE -> create();
            case CHANNEL_PROGRESS, CHANNEL_PROGRESS_MEDIA -> progress();
            case CHANNEL_ANSWER -> answer();
            case CHANNEL_BRIDGE -> bridge();
            case CHANNEL_UNBRIDGE -> unbridge();
            case CHANNEL_HOLD -> leg(CallEventKind.HELD);
            case CHANNEL_UNHOLD -> leg(CallEventKind.RETRIEVED);
            case CHANNEL_UUID -> renamed();
            case CHANNEL_HANGUP_COMPLETE -> {
                begin(CallEventKind.CLEARED, EslField.UNIQUE_ID);
                text(CallText.CAUSE, EslField.HANGUP_CAUSE);
                parties();
                hand();
            }
            case CUSTOM -> custom();
        }
    }

    @Override
    public void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        lists.item(buffer, offset, length, sequence, arrivedNs);
    }

    private void create() {
        if (!isOfItsOwn()) {
            // A leg that joins a call: what it does follows.
            joined(CallEventKind.OFFERED);
            return;
        }
        begin(CallEventKind.BORN, EslField.UNIQUE_ID);
        event.startedNs(fields.microsNs(EslField.CREATED));
        call();
        text(CallText.CALLING, EslField.CALLER_NUMBER);
        text(CallText.CALLED, EslField.DESTINATION);
        parties();
        hand();
        if (!isOutbound()) {
            joined(CallEventKind.OFFERED); // it has reached the ACD, and is being routed
        }
    }

    private void progress() {
        if (isOutbound()) {
            joined(CallEventKind.RINGING);
        } else {
            leg(CallEventKind.CHANGED);
        }
    }

    private void answer() {
        // Who rings for a call talks once he is bridged. Who was called by the ACD itself, for no call, is with the
        // ACD.
        leg(isOutbound() && isOfItsOwn() ? CallEventKind.OFFERED : CallEventKind.CHANGED);
    }

    private void bridge() {
        final boolean agent = fields.equal(EslField.VARIABLE_CC_AGENT_UUID, EslField.BRIDGE_B);
        final boolean mine = fields.equal(EslField.UNIQUE_ID, EslField.BRIDGE_A);
        if (!mine || !fields.has(EslField.BRIDGE_B)) {
            return;
        }
        joined(CallEventKind.CONNECTED);
        begin(CallEventKind.CONNECTED, EslField.BRIDGE_B);
        call();
        hand();
        if (!agent) {
            transfer(); // that of an agent looks like one
        }
    }

    private void unbridge() {
        begin(CallEventKind.OFFERED, EslField.BRIDGE_A);
        hand();
        begin(CallEventKind.OFFERED, EslField.BRIDGE_B);
        hand();
        transfer();
    }

    /** The bridge that begins or ends here is one of a transfer if that was just now. */
    private void transfer() {
        if (fields.isJustNow(EslField.VARIABLE_TRANSFER_SOURCE, JUST_NOW_S)) {
            begin(CallEventKind.TRANSFERRED, EslField.UNIQUE_ID);
            text(CallText.CALLED, EslField.DESTINATION);
            hand();
        }
    }

    private void renamed() {
        if (fields.has(EslField.OLD_UNIQUE_ID) && fields.has(EslField.UNIQUE_ID)) {
            begin(CallEventKind.CHANGED, EslField.UNIQUE_ID);
            text(CallText.FORMER_LEG, EslField.OLD_UNIQUE_ID);
            hand();
            // Its call has another id only if it was named like the leg.
            begin(CallEventKind.CHANGED, null);
            text(CallText.CALL, EslField.UNIQUE_ID);
            text(CallText.FORMER_CALL, EslField.OLD_UNIQUE_ID);
            out.accept(event);
        }
    }

    private void custom() {
        if (fields.is(EslField.SUBCLASS, CALLCENTER)) {
            callcenter();
        } else if (fields.is(EslField.SUBCLASS, CONFERENCE)) {
            if (fields.is(EslField.ACTION, ADD_MEMBER)) {
                leg(CallEventKind.CONNECTED);
                leg(CallEventKind.CONFERENCED);
            } else if (fields.is(EslField.ACTION, DEL_MEMBER)) {
                leg(CallEventKind.OFFERED);
            }
        }
    }

    private void callcenter() {
        if (fields.is(EslField.CC_ACTION, QUEUE_START) || fields.is(EslField.CC_ACTION, QUEUE_RESUME)) {
            begin(CallEventKind.QUEUED, EslField.CC_MEMBER_SESSION);
            call();
            text(CallText.QUEUE, EslField.CC_QUEUE);
            parties();
            hand();
        } else if (fields.is(EslField.CC_ACTION, QUEUE_END)) {
            queueEnd();
        } else if (fields.is(EslField.CC_ACTION, BRIDGE_START)) {
            begin(CallEventKind.CONNECTED, EslField.CC_MEMBER_SESSION);
            text(CallText.QUEUE, EslField.CC_QUEUE);
            hand();
            begin(CallEventKind.CONNECTED, EslField.CC_AGENT_UUID);
            text(CallText.CALL, EslField.CC_MEMBER_SESSION);
            text(CallText.QUEUE, EslField.CC_QUEUE);
            text(CallText.AGENT, EslField.CC_AGENT);
            hand();
        } else if (fields.is(EslField.CC_ACTION, STATUS_CHANGE) || fields.is(EslField.CC_ACTION, STATUS_GET)) {
            status();
        }
    }

    /** Somebody who was served leaves the queue long after he was; that is no news. */
    private void queueEnd() {
        if (!fields.is(EslField.CC_CAUSE, CANCEL)) {
            return;
        }
        final boolean gone = fields.is(EslField.ANSWER_STATE, HANGUP) || fields.has(EslField.HANGUP_CAUSE);
        begin(gone ? CallEventKind.ABANDONED : CallEventKind.OFFERED, EslField.CC_MEMBER_SESSION);
        text(CallText.QUEUE, EslField.CC_QUEUE);
        text(CallText.CAUSE, gone ? EslField.HANGUP_CAUSE : EslField.CC_CANCEL_REASON);
        hand();
    }

    private void status() {
        if (!fields.has(EslField.CC_AGENT) || !fields.has(EslField.CC_AGENT_STATUS)) {
            return;
        }
        final boolean ready =
                fields.is(EslField.CC_AGENT_STATUS, AVAILABLE) || fields.is(EslField.CC_AGENT_STATUS, ON_DEMAND);
        final boolean off = fields.is(EslField.CC_AGENT_STATUS, LOGGED_OUT);
        event.begin(
                        off
                                ? CallEventKind.AGENT_LOGGED_OFF
                                : ready ? CallEventKind.AGENT_READY : CallEventKind.AGENT_NOT_READY,
                        sequence,
                        arrivedNs)
                .acdNs(fields.microsNs(EslField.TIMESTAMP));
        text(CallText.AGENT, EslField.CC_AGENT);
        if (!ready && !off) {
            text(CallText.CAUSE, EslField.CC_AGENT_STATUS);
        }
        out.accept(event);
    }

    private boolean isOutbound() {
        return fields.is(EslField.DIRECTION, OUTBOUND);
    }

    private boolean isOfAnAgent() {
        return fields.is(EslField.VARIABLE_CC_SIDE, AGENT) && fields.has(EslField.VARIABLE_CC_MEMBER_SESSION);
    }

    /** Whether the leg is the first one of its call. */
    private boolean isOfItsOwn() {
        return !isOfAnAgent()
                && (!fields.has(EslField.CALL_UUID) || fields.equal(EslField.CALL_UUID, EslField.UNIQUE_ID));
    }

    /** The event's channel does that, in the call that the event names. */
    private void joined(CallEventKind kind) {
        begin(kind, EslField.UNIQUE_ID);
        call();
        parties();
        hand();
    }

    /** The event's channel does that, wherever it is. */
    private void leg(CallEventKind kind) {
        begin(kind, EslField.UNIQUE_ID);
        parties();
        hand();
    }

    private void begin(CallEventKind kind, EslField leg) {
        event.begin(kind, sequence, arrivedNs).acdNs(fields.microsNs(EslField.TIMESTAMP));
        if (leg != null) {
            text(CallText.LEG, leg);
        }
    }

    private void call() {
        text(
                CallText.CALL,
                isOfAnAgent()
                        ? EslField.VARIABLE_CC_MEMBER_SESSION
                        : fields.has(EslField.CALL_UUID) ? EslField.CALL_UUID : EslField.UNIQUE_ID);
    }

    /** What the event tells of its own channel. */
    private void parties() {
        text(CallText.PARTY, isOutbound() ? EslField.DESTINATION : EslField.CALLER_NUMBER);
        text(CallText.TRUNK, EslField.CHANNEL_NAME);
        if (isOfAnAgent()) {
            text(CallText.AGENT, EslField.VARIABLE_CC_AGENT);
            text(CallText.QUEUE, EslField.VARIABLE_CC_QUEUE);
        }
    }

    private void hand() {
        if (event.has(CallText.LEG)) {
            out.accept(event);
        }
    }

    private void text(CallText to, EslField from) {
        if (fields.has(from)) {
            fields.copy(from, to, event);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
