package org.tandemgw.abswitch;

/**
 * One query of one card over a path that is not in use, to see whether it could be. What it says of the card counts for nothing: one
 * answer may be an old one. Gives way to whatever else is to be done.
 */
final class Trial implements Job {
    private final Line line;
    private final int card;
    private boolean over;

    Trial(Line line, int card) {
        this.line = line;
        this.card = card;
    }

    @Override
    public Ask next(long nowNs) {
        return over ? Ask.OVER : Ask.query(card);
    }

    @Override
    public Line line() {
        return line;
    }

    @Override
    public void began(Ask ask) {}

    @Override
    public void took(Exchanged e, boolean retry, boolean elsewhere, long nowNs) {
        over = true;
    }

    @Override
    public void finish(long nowNs) {}

    @Override
    public void stop(long nowNs) {}

    @Override
    public boolean yields() {
        return true;
    }
}
