package org.tandemgw.abswitch;

import java.io.ByteArrayOutputStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One frame on one line and what comes back: open, be quiet, send in one write, read until it is over. Every state has a limit. A
 * damaged exchange is never repaired with a line end: the next one begins with a fresh frame.
 */
final class Exchange implements Line.User {
    private enum State {
        /** Waits for the path to open. */
        OPENING,
        /** Waits until a line that keeps answers has been quiet. */
        QUIETING,
        /** The frame is on its way or there; waits for the answer and its end. */
        ANSWERING,
        OVER
    }

    private final Line line;
    private final Ask ask;
    private final byte[] frame;
    private final BoxRules rules;
    private final LongSupplier nowNs;
    private final Supplier<String> permit;
    private final ByteArrayOutputStream reply = new ByteArrayOutputStream();
    private State state;
    private long sinceNs;
    private long lastByteNs;
    private int stale;
    private long mark;
    private boolean sentWhole;
    private final ReplyReader reader;
    private Reading reading;
    private int readBytes;
    private Exchanged result;

    /**
     * Nothing done yet.
     *
     * @param permit asked right before the first byte goes out: null, or why it must not
     */
    Exchange(Line line, Ask ask, byte[] frame, BoxRules rules, LongSupplier nowNs, Supplier<String> permit) {
        this.line = line;
        this.ask = ask;
        this.frame = frame;
        this.rules = rules;
        this.nowNs = nowNs;
        this.permit = permit;
        this.reader = new ReplyReader(rules);
    }

    /** Gives up what is under way; whether the box got the frame is then unknown. */
    void abandon(String why) {
        if (state != State.OVER) {
            over(Exchanged.End.CLOSED, why);
        }
    }

    Ask ask() {
        return ask;
    }

    /** What came of it, or null while it is under way. */
    Exchanged result() {
        return result;
    }

    void begin() {
        line.use(this);
        sinceNs = nowNs.getAsLong();
        if (line.isOpen()) {
            state = State.QUIETING;
            step();
        } else {
            state = State.OPENING;
            line.open();
        }
    }

    /** Does what is due by now. */
    void step() {
        long now = nowNs.getAsLong();
        switch (state) {
            case OPENING -> {
                if (now >= dueNs()) {
                    over(Exchanged.End.NOT_OPENED, "did not open in time");
                }
            }
            case QUIETING -> {
                if (!line.keepsAnswers()
                        || now - line.quietSinceNs() >= rules.timing().quiet().toNanos()) {
                    send(now);
                } else if (now - sinceNs >= rules.timing().answer().toNanos()) {
                    over(Exchanged.End.NOT_UNDERSTOOD, "the line is never quiet");
                }
            }
            case ANSWERING -> answering(now);
            case OVER -> {}
        }
    }

    /** When {@link #step} has something to do, if nothing happens before. */
    long dueNs() {
        BoxTiming timing = rules.timing();
        return switch (state) {
            case OPENING -> sinceNs + timing.connect().toNanos();
            case QUIETING ->
                !line.keepsAnswers()
                        ? sinceNs
                        : Math.min(
                                line.quietSinceNs() + timing.quiet().toNanos(),
                                sinceNs + timing.answer().toNanos());
            case ANSWERING -> answerDueNs();
            case OVER -> sinceNs;
        };
    }

    @Override
    public void opened() {
        if (state == State.OPENING) {
            state = State.QUIETING;
            sinceNs = nowNs.getAsLong();
            step();
        }
    }

    @Override
    public void sent() {
        if (state == State.ANSWERING) {
            sentWhole = true;
        }
    }

    @Override
    public void received(byte[] bytes) {
        if (state != State.ANSWERING) {
            return;
        }
        lastByteNs = nowNs.getAsLong();
        reply.writeBytes(bytes);
        if (reply.size() > rules.replies().maxBytes()) {
            over(
                    Exchanged.End.NOT_UNDERSTOOD,
                    "the answer is longer than " + rules.replies().maxBytes() + " bytes");
        } else if (enoughLines()) {
            if (read().kind().isAnswer()) {
                over(read());
            }
        }
    }

