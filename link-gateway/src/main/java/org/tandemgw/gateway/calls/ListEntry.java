package org.tandemgw.gateway.calls;

/**
 * A step of what an ACD told beside the stream of how things stand.
 *
 * @param after the record behind which it counts: the last one that was there when it came
 * @param atNs when it came, as records have it
 * @param bytes of an item its frame; of an end which lists were whole; else none
 */
record ListEntry(Kind kind, long after, long atNs, byte[] bytes) {
    private static final byte[] NONE = {};
    private static final int CALLS = 1;
    private static final int AGENTS = 2;

    /** What it is. The order is that of the codes on disk. */
    enum Kind {
        /** Nobody listens to the ACD from here on: frames may be missed, and a list that was under way is no more. */
        DOWN,
        /** The ACD begins to tell. */
        BEGAN,
        /** One item. */
        ITEM,
        /** That was all. */
        ENDED;

        private static final Kind[] ALL = values();

        /** The kind with this code; null if there is none. */
        static Kind of(int code) {
            return code >= 0 && code < ALL.length ? ALL[code] : null;
        }
    }

    static ListEntry down(long after, long atNs) {
        return new ListEntry(Kind.DOWN, after, atNs, NONE);
    }

    static ListEntry began(long after, long atNs) {
        return new ListEntry(Kind.BEGAN, after, atNs, NONE);
    }

    static ListEntry ended(long after, long atNs, boolean calls, boolean agents) {
        final int whole = (calls ? CALLS : 0) | (agents ? AGENTS : 0);
        return new ListEntry(Kind.ENDED, after, atNs, new byte[] {(byte) whole});
    }

    boolean allCalls() {
        return bytes.length == 1 && (bytes[0] & CALLS) != 0;
    }

    boolean allAgents() {
        return bytes.length == 1 && (bytes[0] & AGENTS) != 0;
    }
}
