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
        public void over(SwitchMark mark, boolean switched) {}
    };

    /** One has begun. */
    void begun(SwitchMark mark);

    /** A server is told to start: the one that takes over, or the one that has its trunks back. */
    void promoted(long epoch, String server);

    /** It is over. */
    void over(SwitchMark mark, boolean switched);
}
