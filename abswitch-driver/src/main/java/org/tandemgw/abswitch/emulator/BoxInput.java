package org.tandemgw.abswitch.emulator;

/** What one link has sent so far of an order. Pure. */
interface BoxInput {
    /** Takes the next byte. The order, if this byte was its last, else null. */
    BoxOrder take(int octet);

    /** True while the next byte would end an order: everything before it has come. */
    boolean wantsEnd();

    /** True between two orders. */
    boolean idle();

    /** Forgets what has come. */
    void drop();
}
