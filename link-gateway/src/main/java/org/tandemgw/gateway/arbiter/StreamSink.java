package org.tandemgw.gateway.arbiter;

/** Where the arbiter puts the stream, in order. Called on the thread that calls the arbiter. */
public interface StreamSink {
    /**
     * A new shared frame, or the note that one was too long to carry.
     *
     * @param leg 1 or 2, the leg on which it came first
     * @param atNs its arrival, UTC; may lie before that of the frame emitted last, if it had to wait
     * @param lost true if the bytes are not the frame but the description of one that is too long
     * @param dialectSequence the ACD's own number, or -1
     */
    void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long dialectSequence);

    /**
     * Nothing could be had between two arrivals. Called at once before the first frame after it.
     *
     * @param fromNs arrival of the last record before
     * @param toNs arrival of the first after
     * @param legs bit 0: leg 1 was down, bit 1: leg 2 was down
     */
    void gap(long fromNs, long toNs, int legs, String why);

    /** Order or repeats cannot be proved at this place. Called before the frames that it is about. */
    void discontinuity(long atNs, int legs, String why);
}
