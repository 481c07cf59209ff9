package org.tandemgw.gateway.dialect.ami;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes what we say to an Asterisk. There is a method for each thing that may be said, and no other way to say one. */
final class AmiMessage {
    private AmiMessage() {}

    /** How the secret is to be proved: by a digest of what the ACD answers. */
    static byte[] challenge(String id) {
        return message("Challenge", id, "AuthType: MD5\r\n");
    }

    static byte[] login(String id, String user, String secret, String events) {
        return message("Login", id, "Username: " + user + "\r\nSecret: " + secret + "\r\nEvents: " + events + "\r\n");
    }

    static byte[] loginMd5(String id, String user, String secret, String challenge, String events) {
        return message(
                "Login",
                id,
                "AuthType: MD5\r\nUsername: " + user + "\r\nKey: " + key(challenge, secret) + "\r\nEvents: " + events
                        + "\r\n");
    }

    static byte[] ping(String id) {
        return message("Ping", id, "");
    }

    /** A list that only reads. */
    static byte[] list(String action, String id) {
        return message(action, id, "");
    }

    /** The lower-case hexadecimal MD5 of challenge and secret. */
    static String key(String challenge, String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(latin(challenge + secret)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    private static byte[] message(String action, String id, String more) {
        return latin("Action: " + action + "\r\nActionID: " + id + "\r\n" + more + "\r\n");
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
