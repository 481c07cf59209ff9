package org.tandemgw.gateway.health;

/** Where a fault is. Asked in this order: the first that cannot be ruled out is the answer. */
public enum FaultKind {
    /** Our own interfaces or gateways: nothing is known of the server. */
    OWN_NETWORK("own-network"),
    /** The network between us and the server, or its machine: nothing there answers. */
    NETWORK("network"),
    /** The server's machine: its neighbour answers, it does not. */
    MACHINE("machine"),
    /** The service: its machine answers. */
    SERVICE("service");

    private final String word;

    FaultKind(String word) {
        this.word = word;
    }

    /** The word in records. */
    @Override
    public String toString() {
        return word;
    }
}
