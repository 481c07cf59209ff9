package org.tandemgw.gateway.dialect.esl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.tandemgw.gateway.frame.EslDecoder;
import org.tandemgw.gateway.frame.EslHead;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/**
 * One session with a FreeSWITCH: the request to prove oneself, the login, the subscription, the lists that tell how things stand, a word that keeps it alive. It says
 * nothing that {@link EslCommand} has no method for. Its secret is in what it sends and in nothing that it tells. Commands are answered in order, so what is awaited is a queue.
 */
final class EslSession implements LegSession, FrameSink {
    private static final long STEP_MS = 5_000;
    private static final int LONGEST_TEXT = 100;
    /** Nothing is said before and during a login that would be longer. */
    private static final int LONGEST_LOGIN = 16 * 1024;
    /** So many words to keep alive may be unanswered; then the session is dead anyway. */
    private static final int MOST_AWAITED = 64;

    private static final int NO_LIST = 0;

    private enum Phase {
        GREETING("its request to log in, \"auth/request\""),
        LOGIN("an answer to the login"),
        SUBSCRIPTION("an answer to the subscription of events"),
        READY("nothing");

        private final String awaited;

        Phase(String awaited) {
            this.awaited = awaited;
        }
    }

    private final EslLogin login;
    private final Consumer<byte[]> out;
    private final LinkFrameDecoder decoder = new EslDecoder(new LinkFrameDecoder.Limits(8192, LONGEST_LOGIN), this);
    private final EslSnapshot snapshot;
    private final EslHead head = new EslHead();
    private final ArrayDeque<Integer> awaited = new ArrayDeque<>();
    private final StringBuilder lastWords = new StringBuilder();
    private Phase phase = Phase.GREETING;
    private String refusal = "";
    private boolean loginRefused;
    private String type = "";
    private long left;
    private int listRun;
    private int answering;

    EslSession(EslLogin login, Consumer<byte[]> out) {
        this.login = login;
        this.out = out;
        this.snapshot = new EslSnapshot(login.snapshot());
    }

    @Override
    public int offer(byte[] buffer, int offset, int length) {
        int used = 0;
        while (used < length && phase != Phase.READY && refusal.isEmpty()) {
            if (!decoder.decode(buffer, offset + used, 1) && refusal.isEmpty()) {
                refusal = "this does not speak as a FreeSWITCH does: no message ends";
            }
            used++;
        }
        return refusal.isEmpty() ? used : -1;
    }

    // --- before it is ready: through our own decoder ---

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        if (left > 0) {
            left -= length;
            if (lastWords.length() < LONGEST_TEXT) {
                lastWords.append(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
            }
            if (left == 0) {
                endOfNotice();
            }
            return;
        }
        head.read(buffer, offset, length);
        type = header(buffer, offset, length, "content-type");
        left = head.kind() == EslHead.Kind.ANSWER ? head.bodyBytes() : 0;
        if (head.kind() != EslHead.Kind.ANSWER) {
            refusal = "this is no FreeSWITCH event socket: its first words are \""
                    + readable(new String(buffer, offset, Math.min(length, 60), StandardCharsets.ISO_8859_1)) + '"';
        } else if (isNotice()) {
            if (left == 0) {
                endOfNotice();
            }
        } else if (phase == Phase.GREETING && type.equals("auth/request")) {
            phase = Phase.LOGIN;
            out.accept(EslCommand.login(login.user(), login.secret()));
        } else if (type.equals("command/reply")) {
            reply(header(buffer, offset, length, "reply-text"));
        }
    }

    private boolean isNotice() {
        return type.equals("text/rude-rejection") || type.equals("text/disconnect-notice");
    }

    private void endOfNotice() {
        if (type.equals("text/rude-rejection")) {
            loginRefused = true;
            refusal = "the FreeSWITCH lets nobody in from this address: \"" + readable(lastWords.toString())
                    + "\"; name it in the list that apply-inbound-acl in its event_socket.conf.xml names";
        } else if (isNotice()) {
            refusal = "the FreeSWITCH ended the session: \"" + readable(lastWords.toString()) + '"';
        }
        lastWords.setLength(0);
    }

