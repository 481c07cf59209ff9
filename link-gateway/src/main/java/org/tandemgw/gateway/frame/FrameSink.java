package org.tandemgw.gateway.frame;

/** Takes what a decoder finds, in order, on the thread that feeds the decoder. */
public interface FrameSink {
    /** One whole frame, framing bytes included. The bytes are only valid during the call. */
    void onFrame(byte[] buffer, int offset, int length);

    /** A whole frame that is longer than can be carried; its bytes were counted and digested, not kept. */
    void onLongFrame(long length, byte[] sha256);
}
