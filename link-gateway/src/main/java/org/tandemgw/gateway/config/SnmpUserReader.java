package org.tandemgw.gateway.config;

import java.util.regex.Pattern;
import org.tandemgw.profiles.yaml.Section;

/** Reads an SNMPv3 user with its two pass phrases. */
final class SnmpUserReader {

    private static final Pattern AUTH = Pattern.compile("SHA-(1|224|256|384|512)");
    private static final Pattern PRIV = Pattern.compile("AES-(128|192|256)");
    private static final Pattern SNMP_NAME = Pattern.compile("[\\x21-\\x7E]{1,32}");
    private static final int SHORTEST_PASS_PHRASE = 8;

    private final SecretFiles secrets;

    SnmpUserReader(SecretFiles secrets) {
        this.secrets = secrets;
    }

    /** The user whose name stands under a key of the section; null if he is not there or cannot be used. */
    SnmpConfig.User read(Section section, String nameKey) {
        String name = section.text(nameKey, null, SNMP_NAME, "at most 32 characters without blanks");
        String auth = section.text("auth", "SHA-256", AUTH, "write SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512");
        Secret authSecret = passPhrase(section, "auth-file");
        String priv = section.text("priv", "AES-128", PRIV, "write AES-128, AES-192 or AES-256");
        Secret privSecret = passPhrase(section, "priv-file");
        return name == null || authSecret == null || privSecret == null
                ? null
                : new SnmpConfig.User(name, auth, authSecret, priv, privSecret);
    }

    private Secret passPhrase(Section section, String key) {
        Secret secret = secrets.read(section, key);
        if (secret != null && secret.value().length() < SHORTEST_PASS_PHRASE) {
            section.reject(
                    key,
                    "names a file whose pass phrase is shorter than " + SHORTEST_PASS_PHRASE + " characters",
                    "SNMPv3 refuses such");
        }
        return secret;
    }
}
