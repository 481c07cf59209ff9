package org.tandemgw.gateway.demo;

/** What a person sees of the demo. Called by the demo's main thread alone. */
interface DemoView extends AutoCloseable {
    /** What an event is to the reader. */
    enum Kind {
        /** Told in passing. */
        NOTE,
        /** Something was broken on purpose. */
        BROKEN,
        /** And put right. */
        MENDED,
        /** It turned out as it must. */
        GOOD,
        /** It did not. */
        WRONG
    }

    /** Something happened. */
    void event(Kind kind, String text);

    /** This is how things are now. */
    void show(DemoPicture picture);

    /** Gives the terminal back. */
    @Override
    void close();
}
