package org.tandemgw.abswitch.emulator;

import java.util.Locale;

/** The K-AB family: {@code ESC password ^A card ^B command CR}, answered in one of several assumed dialects. */
final class KabWords implements BoxWords {
    private ReplyDialect dialect = ReplyDialect.LINE;
    private String password = "PASS";

    void dialect(ReplyDialect spoken) {
        dialect = spoken;
    }

    void password(String changed) {
        password = changed;
    }

    @Override
    public BoxInput input() {
        final FrameInput frames = new FrameInput();
        return new BoxInput() {
            @Override
            public BoxOrder take(int octet) {
                final FrameInput.Request request = frames.take(octet);
                return request == null ? null : order(request);
            }

            @Override
            public boolean wantsEnd() {
                return frames.wantsCr();
            }

            @Override
            public boolean idle() {
                return frames.idle();
            }

            @Override
            public void drop() {
                frames.drop();
            }
        };
    }

    private BoxOrder order(FrameInput.Request request) {
        final String text = request.card() + " " + request.command();
        final String refusal = refusedFor(request);
        if (refusal != null) {
            return new BoxOrder(0, BoxOrder.QUERY, refusal, text);
        }
        return new BoxOrder(
                all(request) ? 0 : Integer.parseInt(request.card()),
                request.command().toUpperCase(Locale.ROOT).charAt(0),
                null,
                text);
    }

    /** PASSWORD, CARD or COMMAND, the first that is wrong; null if nothing is. */
    private String refusedFor(FrameInput.Request request) {
        if (!request.password().equals(password)) {
            return "PASSWORD";
        }
        if (!all(request) && !request.card().matches("0*([1-9]|1[0-6])")) {
            return "CARD";
        }
        return request.command().matches("[aAbBqQ]") ? null : "COMMAND";
    }

    private static boolean all(FrameInput.Request request) {
        return request.card().equalsIgnoreCase("a");
    }

    @Override
    public String answer(int slot, String claimed) {
        return dialect.answer(slot, claimed);
    }

    @Override
    public boolean answersSelect() {
        return dialect.answersSelect();
    }

    @Override
    public String refusal(String what) {
        return dialect.answersRefusal() ? dialect.refusal(what) : "";
    }

    @Override
    public String busy() {
        return dialect.busy();
    }
}
