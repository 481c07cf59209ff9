package org.tandemgw.gateway.notify;

import java.io.IOException;

/** Where messages go. Its line's own thread alone; it waits for an answer, and never longer than {@value #LIMIT_MS} ms each for connection and answer. */
interface Receiver extends AutoCloseable {
    int LIMIT_MS = 5_000;

    /**
     * Hands over a message, and returns when it was taken, as far as that can be known.
     *
     * @param dropped messages before it that were never sent
     * @throws IOException if it was not, or nobody knows; its message is for the operator, and holds nothing of a URL but its host
     */
    void send(Message message, long dropped) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
