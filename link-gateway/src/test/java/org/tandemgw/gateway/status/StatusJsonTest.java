package org.tandemgw.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/** What programs read, key for key. */
class StatusJsonTest {
    /** Keys that the manual allows us to add. */
    private static final Set<String> ADDED = Set.of(
            "at",
            "drills",
            "configuration",
            "because",
            "paused",
            "peer",
            "silenceMs",
            "lastRefusal",
            "failedAttempts",
            "replaced",
            "refused",
            "localFrames",
            "recovery",
            "jumps",
            "forcedEnds",
            "strays",
            "bufferDrops",
            "relayed",
            "why",
            "cleared",
            "hold",
            "parity",
            "parityMs",
            "catchUpRate",
            "acknowledged",
            "boxProfile",
            "leadsTo",
            "reach",
            "reachWhy",
            "path",
            "ageMs",
            "movedWithoutUs",
            "lastEpoch",
            "confirmedBy",
            "monitorOnly",
            "modeFile",
            "modeOperator",
            "phase",
            "decision",
            "holdDownLeftMs",
            "said",
            "waiting",
            "agents",
            "sure",
            "deniedActions",
            "refusedQuestions",
            "listsGivenUp",
            "diskErrors",
            "countedTogether",
            "undecoded",
            "confirmedAt",
            "test",
            "notified",
            "maintenance");

    @Test
    void shouldBeTheExampleOfTheManualKeyForKeyInItsOrder() throws IOException {
        final Object expected = JSON.std.anyFrom(example());
        final Object actual = withoutAdded(JSON.std.anyFrom(JsonRecords.write(SampleStatus.example())));

        assertEquals(expected, actual);
        assertEquals(keys(expected), keys(actual));
    }

    @Test
    void shouldNotAddAKeyThatTheManualHasElsewhere() throws IOException {
        keys(JSON.std.anyFrom(example())).forEach(key -> assertTrue(!ADDED.contains(key), key));
    }

    @Test
    void shouldWriteNullWhereThereIsNoActiveServer() {
        assertTrue(JsonRecords.write(SampleStatus.trouble()).contains("\"active\":null,"));
    }

    @Test
    void shouldComeBackAsItWas() {
        for (final GatewayStatus status : List.of(SampleStatus.example(), SampleStatus.trouble())) {
            assertEquals(status, JsonRecords.read(JsonRecords.write(status), GatewayStatus.class));
        }
    }

    @Test
    void shouldReadWhatAnOlderOrNewerVersionWrites() throws IOException {
        final GatewayStatus old = JsonRecords.read(example(), GatewayStatus.class);
        assertEquals(List.of(), old.because());
        assertEquals("hq-east", old.site());

        final GatewayStatus newer = JsonRecords.read(
                example().replaceFirst("\\{", "{ \"fromTheFuture\": { \"a\": [1, {}] }, "), GatewayStatus.class);
        assertEquals(old, newer);
    }

    @Test
    void shouldSayWhatIsWrongWithATextThatIsNoStatus() {
        for (final String text : List.of("", "[]", "{", "{\"pid\":\"x\"}", "{\"acds\":{}}", "{} {}", "nonsense")) {
            assertThrows(JsonFormatException.class, () -> JsonRecords.read(text, GatewayStatus.class), text);
        }
    }

    private static String example() throws IOException {
        try (InputStream in = StatusJsonTest.class.getResourceAsStream("status-example.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Object withoutAdded(Object json) {
        if (json instanceof Map<?, ?> object) {
            object.keySet().removeIf(ADDED::contains);
            object.values().forEach(StatusJsonTest::withoutAdded);
        } else if (json instanceof List<?> list) {
            list.forEach(StatusJsonTest::withoutAdded);
        }
        return json;
    }

    private static List<String> keys(Object json) {
        final List<String> keys = new ArrayList<>();
        if (json instanceof Map<?, ?> object) {
            object.forEach((key, value) -> {
                keys.add((String) key);
                keys.addAll(keys(value));
            });
        } else if (json instanceof List<?> list) {
            list.forEach(value -> keys.addAll(keys(value)));
        }
        return keys;
    }
}
