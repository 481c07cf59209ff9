package org.tandemgw.gateway.calls;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/**
 * What an AMI event says about a call or an agent. It remembers nothing: one frame gives none, one or two events, whatever came before it. A frame that
 * says nothing about either, or is none, gives none. Belongs to the thread of the one who reads; allocates nothing per frame.
 *
 * <p>A call is what has one {@code Linkedid}, a leg is one {@code Uniqueid}. The id of an agent is his {@code Interface}. A leg that has left a queue or a bridge is
 * with the ACD until it does something else. What a hold is put on is the leg that asked for it: whom it holds is not said.
 */
public final class AmiCallDecoder implements CallDecoder {
    private static final byte[] UNKNOWN = ascii("<unknown>");
    private static final byte[] ANSWER = ascii("ANSWER");
    private static final byte[] SUCCESS = ascii("Success");
    private static final int RING = 4;
    private static final int RINGING = 5;
    private static final int NOT_IN_USE = 1;
    private static final int INVALID = 4;
    private static final int UNAVAILABLE = 5;

    private final AmiFields fields = new AmiFields();
    private final CallEvent event = new CallEvent();
    private final Consumer<CallEvent> out;
    private final AmiListDecoder lists;
    private long sequence;
    private long arrivedNs;

    /** @param out gets each event; it is only valid during the call */
    public AmiCallDecoder(Consumer<CallEvent> out) {
        this.out = out;
        this.lists = new AmiListDecoder(out);
    }

    @Override
    public void decode(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        this.sequence = sequence;
        this.arrivedNs = arrivedNs;
        final AmiEventName name = fields.read(buffer, offset, length);
        if (name == null) {
            return;
        }
        switch (name) {
            case NEWCHANNEL -> newChannel();
            case NEWSTATE -> newState();
            case NEWCALLERID, NEWCONNECTEDLINE -> leg(CallEventKind.CHANGED);
            case HANGUP -> leg(CallEventKind.CLEARED, AmiField.CAUSE);
            case HOLD -> leg(CallEventKind.HELD);
            case UNHOLD -> leg(CallEventKind.RETRIEVED);
            case BRIDGEENTER -> bridgeEnter();
            case BRIDGELEAVE, QUEUECALLERLEAVE -> leg(CallEventKind.OFFERED);
            case DIALEND -> dialEnd();
            case QUEUECALLERJOIN -> queueOf(CallEventKind.QUEUED);
            case QUEUECALLERABANDON -> queueOf(CallEventKind.ABANDONED);
            case AGENTCALLED -> agentLeg(CallEventKind.RINGING, null);
            case AGENTRINGNOANSWER -> agentLeg(CallEventKind.FAILED, "NOANSWER");
            case AGENTDUMP -> agentLeg(CallEventKind.FAILED, "DUMP");
            case AGENTCONNECT -> agentConnect();
            case BLINDTRANSFER -> transfer(AmiField.TRANSFERER_LINKEDID);
            case ATTENDEDTRANSFER -> transfer(AmiField.ORIG_TRANSFERER_LINKEDID);
            case QUEUEMEMBERADDED -> {
                agent(CallEventKind.AGENT_LOGGED_ON, null);
                readiness();
            }
            case QUEUEMEMBERREMOVED -> agent(CallEventKind.AGENT_LOGGED_OFF, null);
            case QUEUEMEMBERPAUSE -> readiness();
            case QUEUEMEMBERSTATUS -> status();
            case CORESHOWCHANNEL, QUEUEMEMBER, QUEUEENTRY -> {} // a list that somebody else has asked for
        }
    }

