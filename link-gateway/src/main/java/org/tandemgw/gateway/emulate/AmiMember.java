package org.tandemgw.gateway.emulate;

/** One agent of a simulated Asterisk: a dynamic member of one queue. */
final class AmiMember {
    static final int NOT_IN_USE = 1;
    static final int IN_USE = 2;
    static final int RINGING = 6;

    final int number;
    final String queue;
    int status = NOT_IN_USE;
    /** On a call of his queue: not on one that he dialled, or that somebody dialled him for. */
    boolean inCall;

    boolean loggedIn;
    boolean paused;
    String pausedReason = "";
    int callsTaken;
    long lastCallS;
    long loginS;

    AmiMember(int number, String queue) {
        this.number = number;
        this.queue = queue;
    }

    String name() {
        return "Agent " + number;
    }

    String line() {
        return "PJSIP/" + number;
    }

    /** The headers that events and lists about a member share. */
    AmiText describe(AmiText text, String nameOfName, String nameOfLine) {
        return text.add("Queue", queue)
                .add(nameOfName, name())
                .add(nameOfLine, line())
                .add("StateInterface", line())
                .add("Membership", "dynamic")
                .add("Penalty", 0)
                .add("CallsTaken", callsTaken)
                .add("LastCall", lastCallS)
                .add("LastPause", 0)
                .add("LoginTime", loginS)
                .add("InCall", inCall ? 1 : 0)
                .add("Status", status)
                .add("Paused", paused ? 1 : 0)
                .add("PausedReason", pausedReason)
                .add("Ringinuse", 0)
                .add("Wrapuptime", 0);
    }
}
