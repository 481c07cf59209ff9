package org.tandemgw.gateway.leg;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Plays a {@link SessionScript}'s steps against the bytes that come. Pure; one per connection. */
final class OpeningDialogue implements LegSession {
    /** What may come before an expected text does; more is not the dialogue of the profile. */
    static final int MAX_UNEXPECTED = 65_536;

    private final SessionScript script;
    private final List<SessionScript.Step> steps;
    private final Consumer<byte[]> out;
    private int step;
    private int matched;
    private int unexpected;

    OpeningDialogue(SessionScript script, Consumer<byte[]> out) {
        this.script = script;
        this.steps = script.steps();
        this.out = out;
        advance();
    }

    @Override
    public boolean ready() {
        return step == steps.size();
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public long timeoutMs() {
        return steps.get(step).timeoutMs();
    }

    @Override
    public String awaited() {
        return '"' + new String(expected(), StandardCharsets.ISO_8859_1).strip() + '"';
    }

    @Override
    public String refusal() {
        return "more than " + MAX_UNEXPECTED + " bytes came, none of them what the profile awaits: " + awaited();
    }

    @Override
    public long keepAliveEveryMs() {
        return script.keepAliveEveryMs();
    }

    @Override
    public void keepAlive() {
        out.accept(script.keepAlive());
    }

    private byte[] expected() {
        return steps.get(step).expect();
    }

    @Override
    public int offer(byte[] buffer, int offset, int length) {
        int used = 0;
        while (!ready() && used < length) {
            final byte[] expect = expected();
            final byte b = buffer[offset + used++];
            if (++unexpected > MAX_UNEXPECTED) {
                return -1;
            }
            while (matched > 0 && expect[matched] != b) {
                matched = longestBorder(expect, matched);
            }
            if (expect[matched] == b && ++matched == expect.length) {
                matched = 0;
                unexpected = 0;
                step++;
                advance();
            }
        }
        return used;
    }

    private void advance() {
        while (!ready() && steps.get(step).expect().length == 0) {
            out.accept(steps.get(step).send());
            step++;
        }
    }

    /** The length of the longest proper prefix of the first {@code length} bytes that is also their end. */
    private static int longestBorder(byte[] bytes, int length) {
        for (int border = length - 1; border > 0; border--) {
            if (java.util.Arrays.equals(bytes, 0, border, bytes, length - border, length)) {
                return border;
            }
        }
        return 0;
    }
}
