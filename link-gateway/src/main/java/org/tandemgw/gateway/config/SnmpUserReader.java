package org.tandemgw.gateway.config;

import java.util.regex.Pattern;
import org.tandemgw.profiles.yaml.Section;

/** Reads an SNMPv3 user with its two pass phrases. */
final class SnmpUserReader {

    private static final Pattern SNMP_NAME = Pattern.compile("[\\x21-\\x7E]{1,32}");
    private static final int SHORTEST_PASS_PHRASE = 8;

    private final SecretFiles secrets;

    private final Pattern auth;
    private final Pattern priv;

    /** For users of an agent that knows these ways to prove and to hide. */
    SnmpUserReader(SecretFiles secrets, Pattern auth, Pattern priv) {
        this.secrets = secrets;
        this.auth = auth;
        this.priv = priv;
    }

    /** The user whose name stands under a key of the section; null if he is not there or cannot be used. */
    SnmpConfig.User read(Section section, String nameKey) {
        String name = section.text(nameKey, null, SNMP_NAME, "at most 32 characters without blanks");
        String authWord = section.text("auth", "SHA-256", auth, "write one of " + words(auth));
        Secret authSecret = passPhrase(section, "auth-file");
        String privWord = section.text("priv", "AES-128", priv, "write one of " + words(priv));
        Secret privSecret = passPhrase(section, "priv-file");
        return name == null || authSecret == null || privSecret == null
                ? null
                : new SnmpConfig.User(name, authWord, authSecret, privWord, privSecret);
    }

    private static String words(Pattern alternatives) {
        return alternatives.pattern().replace("|", ", ");
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
