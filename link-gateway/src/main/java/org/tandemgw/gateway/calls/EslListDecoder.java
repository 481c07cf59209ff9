package org.tandemgw.gateway.calls;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/**
 * What an item of a FreeSWITCH's list says about a call or an agent. A channel's row tells what the channel does, and not with whom: that is in the list of bridged calls. It does
 * not tell of which agent it is, so a leg that still rings is not taken out of the call where it is known to be. A member of a queue names his leg, so the channels have to be listed first.
 */
final class EslListDecoder {
    private static final Set<String> BEFORE_ANSWER = Set.of("DOWN", "DIALING", "RINGING", "EARLY", "RING_WAIT");
    private static final Set<String> WAITS = Set.of("Waiting", "Trying");

    private final CallEvent event = new CallEvent();
    private final Consumer<CallEvent> out;

    EslListDecoder(Consumer<CallEvent> out) {
        this.out = out;
    }

    void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs) {
        final EslRow row = EslRow.of(buffer, offset, length);
        if (row.has("b_uuid")) {
            bridged(row, sequence, arrivedNs);
        } else if (row.has("callstate")) {
            channel(row, sequence, arrivedNs);
        } else if (row.has("session_uuid")) {
            member(row, sequence, arrivedNs);
        } else if (row.has("status") && row.has("name")) {
            agent(row, sequence, arrivedNs);
        }
    }

    private void channel(EslRow row, long sequence, long arrivedNs) {
        if (!row.has("uuid")) {
            return;
        }
        final String state = row.text("callstate");
        final boolean outbound = row.text("direction").equals("outbound");
        final boolean own = !row.has("call_uuid") || row.text("call_uuid").equals(row.text("uuid"));
        final boolean early = BEFORE_ANSWER.contains(state);
        if (state.equals("HANGUP")) {
            return;
        }
        begin(
                state.equals("HELD")
                        ? CallEventKind.HELD
                        : outbound && early ? CallEventKind.RINGING : CallEventKind.BORN,
                sequence,
                arrivedNs);
        text(CallText.LEG, row, "uuid");
        if (!(outbound && own && early)) {
            text(CallText.CALL, row, row.has("call_uuid") ? "call_uuid" : "uuid");
        }
        if (own && !outbound) {
            text(CallText.CALLING, row, "cid_num");
            text(CallText.CALLED, row, "dest");
            event.startedNs(seconds(row, "created_epoch"));
        }
        text(CallText.PARTY, row, outbound ? "dest" : "cid_num");
        text(CallText.TRUNK, row, "name");
        out.accept(event);
    }

    private void bridged(EslRow row, long sequence, long arrivedNs) {
        side(row, "uuid", "callstate", sequence, arrivedNs);
        side(row, "b_uuid", "b_callstate", sequence, arrivedNs);
    }

    private void side(EslRow row, String leg, String state, long sequence, long arrivedNs) {
        if (row.has(leg)) {
            begin(row.text(state).equals("HELD") ? CallEventKind.HELD : CallEventKind.RETRIEVED, sequence, arrivedNs);
            text(CallText.LEG, row, leg);
            out.accept(event);
        }
    }

    private void member(EslRow row, long sequence, long arrivedNs) {
        if (WAITS.contains(row.text("state"))) {
            begin(CallEventKind.QUEUED, sequence, arrivedNs);
            event.sinceNs(seconds(row, "joined_epoch"));
            text(CallText.LEG, row, "session_uuid");
            text(CallText.QUEUE, row, "queue");
            out.accept(event);
        }
    }

    private void agent(EslRow row, long sequence, long arrivedNs) {
        final String status = row.text("status");
        if (status.equals("Logged Out")) {
            return; // one who is not listed is not there
        }
        final boolean ready = status.startsWith("Available");
        begin(ready ? CallEventKind.AGENT_READY : CallEventKind.AGENT_NOT_READY, sequence, arrivedNs);
        text(CallText.AGENT, row, "name");
        if (!ready) {
            text(CallText.CAUSE, row, "status");
        }
        out.accept(event);
        if (row.has("uuid")) {
            begin(CallEventKind.CHANGED, sequence, arrivedNs);
            text(CallText.LEG, row, "uuid");
            text(CallText.AGENT, row, "name");
            out.accept(event);
        }
    }

    private void begin(CallEventKind kind, long sequence, long arrivedNs) {
        event.begin(kind, sequence, arrivedNs).listed(true);
    }

    private static long seconds(EslRow row, String name) {
        final long s = row.number(name);
        return s <= 0 || s > Long.MAX_VALUE / 2_000_000_000L ? 0 : TimeUnit.SECONDS.toNanos(s);
    }

    private void text(CallText to, EslRow row, String name) {
        final byte[] bytes = row.bytes(name);
        if (bytes != null) {
            event.text(to, bytes, 0, bytes.length);
        }
    }
}
