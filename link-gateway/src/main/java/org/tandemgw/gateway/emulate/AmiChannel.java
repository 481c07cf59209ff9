package org.tandemgw.gateway.emulate;

/** One channel of a simulated Asterisk. */
final class AmiChannel {
    enum State {
        DOWN(0, "Down"),
        RING(4, "Ring"),
        RINGING(5, "Ringing"),
        UP(6, "Up");

        final int number;
        final String word;

        State(int number, String word) {
            this.number = number;
            this.word = word;
        }
    }

    final String name;
    final String uniqueId;
    final long bornMs;
    String linkedId;
    State state = State.DOWN;
    String callerNumber = "<unknown>";
    String callerName = "<unknown>";
    String connectedNumber = "<unknown>";
    String connectedName = "<unknown>";
    String context = "from-internal";
    String exten = "s";
    String application = "";
    /** Empty while it is in none. */
    String bridge = "";

    AmiChannel(String name, String uniqueId, String linkedId, long bornMs) {
        this.name = name;
        this.uniqueId = uniqueId;
        this.linkedId = linkedId == null ? uniqueId : linkedId;
        this.bornMs = bornMs;
    }
}
