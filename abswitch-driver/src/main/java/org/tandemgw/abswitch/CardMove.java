package org.tandemgw.abswitch;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** One card of an order: asked, commanded, read back, commanded once more if it did not move, and told apart by what was proved. */
final class CardMove {
    private enum State {
        /** Is asked where it is. */
        SURVEY,
        /** Is elsewhere, or cannot be asked at all; its turn has come or will. */
        READY,
        /** Its command is in flight. */
        COMMANDING,
        /** The command is over; the relay gets its time. */
        SETTLING,
        /** Is asked whether it has moved, until it has or time is up. */
        READ_BACK,
        /** Is not to be moved (any more), and is asked where it is. */
        LOOK,
        DONE
    }

    private final int card;
    private final SelectOrder order;
    private final BoxRules rules;
    private final Desk desk;
    private final RandomGenerator jitter;
    private State state;
    private Inquiry inquiry;
    private String lookWhy;
    private long startedNs = -1;
    private long notBeforeNs;
    private long deadlineNs;
    private int attempts;
    private int commands;
    private int taken;
    private int resurveys;
    private Exchanged command;
    private Instant commandAt;
    private Instant commandedAt;
    private String forbidden;
    private CardResult result;

    CardMove(int card, SelectOrder order, BoxRules rules, Desk desk, RandomGenerator jitter) {
        this.card = card;
        this.order = order;
        this.rules = rules;
        this.desk = desk;
        this.jitter = jitter;
        this.state = rules.verify() == BoxRules.Verify.NONE ? State.READY : State.SURVEY;
    }

    int card() {
        return card;
    }

    boolean isSurveyed() {
        return state != State.SURVEY;
    }

    boolean isReady() {
        return state == State.READY;
    }

    /** Why its command could not be stored and was not sent, or null. */
    String forbidden() {
        return forbidden;
    }

