package org.tandemgw.gateway.process;

/** How a server is lost. */
enum ServerFault {
    /** Its process is killed: SIGKILL. */
    KILLED("the process is killed"),
    /** Its process stands still: SIGSTOP; the kernel goes on accepting for it. */
    STOPPED("the process stands still (SIGSTOP)"),
    /** Its service listens no more. */
    REFUSING("the service does not listen"),
    /** Its service accepts and does not answer. */
    HANGING("the service accepts and never answers"),
    /** Its machine is cut off: the cable is pulled. */
    CUT_OFF("the cable is pulled (link down)");

    private final String words;

    ServerFault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
