package org.tandemgw.gateway.emulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallTrafficTest {
    private static List<String> messages(long seed, int count) {
        final CallTraffic traffic = new CallTraffic(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> new String(traffic.next(), StandardCharsets.US_ASCII))
                .toList();
    }

    @Test
    void shouldDependOnTheSeedAlone() {
        assertEquals(messages(7, 5_000), messages(7, 5_000));
        assertNotEquals(messages(7, 100), messages(8, 100));
    }

    @Test
    void shouldTellTheWholeLifeOfCalls() {
        final List<String> messages = messages(1, 20_000);
        for (final String word : List.of(
                "ARRIVED",
                "QUEUED",
                "RINGING",
                "CONNECTED",
                "HELD",
                "RETRIEVED",
                "TRANSFERRED",
                "CLEARED",
                "LOGIN",
                "READY",
                "WRAPUP",
                "HEARTBEAT",
                "LEVEL")) {
            assertTrue(messages.stream().anyMatch(message -> message.contains(word)), word);
        }
        assertTrue(messages.stream().allMatch(message -> message.length() < 200 && !message.contains("\n")));
    }

    @Test
    void shouldHoldMessagesThatAreLegitimatelyEqual() {
        final Set<String> different = new HashSet<>(messages(1, 5_000));
        assertTrue(different.size() > 3_000 && different.size() < 4_900, "different: " + different.size());
    }
}
