package org.tandemgw.gateway.dialect.csta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tandemgw.gateway.leg.LegSession;

/**
 * Asks what is going on at each monitored device, and, where the profile says so, who is in each call that was found; hands on the answers, and counts. An answer may
 * come later, in pieces; an ACD that tells nothing more for as long as three keep-alives take has told all that it will.
 *
 * <p>An item is the device, a NUL, and the document that tells of it.
 */
final class CstaSnapshot {
    /** Questions on their way. */
    private static final int WINDOW = 8;
    /** Calls that are asked about one by one; beyond them the list is not whole. */
    private static final int MOST_CALLS = 5_000;
    /** A longer id is none that a table could keep, and no more is said to the ACD than has room in a frame. */
    static final int LONGEST_ID = 255;

    /**
     * One question.
     *
     * @param call null: what is at the device; else who is in this call
     */
    record Question(String device, String call) {}

    private final boolean asksDevices;
    private final boolean asksCalls;
    private final ArrayDeque<Question> toAsk = new ArrayDeque<>();
    private final Set<String> callsSeen = new HashSet<>();
    /** Answers that come in pieces, by their references. */
    private final Map<String, Question> later = new HashMap<>();

    private List<String> devices = List.of();
    private LegSession.Listing listing;
    private volatile boolean underWay;
    private boolean whole;
    private int asked;
    private int overdue;
    private int connections;
    private int refused;
    private boolean abandoned;

    CstaSnapshot(List<String> lists) {
        asksDevices = lists.contains("SnapshotDevice");
        asksCalls = lists.contains("SnapshotCall");
        underWay = asksDevices;
    }

    void goesTo(LegSession.Listing to) {
        listing = to;
    }

    /**
     * Begins; false if there is nothing to ask.
     *
     * @param all whether that is all that there should be
     */
    boolean begin(List<String> monitored, boolean all) {
        if (!asksDevices) {
            return false;
        }
        devices = List.copyOf(monitored);
        toAsk.clear();
        callsSeen.clear();
        later.clear();
        asked = 0;
        overdue = 0;
        connections = 0;
        refused = 0;
        abandoned = false;
        whole = all;
        underWay = true;
        devices.forEach(device -> toAsk.add(new Question(device, null)));
        listing.began();
        if (toAsk.isEmpty()) {
            end();
        }
        return true;
    }

    /** Any thread. */
    boolean isUnderWay() {
        return underWay;
    }

    /** The next question; null if none is to be asked now. */
    Question next() {
        if (!underWay || asked >= WINDOW || toAsk.isEmpty()) {
            return null;
        }
        asked++;
        return toAsk.remove();
    }

    /** The answer to a question, in the frame that it came in. */
    void answered(Question question, CstaDocument answer, byte[] buffer, int offset, int length) {
        overdue = 0;
        final String reference =
                answer.text("crossRefIDorSnapshotData", "serviceCrossRefID") + answer.text("serviceCrossRefID");
        if (reference.length() > LONGEST_ID) {
            refused(question);
            return;
        }
        if (!reference.isEmpty()) {
            later.put(reference, question);
            return;
        }
        take(question, answer, buffer, offset, length);
        done();
    }

    /** A piece of an answer that was promised for later. */
    void piece(CstaDocument piece, byte[] buffer, int offset, int length) {
        final String reference = piece.text("serviceCrossRefID");
        final Question question = later.get(reference);
        if (question == null) {
            return;
        }
        overdue = 0;
        take(question, piece, buffer, offset, length);
        final String last = piece.text("lastSegment");
        if (last.isEmpty() || last.equals("true") || last.equals("1")) {
            later.remove(reference);
            done();
        }
    }

    void refused(Question question) {
        overdue = 0;
        refused++;
        // A call may have ended since it was found: that one is not told of is no hole.
        whole &= question.call() != null;
        done();
    }

    private void take(Question question, CstaDocument answer, byte[] buffer, int offset, int length) {
        final byte[] device = CstaMessage.utf8(question.call() == null ? question.device() : "");
        final byte[] item = Arrays.copyOf(device, device.length + 1 + length - CstaFraming.HEADER);
        System.arraycopy(buffer, offset + CstaFraming.HEADER, item, device.length + 1, length - CstaFraming.HEADER);
        listing.item(item, 0, item.length);
        if (question.call() == null) {
            for (final CstaDocument info : infos(answer, new ArrayList<>())) {
                connections++;
                final String call = info.text("connectionIdentifier", "callID");
                if (asksCalls && !call.isEmpty()) {
                    askAbout(call, info.text("connectionIdentifier", "deviceID"));
                }
            }
        }
    }

    private void askAbout(String call, String device) {
        if (call.length() > LONGEST_ID || device.length() > LONGEST_ID) {
            whole = false;
        } else if (callsSeen.add(call)) {
            if (callsSeen.size() > MOST_CALLS) {
                whole = false;
            } else {
                toAsk.add(new Question(device, call));
            }
        }
    }

    private static List<CstaDocument> infos(CstaDocument in, List<CstaDocument> found) {
        for (final CstaDocument child : in.children()) {
            if (child.child("connectionIdentifier") != null) {
                found.add(child);
            } else {
                infos(child, found);
            }
        }
        return found;
    }

    private void done() {
        asked--;
        if (asked == 0 && toAsk.isEmpty()) {
            end();
        }
    }

    private void end() {
        underWay = false;
        // Nobody is asked how agents are: the stream tells that.
        listing.ended(whole, false);
    }

    /** A keep-alive is due: whoever has told nothing since the one before the last is not waited for. */
    void keepAliveIsDue() {
        if (underWay && listing != null && ++overdue > 2) {
            abandoned = true;
            whole = false;
            toAsk.clear();
            later.clear();
            asked = 0;
            end();
        }
    }

    /** An item's device: what stands before the NUL. */
    static String device(byte[] item, int offset, int length) {
        int end = offset;
        while (end < offset + length && item[end] != 0) {
            end++;
        }
        return new String(item, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** What came, in numbers. */
    @Override
    public String toString() {
        return "the ACD told how things stand: " + connections + " connections at " + devices.size() + " devices"
                + (refused == 0 ? "" : ", " + refused + " questions refused")
                + (abandoned ? ", not all of it: it went silent" : "");
    }
}
