package org.tandemgw.abswitch;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/** Asks for all our cards: for the watch, which gives up at the first that is not answered and gives way to orders, or for an operator. A suspected password ends both. */
final class Look implements Job {
    private final List<Integer> cards;
    private final BoxTiming timing;
    private final Desk desk;
    private final Known known;
    private final RandomGenerator jitter;
    private final boolean forWatch;
    private final IntConsumer onRead;
    private final BiConsumer<Integer, String> done;
    private int at;
    private Inquiry inquiry;
    private int read;
    private String trouble;

    /**
     * Nothing asked yet.
     *
     * @param forWatch whether one answer that says what is known already is enough
     * @param onRead gets each card that was read
     * @param done gets how many cards were read, and what was the trouble, or null
     */
    Look(
            SwitchSettings settings,
            Desk desk,
            Known known,
            RandomGenerator jitter,
            boolean forWatch,
            IntConsumer onRead,
            BiConsumer<Integer, String> done) {
        this.cards = settings.cards();
        this.timing = settings.rules().timing();
        this.desk = desk;
        this.known = known;
        this.jitter = jitter;
        this.forWatch = forWatch;
        this.onRead = onRead;
        this.done = done;
    }

    @Override
    public Ask next(long nowNs) {
        if (at == cards.size()) {
            return Ask.OVER;
        }
        if (inquiry == null) {
            int card = cards.get(at);
            inquiry = new Inquiry(
                    timing,
                    card,
                    desk::failuresBorne,
                    position -> forWatch && position.equals(known.position(card)),
                    jitter,
                    nowNs);
        }
        return inquiry.next(nowNs);
    }

    @Override
    public void began(Ask ask) {}

    @Override
    public void took(Exchanged e, boolean retry, boolean elsewhere, long nowNs) {
        inquiry.took(e, retry, elsewhere, nowNs);
        if (!inquiry.isOver()) {
            return;
        }
        int card = cards.get(at++);
        if (inquiry.isRead()) {
            read++;
            desk.read(card, inquiry.proven() != null ? inquiry.proven() : known.position(card));
            onRead.accept(card);
        } else {
            trouble = inquiry.why();
            if (!inquiry.isAnswered()) {
                desk.failed(inquiry.last());
                at = forWatch || desk.mightDoHarm(e) ? cards.size() : at;
            }
        }
        inquiry = null;
    }

    @Override
    public void finish(long nowNs) {
        done.accept(read, trouble);
    }

    @Override
    public void stop(long nowNs) {
        trouble = "the switch was stopped";
        finish(nowNs);
    }

    @Override
    public boolean yields() {
        return forWatch;
    }
}
