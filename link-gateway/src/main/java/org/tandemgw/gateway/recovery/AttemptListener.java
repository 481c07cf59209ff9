package org.tandemgw.gateway.recovery;

/** Is told how attempts to switch go, each thing once it is durable. On the thread {@code control}: returns at once. */
public interface AttemptListener {
    /** Nobody wants to know. */
    AttemptListener NONE = new AttemptListener() {
        @Override
        public void begun(SwitchMark mark) {}

        @Override
        public void promoted(long epoch, String server) {}

        @Override
        public void over(SwitchMark mark, boolean switched, boolean tookOver) {}
    };

    /** One has begun. */
    void begun(SwitchMark mark);

    /** A server is told to start: the one that takes over, or the one that has its trunks back. */
    void promoted(long epoch, String server);

    /**
     * It is over.
     *
     * @param switched it has succeeded
     * @param tookOver its server is the active one now, also where it could not be told to start
     */
    void over(SwitchMark mark, boolean switched, boolean tookOver);
}
