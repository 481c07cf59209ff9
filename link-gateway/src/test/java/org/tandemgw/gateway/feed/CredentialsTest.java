package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
    private final Credentials credentials = new Credentials("east", "secret", Map.of("watch", "looking"));

    @Test
    void shouldKnowTheServerAndItsObservers() {
        assertEquals("east", identify("east  ", "secret    "));
        assertEquals("watch", identify("watch ", "looking   "));
        assertNull(identify("watch ", "secret    "));
        assertNull(identify("  east", "secret    "));
        assertNull(identify("east\0\0", "secret    "));
        assertNull(identify("      ", "          "));
    }

    @ParameterizedTest
    @CsvSource({"toolong, secret", "east, longerthanten", "'', secret", "east, ''", "'e ', secret", "östl, secret"})
    void shouldRefuseWhatCannotBeSentAndNeverNameTheSecret(String user, String password) {
        final String text = assertThrows(
                        IllegalArgumentException.class, () -> new Credentials(user, password, Map.of()))
                .getMessage();
        assertFalse(!password.isEmpty() && text.contains(password), text);
    }

    @Test
    void shouldRefuseAnObserverWithTheServersName() {
        assertThrows(IllegalArgumentException.class, () -> new Credentials("east", "secret", Map.of("east", "x")));
    }

    private String identify(String user, String password) {
        return credentials.identify(SoupPackets.ascii(user), SoupPackets.ascii(password));
    }
}
