package org.tandemgw.abswitch.link;

import java.net.InetSocketAddress;

/**
 * Where a box's SNMP agent is, and as whom it is spoken to: by a v2c community or as a v3 user, one of the two.
 *
 * @param address of the agent; if it is a name, it is asked for at each opening
 * @param community v2c; goes over the network in clear; null: v3
 * @param user v3 with authentication and privacy; null: v2c
 */
public record SnmpSettings(InetSocketAddress address, String community, User user) {
    private static final int SHORTEST_PHRASE = 8;

    /** How a v3 user proves itself. */
    public enum Authentication {
        /** HMAC-MD5-96, for old boxes. */
        MD5,
        /** HMAC-SHA-96, for old boxes. */
        SHA_1,
        /** HMAC-SHA-256-192. */
        SHA_256,
        /** HMAC-SHA-512-384. */
        SHA_512
    }

    /** How what a v3 user says is hidden. */
    public enum Privacy {
        /** DES, for old boxes. */
        DES,
        /** AES with 128 bits. */
        AES_128,
        /** AES with 256 bits. */
        AES_256
    }

    /** A v3 user, always with both. */
    public record User(
            String name,
            Authentication authentication,
            String authenticationPhrase,
            Privacy privacy,
            String privacyPhrase) {
        /** Checks. Messages name the key and never a pass phrase. */
        public User {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("snmp.user: empty");
            }
            if (authenticationPhrase.length() < SHORTEST_PHRASE || privacyPhrase.length() < SHORTEST_PHRASE) {
                throw new IllegalArgumentException(
                        "snmp.user " + name + ": a pass phrase needs at least " + SHORTEST_PHRASE + " characters");
            }
        }

        @Override
        public String toString() {
            return "v3 user " + name;
        }
    }

    /** Checks. Messages name the key. */
    public SnmpSettings {
        if ((community == null) == (user == null)) {
            throw new IllegalArgumentException("snmp: give either a community (v2c) or a user (v3)");
        }
    }

    /** Without secrets: {@code 10.1.1.141:161 v3 user noc}. */
    @Override
    public String toString() {
        return address.getHostString() + ":" + address.getPort() + (user == null ? " v2c" : " " + user);
    }
}
