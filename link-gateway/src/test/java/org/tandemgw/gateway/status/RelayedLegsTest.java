package org.tandemgw.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.json.JsonRecords;

/** Legs that are passed through stand one above the other: how much passes is all that can be compared. */
class RelayedLegsTest {
    @Test
    void shouldShowWhatPassesOnBothLegs() {
        final List<String> lines = StatusText.lines(SampleStatus.relayed(), false);
        final int at = lines.indexOf(lines.stream()
                .filter(line -> line.contains("FROM ACD"))
                .findFirst()
                .orElseThrow());
        assertTrue(lines.get(at - 1).contains("avaya-spi-relay, relay"), lines.get(at - 1));
        assertTrue(lines.get(at + 1).contains("18.2 MiB") && lines.get(at + 1).contains("10.1.1.20:41022"));
        assertTrue(lines.get(at + 2).contains("cms-west") && lines.get(at + 2).endsWith("closed by the ACD"));
    }

    @Test
    void shouldBeReadBackByAnotherProgram() {
        final GatewayStatus status = SampleStatus.relayed();
        assertEquals(status, JsonRecords.read(JsonRecords.write(status), GatewayStatus.class));
    }
}
