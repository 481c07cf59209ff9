package org.tandemgw.gateway.journal;

/** Told of roll files that will not change any more; for whoever seals them. */
interface RollFileListener {
    /**
     * Chronicle has gone on to a newer file, and the unused end of this one was given back. On the reserve thread. A start
     * tells it again of the last but one file.
     *
     * @param dataEnd behind the last byte that is not zero
     */
    void finished(int cycle, long dataEnd);
}
