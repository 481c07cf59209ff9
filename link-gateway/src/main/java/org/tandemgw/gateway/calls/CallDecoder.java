package org.tandemgw.gateway.calls;

/**
 * What the frames of one dialect say about calls and agents. It remembers nothing: what has to be remembered is in the call table, so that it is in its
 * snapshots too. Belongs to the thread of the one who reads.
 */
public interface CallDecoder {
    /**
     * Reads one frame of the stream, and hands on what it says.
     *
     * @param sequence of its record
     * @param arrivedNs when it came, UTC
     */
    void decode(byte[] buffer, int offset, int length, long sequence, long arrivedNs);

    /**
     * Reads one item of what the ACD lists beside the stream, and hands on what it says.
     *
     * @param sequence of the record behind which it counts
     * @param arrivedNs when it came, on the ACD's clock as far as that is known
     */
    void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs);
}
