package org.tandemgw.gateway.dialect.esl;

import java.nio.charset.StandardCharsets;

/** What may be said to a FreeSWITCH: one method for each thing. There is no text that becomes a command. */
final class EslCommand {
    private EslCommand() {}

    /** Proves the secret: of the event socket itself, or, where the name has a domain, of a user of the directory. */
    static byte[] login(String user, String secret) {
        return line(user.indexOf('@') > 0 ? "userauth " + user + ':' + secret : "auth " + secret);
    }

    /** @param events as the profile has them */
    static byte[] subscribe(String events) {
        return line("event plain " + events);
    }

    /** @param list one of those that a profile may name: each only reads */
    static byte[] list(String list) {
        return line("api " + list);
    }

    /** Takes back what was never asked for: it is answered, and does nothing. */
    static byte[] keepAlive() {
        return line("nolog");
    }

    /** A secret with a line end in it would be a second command: then it is a wrong one. */
    private static byte[] line(String text) {
        return latin(text.replace('\n', '?').replace('\r', '?') + "\n\n");
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
