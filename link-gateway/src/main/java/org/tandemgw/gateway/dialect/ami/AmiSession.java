package org.tandemgw.gateway.dialect.ami;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.tandemgw.gateway.frame.AmiDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/**
 * One session with an Asterisk: banner, login by challenge or plain, the lists that tell how things stand, Ping. It says nothing that {@link AmiMessage} has
 * no method for. Its secret is in what it sends and in nothing that it tells.
 */
final class AmiSession implements LegSession, FrameSink {
    private static final long STEP_MS = 5_000;
    private static final int LONGEST_MESSAGE = 100;
    private static final byte[] RESPONSE = AmiLines.name("Response");
    private static final byte[] MESSAGE = AmiLines.name("Message");
    private static final byte[] CHALLENGE = AmiLines.name("Challenge");
    private static final byte[] SUCCESS = AmiMessage.latin("Success");
    private static final byte[] BANNER = AmiMessage.latin("Asterisk Call Manager");
    /** Nothing is said before and during a login that would be longer. */
    private static final int LONGEST_LOGIN = 16 * 1024;

    private enum Phase {
        BANNER("its banner, \"Asterisk Call Manager\""),
        CHALLENGE("a challenge"),
        LOGIN("an answer to the login"),
        READY("nothing");

        private final String awaited;

        Phase(String awaited) {
            this.awaited = awaited;
        }
    }

    private final AmiLogin login;
    private final Consumer<byte[]> out;
    private final Consumer<String> bannerSeen;
    private final LinkFrameDecoder decoder = new AmiDecoder(new LinkFrameDecoder.Limits(8192, LONGEST_LOGIN), this);
    private final AmiLines lines = new AmiLines();
    private final AmiSnapshot snapshot;
    private Phase phase = Phase.BANNER;
    private int said;
    private String refusal = "";
    private boolean loginRefused;

    AmiSession(AmiLogin login, Consumer<byte[]> out) {
        this(login, out, banner -> {});
    }

    /** @param bannerSeen told how the ACD greets: one line, without its end */
    AmiSession(AmiLogin login, Consumer<byte[]> out, Consumer<String> bannerSeen) {
        this.bannerSeen = bannerSeen;
        this.login = login;
        this.out = out;
        this.snapshot = new AmiSnapshot(login.snapshot());
    }

    @Override
    public int offer(byte[] buffer, int offset, int length) {
        int used = 0;
        while (used < length && phase != Phase.READY && refusal.isEmpty()) {
            int end = used;
            while (end < length && buffer[offset + end] != '\n') {
                end++;
            }
            end = Math.min(length, end + 1);
            if (!decoder.decode(buffer, offset + used, end - used)) {
                refusal = "this does not speak as an Asterisk does: no message ends";
            }
            used = end;
        }
        return refusal.isEmpty() ? used : -1;
    }

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        switch (phase) {
            case BANNER -> banner(buffer, offset, length);
            case CHALLENGE, LOGIN -> answer(buffer, offset, length);
            case READY -> throw new IllegalStateException("a frame of the stream came to the login");
        }
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        refusal = "a message of " + length + " bytes came before the login was over";
    }

    private void banner(byte[] buffer, int offset, int length) {
        if (length < BANNER.length
                || !java.util.Arrays.equals(buffer, offset, offset + BANNER.length, BANNER, 0, BANNER.length)) {
            refusal = "this is no Asterisk manager: its first words are \""
                    + readable(new String(buffer, offset, Math.min(length, 60), StandardCharsets.ISO_8859_1)) + '"';
            return;
        }
        bannerSeen.accept(readable(new String(buffer, offset, length, StandardCharsets.ISO_8859_1)));
        if (login.md5()) {
            phase = Phase.CHALLENGE;
            out.accept(AmiMessage.challenge(nextId()));
        } else {
            phase = Phase.LOGIN;
            out.accept(AmiMessage.login(nextId(), login.user(), login.secret(), login.events()));
        }
    }

    private void answer(byte[] buffer, int offset, int length) {
        boolean good = false;
        boolean response = false;
        String message = "";
        String challenge = "";
        lines.over(buffer, offset, length);
        while (lines.next()) {
            if (lines.isNamed(RESPONSE)) {
                response = true;
                good = lines.valueIs(SUCCESS);
            } else if (lines.isNamed(MESSAGE)) {
                message = lines.value();
            } else if (lines.isNamed(CHALLENGE)) {
                challenge = lines.value();
            }
        }
        if (!response) {
            return; // an event before the login, which Asterisk does not send, is not for us
        }
        if (!good) {
            loginRefused = true;
            refusal = "the ACD refused the login of user \"" + readable(login.user()) + "\": \"" + readable(message)
                    + "\"; compare user and secret-file with its manager.conf, and the address there that may connect";
        } else if (phase == Phase.CHALLENGE) {
            phase = Phase.LOGIN;
            out.accept(AmiMessage.loginMd5(nextId(), login.user(), login.secret(), challenge, login.events()));
        } else {
            phase = Phase.READY;
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
    public void heard(byte[] buffer, int offset, int length) {
        if (snapshot.heard(buffer, offset, length)) {
            askForTheNextList();
        }
    }

    private void askForTheNextList() {
        final String id = nextId();
        final String action = snapshot.next(id);
        if (action != null) {
            out.accept(AmiMessage.list(action, id));
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
        return login.pingEveryMs();
    }

    @Override
    public void keepAlive() {
        out.accept(AmiMessage.ping(nextId()));
        if (snapshot.isOverdue()) {
            askForTheNextList();
        }
    }

    @Override
    public boolean keepAliveIsAnswered() {
        return true;
    }

    private String nextId() {
        return login.ids() + ++said;
    }

    /** What the ACD says goes to operators: nothing in it may steer their terminals, and not too much of it. */
    private static String readable(String text) {
        final String one = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return one.length() <= LONGEST_MESSAGE ? one : one.substring(0, LONGEST_MESSAGE) + "...";
    }
}
