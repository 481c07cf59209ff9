package org.tandemgw.gateway.arbiter;

/** What a leg is to the arbiter, as an operator reads it. */
public enum LegState {
    /** Not connected; ends with a connection that is ready for shared frames. */
    DOWN,
    /** Connected, its place in the stream is not found yet; while the ACD is idle that is no fault. */
    HUNTING,
    /** Its place in the stream is known: its frames are new or confirm what the other leg brought. */
    UP,
    /** Connected, but it brings nothing while the other leg does; ends with its next frame. */
    SILENT
}
