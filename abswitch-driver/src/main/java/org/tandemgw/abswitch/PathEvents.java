package org.tandemgw.abswitch;

/** What a {@link BoxPath} tells; from any thread. One object belongs to one opening: after {@link #closed} it is told nothing more. */
public interface PathEvents {
    /** The path can carry bytes. */
    void opened();

    /** All bytes of the last {@link BoxPath#send} have been handed to the operating system, the last one among them. */
    void sent();

    /**
     * Bytes came.
     *
     * @param bytes an array that the adapter does not touch again
     */
    void received(byte[] bytes);

    /**
     * The path is closed or could not be opened; also after {@link BoxPath#close}, where it is ignored.
     *
     * @param end what happened
     * @param text one sentence for people, without secrets and without what {@link BoxPath#describe} says
     */
    void closed(PathEnd end, String text);
}