    boolean isCommanded() {
        return commands > 0;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    CardResult result() {
        return result;
    }

    /** It will not be commanded; it is only asked where it is. */
    void lookOnly(String why, long nowNs) {
        lookWhy = why;
        if (rules.verify() == BoxRules.Verify.NONE) {
            done(CardOutcome.UNKNOWN, null, why, nowNs);
        } else if (inquiry != null && inquiry.proven() != null) {
            looked(nowNs);
        } else {
            state = State.LOOK;
            inquiry = inquiry(p -> false, nowNs);
        }
    }

    /** It is neither asked nor commanded, unless it was asked already. */
    void spare(String why, long nowNs) {
        if (state == State.SURVEY && inquiry == null) {
            done(CardOutcome.UNKNOWN, null, why, nowNs);
        }
    }

    Ask next(long nowNs) {
        if (startedNs < 0) {
            startedNs = nowNs;
        }
        return switch (state) {
            case SURVEY -> {
                if (inquiry == null) {
                    inquiry = inquiry(this::needsNoProof, nowNs);
                }
                yield inquiry.next(nowNs);
            }
            case READ_BACK, LOOK -> nowNs < notBeforeNs ? Ask.pause(notBeforeNs) : inquiry.next(nowNs);
            case READY -> nowNs < notBeforeNs ? Ask.pause(notBeforeNs) : commandOrAskAgain(nowNs);
            case SETTLING -> {
                if (nowNs < notBeforeNs) {
                    yield Ask.pause(notBeforeNs);
                }
                readBack(nowNs);
                yield inquiry.next(nowNs);
            }
            case COMMANDING ->
                throw new IllegalStateException("card " + card + " is asked while its command is in flight");
            case DONE -> Ask.OVER;
        };
    }

    void began(Ask ask) {
        if (ask.kind() == Ask.Kind.COMMAND) {
            state = State.COMMANDING;
            attempts++;
        }
    }

    /** Before the first byte: what is not stored is not sent. */
    String permit() {
        commandAt = desk.wall();
        forbidden = desk.remember(order, card);
        return forbidden;
    }

    void took(Exchanged e, boolean retry, boolean elsewhere, long nowNs) {
        if (state == State.COMMANDING) {
            commanded(e, elsewhere, nowNs);
            return;
        }
        inquiry.took(e, retry, elsewhere, nowNs);
        if (!inquiry.isOver()) {
            return;
        }
        if (inquiry.proven() != null) {
            desk.read(card, inquiry.proven());
        } else if (!inquiry.isRead() && !inquiry.isAnswered()) {
            desk.failed(inquiry.last());
        }
        switch (state) {
            case SURVEY -> surveyed(nowNs);
            case READ_BACK -> haveReadBack(nowNs);
            default -> looked(nowNs);
        }
    }

    void stop(long nowNs) {
        if (state == State.SETTLING || state == State.READ_BACK) {
            record(null, nowNs);
        }
        if (state != State.DONE) {
            done(CardOutcome.UNKNOWN, null, "the switch was stopped before this card was read", nowNs);
        }
    }

    /** A command is only sent over the opening of the line over which the card was read: a fail-over asks before it acts. */
    private Ask commandOrAskAgain(long nowNs) {
        if (rules.verify() == BoxRules.Verify.NONE || inquiry.isFrom(desk.line())) {
            return Ask.command(card, order.position());
        }
        if (++resurveys > maxAttempts() + 2) {
            lookOnly("no path stays up long enough for a command", nowNs);
        } else {
            state = State.SURVEY;
            inquiry = inquiry(this::needsNoProof, nowNs);
        }
        return next(nowNs);
    }

    private void surveyed(long nowNs) {
        String position = inquiry.proven();
        if (!inquiry.isRead()) {
            done(CardOutcome.UNKNOWN, null, inquiry.why(), nowNs);
        } else if (position == null) {
            state = State.READY;
        } else if (position.equals(order.position())) {
            boolean ours = commands > 0;
            done(ours ? CardOutcome.MOVED : CardOutcome.ALREADY_THERE, position, "read back", nowNs);
        } else if (position.equals(BoxRules.ABSENT)) {
            done(CardOutcome.ABSENT, position, "the box says that there is no such card", nowNs);
        } else {
            state = State.READY;
        }
    }

    private void commanded(Exchanged e, boolean elsewhere, long nowNs) {
        command = e;
        if (e.maySent()) {
            commands++;
            commandedAt = commandAt;
            taken += tookIt() ? 1 : 0;
            deadlineNs = e.sentAtNs()
                    + rules.timing().settle().plus(rules.timing().readBack()).toNanos();
            notBeforeNs = e.sentAtNs() + rules.timing().settle().toNanos();
            if (rules.verify() == BoxRules.Verify.NONE) {
                record(null, nowNs);
                done(CardOutcome.UNKNOWN, null, "this box offers no proof of a position", nowNs);
            } else {
                state = State.SETTLING;
            }
            return;
        }
        if (forbidden != null) {
            lookOnly("not sent: " + forbidden, nowNs);
            return;
        }
        record(null, nowNs);
        if (attempts >= maxAttempts()) {
            lookOnly("the command could not be sent: " + e.why(), nowNs);
        } else {
            state = State.READY;
            notBeforeNs = elsewhere ? nowNs : nowNs + Inquiry.backoffNs(rules.timing(), attempts, jitter);
        }
    }

    /** Whether the box can be expected to have carried the command out. */
    private boolean tookIt() {
        return command.sentWhole()
                && switch (command.end()) {
                    case ANSWERED, SILENT, NOT_UNDERSTOOD -> true;
                    case BUSY, PASSWORD_WRONG, ERROR, NOT_OPENED, REFUSED, SENT_AWAY, CLOSED, FORBIDDEN -> false;
                };
    }

    private void readBack(long nowNs) {
        state = State.READ_BACK;
        notBeforeNs = nowNs;
        inquiry = inquiry(p -> false, nowNs);
    }

    private void haveReadBack(long nowNs) {
        String position = inquiry.proven();
        boolean timeLeft = nowNs < deadlineNs;
        if (order.position().equals(position)) {
            record(position, nowNs);
            done(CardOutcome.MOVED, position, "read back", nowNs);
        } else if (BoxRules.ABSENT.equals(position)) {
            record(position, nowNs);
            done(CardOutcome.ABSENT, position, "the box says that there is no such card", nowNs);
        } else if (position == null) {
            boolean again = timeLeft && inquiry.last().end() != Exchanged.End.PASSWORD_WRONG;
            if (again) {
                readBack(nowNs);
                notBeforeNs = nowNs + rules.timing().backoff().toNanos();
            } else {
                record(null, nowNs);
                done(CardOutcome.UNKNOWN, null, inquiry.why(), nowNs);
            }
        } else if (timeLeft && tookIt()) {
            readBack(nowNs);
        } else {
            record(position, nowNs);
            notMoved(position, nowNs);
        }
    }

    /** It is proved to be elsewhere, and this command had its time. */
    private void notMoved(String position, long nowNs) {
        boolean refused = command.end() == Exchanged.End.ERROR || command.end() == Exchanged.End.PASSWORD_WRONG;
        if (attempts < maxAttempts() && taken < 2 && !refused) {
            state = State.READY;
            notBeforeNs = nowNs + Inquiry.backoffNs(rules.timing(), attempts, jitter);
            return;
        }
        String why = taken >= 2
                ? "OVERRIDDEN_OR_STUCK: the box took " + taken + " commands, and the card is still at " + position
                : "still at " + position + " after " + commands + (commands == 1 ? " command" : " commands")
                        + (command.why() == null ? "" : ": " + command.why());
        done(CardOutcome.NOT_MOVED, position, why, nowNs);
    }

    private void looked(long nowNs) {
        String position = inquiry.proven();
        if (position == null) {
            done(CardOutcome.UNKNOWN, null, lookWhy + "; and it cannot be read: " + inquiry.why(), nowNs);
        } else if (position.equals(order.position())) {
            done(commands > 0 ? CardOutcome.MOVED : CardOutcome.ALREADY_THERE, position, "read back", nowNs);
        } else if (position.equals(BoxRules.ABSENT)) {
            done(CardOutcome.ABSENT, position, "the box says that there is no such card", nowNs);
        } else {
            done(CardOutcome.NOT_MOVED, position, lookWhy, nowNs);
        }
    }

    /** Before a command one answer is enough to see that it is needed; to claim that it is not takes proof. */
    private boolean needsNoProof(String position) {
        return !position.equals(order.position()) && !position.equals(BoxRules.ABSENT);
    }

    private int maxAttempts() {
        return 1 + rules.timing().retries();
    }

    private Inquiry inquiry(Predicate<String> oneIsEnough, long nowNs) {
        return new Inquiry(rules.timing(), card, desk::failuresBorne, oneIsEnough, jitter, nowNs);
    }

    private void record(String readBack, long nowNs) {
        desk.commandDone(new CommandRecord(
                order,
                card,
                attempts,
                command.line().describe(),
                commandAt == null ? desk.wall() : commandAt,
                desk.masking().show(command.frame()),
                command.sentWhole(),
                desk.masking().show(command.reply()),
                command.maySent() ? command.reading().toString() : "not sent: " + command.why(),
                readBack,
                Duration.ofNanos(command.overNs() - command.sentAtNs()),
                Duration.ofNanos(nowNs - command.sentAtNs())));
    }

    private void done(CardOutcome outcome, String position, String detail, long nowNs) {
        state = State.DONE;
        long took = startedNs < 0 ? 0 : nowNs - startedNs;
        String said = outcome == CardOutcome.UNKNOWN ? detail + "; " + whetherCommanded() : detail;
        result = new CardResult(card, outcome, position, commands > 0, said, Duration.ofNanos(took));
    }

    private String whetherCommanded() {
        return commands == 0
                ? "no command was sent"
                : "a command was sent at " + commandedAt.truncatedTo(ChronoUnit.SECONDS) + " and not read back";
    }
}
