package org.tandemgw.abswitch;

/**
 * One way to a box. Thin: it says what happened and decides nothing; limits of time belong to the owner. Its methods are called on
 * the switch's thread and never block. What goes wrong is told as {@link PathEvents#closed} and never thrown.
 *
 * <p>SNMP is spoken as text: a request is one line, {@code get OID}, {@code set OID i NUMBER} or {@code set OID s TEXT}; the answer
 * is one line, {@code OID value} or {@code error NAME}.
 */
public interface BoxPath {
    /** For people: {@code tcp 10.1.1.140:9100}. The same for the life of the path. */
    String describe();

    /** What the path is made of. */
    PathKind kind();

    /**
     * Begins to open. Never called while open or opening.
     *
     * @param events told about this opening, and no other
     */
    void open(PathEvents events);

    /**
     * Sends in one write, unchanged. Only called between {@link PathEvents#opened} and {@link PathEvents#closed}.
     *
     * @param bytes one frame, not to be changed
     */
    void send(byte[] bytes);

    /** Closes, in whatever state; calling it again does nothing. */
    void close();
}
