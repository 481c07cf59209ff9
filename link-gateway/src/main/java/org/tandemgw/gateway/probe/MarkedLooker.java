package org.tandemgw.gateway.probe;

/** Looks with marked packets. On the loop. */
record MarkedLooker(Looker looker, int dscp) implements Looker {
    @Override
    public void look(Attempt attempt) {
        attempt.mark(dscp);
        looker.look(attempt);
    }

    @Override
    public void close() {
        looker.close();
    }
}
