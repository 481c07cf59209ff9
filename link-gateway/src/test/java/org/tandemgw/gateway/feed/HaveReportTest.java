package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaveReportTest {
    private static final String DIGEST = "AB".repeat(32);

    @Test
    void shouldReadBothKeysInAnyOrder() {
        assertEquals(
                new HaveReport(1234, DIGEST.toLowerCase()), parse("{\"have\":1234,\"digest\":\"" + DIGEST + "\"}"));
        assertEquals(
                new HaveReport(1234, DIGEST.toLowerCase()),
                parse(" { \"digest\" : \"" + DIGEST + "\", \"have\" : 1234 }\n"));
        assertEquals(1_000, parse("{\"have\":1999}").through());
        assertNull(parse("{\"have\":7}").digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "have 7",
                "{\"have\":-1}",
                "{\"have\":1.5}",
                "{\"have\":99999999999999999999}",
                "{\"have\":\"7\"}"
            })
    void shouldTakeAnythingElseForNoReport(String text) {
        assertNull(parse(text));
    }

    private static HaveReport parse(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HaveReport.parse(bytes, 0, bytes.length);
    }
}
