package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.control.NetworkPlace;
import org.tandemgw.gateway.status.SampleStatus;

/** The file names gateways and neighbours: what passes must be what the diagnosis can rest on. */
class CheckingTheNetworkTest {
    private static final Instant SINCE = SampleStatus.AT.minusSeconds(2);

    private static LiveCheck.Item checked(NetworkPlace place) {
        return LiveCheck.of(SampleStatus.example(), List.of(place), SINCE).stream()
                .filter(each -> each.name().endsWith(place.host()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPassWhatAnswers() {
        final LiveCheck.Item item =
                checked(new NetworkPlace("10.1.1.1", "gateway", true, "echo reply", SampleStatus.AT));
        assertEquals("gateway 10.1.1.1", item.name());
        assertEquals(true, item.passed());
        assertNull(item.remedy());
    }

    @Test
    void shouldNotPassAGatewayThatNeverAnswers() {
        final LiveCheck.Item item =
                checked(new NetworkPlace("10.2.1.1", "gateway", false, "no answer", SampleStatus.AT));
        assertEquals(false, item.passed());
        assertEquals("does not answer: no answer", item.found());
        assertTrue(item.remedy().contains("network:"), item.remedy());
    }

    @Test
    void shouldWaitForALookThatIsNewer() {
        assertNull(checked(new NetworkPlace("10.1.1.21", "net-test of cms-east", false, null, null))
                .passed());
        assertNull(checked(new NetworkPlace("10.1.1.21", "net-test of cms-east", true, "x", SINCE.minusMillis(1)))
                .passed());
    }
}