    private void reply(String text) {
        if (phase == Phase.LOGIN && text.startsWith("+OK")) {
            phase = Phase.SUBSCRIPTION;
            out.accept(EslCommand.subscribe(login.events()));
        } else if (phase == Phase.LOGIN) {
            loginRefused = true;
            refusal = "the ACD refused the login"
                    + (login.user().indexOf('@') > 0 ? " of user \"" + readable(login.user()) + '"' : "")
                    + ": \"" + readable(text) + "\"; compare secret-file with the password in its event_socket.conf.xml"
                    + (login.user().indexOf('@') > 0 ? ", or the user's esl-password" : "");
        } else if (phase == Phase.SUBSCRIPTION && text.startsWith("+OK")) {
            phase = Phase.READY;
        } else if (phase == Phase.SUBSCRIPTION) {
            loginRefused = true;
            refusal = "the ACD refused the subscription of events: \"" + readable(text)
                    + "\"; compare session.events of the profile with the user's esl-allowed-events";
        }
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        refusal = "a message of " + length + " bytes came before the login was over";
    }

    // --- what comes of the session when it is ready ---

    @Override
    public void heard(byte[] buffer, int offset, int length) {
        if (left > 0) {
            piece(buffer, offset, length);
            return;
        }
        final int headBytes = head.read(buffer, offset, length);
        type = header(buffer, offset, headBytes, "content-type");
        final boolean answer = type.equals("api/response");
        final boolean reply = type.equals("command/reply");
        answering = (answer || reply) && !awaited.isEmpty() ? awaited.remove() : NO_LIST;
        left = head.bodyBytes();
        if (reply && isOfTheList()) {
            snapshot.denied();
            askForTheNextList();
            answering = NO_LIST;
        } else if (answer && left == 0) {
            endOfAnswer();
        }
        if (length > headBytes) {
            piece(buffer, offset + headBytes, length - headBytes);
        }
    }

    private void piece(byte[] buffer, int offset, int length) {
        left = Math.max(0, left - length);
        if (isOfTheList()) {
            snapshot.heard(buffer, offset, length);
            if (left == 0) {
                endOfAnswer();
            }
        }
    }

    private boolean isOfTheList() {
        return answering != NO_LIST && answering == listRun;
    }

    private void endOfAnswer() {
        if (isOfTheList()) {
            snapshot.answered();
            answering = NO_LIST;
            askForTheNextList();
        }
    }

    private void askForTheNextList() {
        final String list = snapshot.next();
        if (list != null) {
            say(EslCommand.list(list), ++listRun);
        }
    }

    private void say(byte[] command, int answeredAs) {
        if (awaited.size() < MOST_AWAITED) {
            awaited.add(answeredAs);
            out.accept(command);
        }
    }

    @Override
    public boolean ready() {
        return phase == Phase.READY;
    }

    @Override
    public int step() {
        return phase.ordinal();
    }

    @Override
    public long timeoutMs() {
        return STEP_MS;
    }

    @Override
    public String awaited() {
        return phase.awaited;
    }

    @Override
    public String refusal() {
        return refusal;
    }

    @Override
    public boolean loginRefused() {
        return loginRefused;
    }

    @Override
    public void begun(Listing listing) {
        snapshot.goesTo(listing);
        askForTheNextList();
    }

    @Override
    public void askAgain() {
        if (phase == Phase.READY && snapshot.again()) {
            askForTheNextList();
        }
    }

    @Override
    public boolean snapshotting() {
        return snapshot.isUnderWay();
    }

    @Override
    public String snapshot() {
        return snapshot.toString();
    }

    @Override
    public long keepAliveEveryMs() {
        return login.keepAliveEveryMs();
    }

    @Override
    public void keepAlive() {
        say(EslCommand.keepAlive(), NO_LIST);
        if (snapshot.isOverdue()) {
            askForTheNextList();
        }
    }

    @Override
    public boolean keepAliveIsAnswered() {
        return true;
    }

    /** The value of a header line; empty if there is none. */
    private static String header(byte[] buffer, int offset, int length, String lowerName) {
        for (final String line :
                new String(buffer, offset, Math.min(length, LONGEST_LOGIN), StandardCharsets.ISO_8859_1).split("\n")) {
            final int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(lowerName)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    /** What the ACD says goes to operators: nothing in it may steer their terminals, and not too much of it. */
    private static String readable(String text) {
        final String one = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return one.length() <= LONGEST_TEXT ? one : one.substring(0, LONGEST_TEXT) + "...";
    }
}