    @Override
    public void closed(PathEnd end, String text) {
        switch (state) {
            case OPENING -> over(end == PathEnd.REFUSED ? Exchanged.End.REFUSED : Exchanged.End.NOT_OPENED, text);
            case QUIETING -> over(Exchanged.End.SENT_AWAY, text);
            case ANSWERING -> {
                if (read().kind() == Reading.Kind.NOTHING) {
                    over(end == PathEnd.CLOSED_BY_PEER ? Exchanged.End.SENT_AWAY : Exchanged.End.CLOSED, text);
                } else {
                    over(read());
                }
            }
            case OVER -> {}
        }
    }

    private void send(long now) {
        String forbidden = permit.get();
        if (forbidden != null) {
            over(Exchanged.End.FORBIDDEN, forbidden);
            return;
        }
        stale = line.owed().count(now);
        mark = line.mark();
        if (line.kind() != PathKind.SNMP) {
            line.owed().sent(now);
        }
        state = State.ANSWERING;
        sinceNs = now;
        lastByteNs = now;
        line.send(frame);
    }

    private void answering(long now) {
        if (now < answerDueNs()) {
            return;
        }
        boolean quiet = now - lastByteNs >= rules.timing().quiet().toNanos();
        if (reply.size() == 0 || quiet) {
            over(read());
        } else {
            over(Exchanged.End.NOT_UNDERSTOOD, "the answer does not end");
        }
    }

    /** An answer ends with quiet; without one, patience does; and there is a cap. */
    private long answerDueNs() {
        long quietNs = lastByteNs + rules.timing().quiet().toNanos();
        long patientNs = sinceNs + patienceNs();
        long due = reply.size() == 0 ? patientNs : read().kind().isAnswer() ? quietNs : Math.max(quietNs, patientNs);
        return Math.min(due, sinceNs + rules.timing().answer().toNanos());
    }

    private long patienceNs() {
        boolean awaited = ask.kind() == Ask.Kind.QUERY || rules.replies().toCommands();
        return (awaited ? rules.timing().firstByte() : rules.timing().settle()).toNanos();
    }

    private boolean enoughLines() {
        int lines = rules.replies().lines();
        return lines > 0 && ReplyReader.linesEnded(reply.toByteArray()) >= lines;
    }

    /** What has come so far; read anew only when more has come. */
    private Reading read() {
        if (reading == null || readBytes != reply.size()) {
            reading = reader.read(ask.card(), reply.toByteArray(), frame);
            readBytes = reply.size();
        }
        return reading;
    }

    private void over(Reading said) {
        String what = "card " + ask.card() + ": ";
        switch (said.kind()) {
            case POSITION -> over(Exchanged.End.ANSWERED, null);
            case BUSY -> over(Exchanged.End.BUSY, what + "it says that it is busy");
            case PASSWORD_WRONG -> over(Exchanged.End.PASSWORD_WRONG, what + "it complains of the password");
            case ERROR -> over(Exchanged.End.ERROR, what + "it reports an error");
            case OTHER_CARD -> over(Exchanged.End.NOT_UNDERSTOOD, what + "the answer speaks of another card");
            case UNPARSED -> over(Exchanged.End.NOT_UNDERSTOOD, what + "the answer fits no pattern of the profile");
            case NOTHING -> over(Exchanged.End.SILENT, what + "no answer");
        }
    }

    private void over(Exchanged.End end, String trouble) {
        long now = nowNs.getAsLong();
        boolean maySent = state == State.ANSWERING;
        Reading said = maySent ? read() : Reading.of(Reading.Kind.NOTHING);
        if (end == Exchanged.End.NOT_UNDERSTOOD) {
            said = said.kind() == Reading.Kind.OTHER_CARD ? said : Reading.of(Reading.Kind.UNPARSED);
        } else if (said.kind().isAnswer()) {
            line.owed().came();
        }
        result = new Exchanged(
                end,
                said,
                line,
                stale,
                line.agree(),
                mark,
                maySent,
                sentWhole,
                frame,
                reply.toByteArray(),
                trouble,
                maySent ? sinceNs : now,
                now);
        state = State.OVER;
        line.use(null);
    }
}