    @Override
    public void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        lists.item(buffer, offset, length, sequence, arrivedNs);
    }

    private void newChannel() {
        if (fields.equal(AmiField.UNIQUEID, AmiField.LINKEDID)) {
            begin(CallEventKind.BORN, AmiField.LINKEDID, AmiField.UNIQUEID);
            text(CallText.CALLING, AmiField.CALLER);
            text(CallText.CALLED, AmiField.EXTEN);
            parties(AmiField.CALLER, AmiField.CHANNEL);
        } else {
            // A leg that joins a call begins with what it does.
            newState();
        }
    }

    private void newState() {
        final long state = fields.number(AmiField.CHANNEL_STATE);
        leg(state == RING ? CallEventKind.OFFERED : state == RINGING ? CallEventKind.RINGING : CallEventKind.CHANGED);
    }

    private void bridgeEnter() {
        leg(CallEventKind.CONNECTED);
        if (fields.number(AmiField.BRIDGE_CHANNELS) > 2) {
            leg(CallEventKind.CONFERENCED);
        }
    }

    private void dialEnd() {
        if (fields.has(AmiField.DIAL_STATUS) && !fields.is(AmiField.DIAL_STATUS, ANSWER)) {
            begin(CallEventKind.FAILED, AmiField.DEST_LINKEDID, AmiField.DEST_UNIQUEID);
            text(CallText.CAUSE, AmiField.DIAL_STATUS);
            parties(AmiField.DEST_CALLER, AmiField.DEST_CHANNEL);
        }
    }

    private void queueOf(CallEventKind kind) {
        begin(kind, AmiField.LINKEDID, AmiField.UNIQUEID);
        text(CallText.QUEUE, AmiField.QUEUE);
        parties(AmiField.CALLER, AmiField.CHANNEL);
    }

    /** The agent is at his own leg: the caller's goes on without him. */
    private void agentConnect() {
        queueOf(CallEventKind.CONNECTED);
        agentLeg(CallEventKind.CONNECTED, null);
    }

    private void agentLeg(CallEventKind kind, String cause) {
        // The leg is in the caller's call from now on, also where its own id has not followed yet.
        begin(kind, AmiField.LINKEDID, AmiField.DEST_UNIQUEID);
        text(CallText.QUEUE, AmiField.QUEUE);
        text(CallText.AGENT, AmiField.INTERFACE);
        if (cause != null) {
            event.text(CallText.CAUSE, cause);
        }
        parties(AmiField.DEST_CALLER, AmiField.DEST_CHANNEL);
    }

    private void transfer(AmiField transferer) {
        if (!fields.is(AmiField.RESULT, SUCCESS)) {
            return;
        }
        // Of several transferees Asterisk names none: then the call is the one of who transferred.
        begin(
                CallEventKind.TRANSFERRED,
                fields.has(AmiField.TRANSFEREE_LINKEDID) ? AmiField.TRANSFEREE_LINKEDID : transferer,
                null);
        if (fields.has(AmiField.SECOND_LINKEDID) && !fields.equal(AmiField.SECOND_LINKEDID, transferer)) {
            text(CallText.FORMER_CALL, AmiField.SECOND_LINKEDID);
        }
        text(CallText.CALLED, AmiField.EXTENSION);
        hand();
    }

    private void leg(CallEventKind kind) {
        leg(kind, null);
    }

    private void leg(CallEventKind kind, AmiField cause) {
        begin(kind, AmiField.LINKEDID, AmiField.UNIQUEID);
        if (cause != null) {
            text(CallText.CAUSE, cause);
        }
        parties(AmiField.CALLER, AmiField.CHANNEL);
    }

    private void readiness() {
        if (fields.number(AmiField.PAUSED) != 1) {
            agent(CallEventKind.AGENT_READY, null);
            return;
        }
        if (fields.isPausedAfterACall()) {
            agent(CallEventKind.AGENT_AFTER_CALL_WORK, null);
        } else {
            agent(CallEventKind.AGENT_NOT_READY, AmiField.PAUSED_REASON);
        }
    }

    /** Who rings or talks is what the calls say. */
    private void status() {
        final long status = fields.number(AmiField.STATUS);
        if (status == NOT_IN_USE) {
            readiness();
        } else if (status == INVALID || status == UNAVAILABLE) {
            agent(CallEventKind.AGENT_NOT_READY, AmiField.STATUS);
        }
    }

    private void agent(CallEventKind kind, AmiField cause) {
        if (fields.has(AmiField.INTERFACE)) {
            event.begin(kind, sequence, arrivedNs).acdNs(fields.timestampNs());
            text(CallText.AGENT, AmiField.INTERFACE);
            text(CallText.QUEUE, AmiField.QUEUE);
            if (cause != null) {
                text(CallText.CAUSE, cause);
            }
            out.accept(event);
        }
    }

    private void begin(CallEventKind kind, AmiField call, AmiField leg) {
        event.begin(kind, sequence, arrivedNs).acdNs(fields.timestampNs()).startedNs(fields.secondsNs(call));
        text(CallText.CALL, call);
        if (leg != null) {
            text(CallText.LEG, leg);
        }
    }

    private void parties(AmiField party, AmiField channel) {
        text(CallText.PARTY, party);
        text(CallText.TRUNK, channel);
        // Releases before 12 have no Linkedid: then it is not said which call this is.
        if (event.has(CallText.LEG)) {
            hand();
        }
    }

    private void hand() {
        if (event.has(CallText.CALL)) {
            out.accept(event);
        }
    }

    private void text(CallText to, AmiField from) {
        if (fields.has(from) && !fields.is(from, UNKNOWN)) {
            fields.copy(from, to, event);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
