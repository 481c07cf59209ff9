package org.tandemgw.abswitch.emulator;

/** The box's end of one wire. */
interface BoxLink {
    /** Puts bytes on the wire; without effect once it is closed. */
    void send(byte[] bytes);

    /** Ends the connection; without effect on a serial line. */
    void close();
}
