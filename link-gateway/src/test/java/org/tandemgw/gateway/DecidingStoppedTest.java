package org.tandemgw.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.status.SiteState;

/** What status says once deciding has stopped by a fault of its own. */
class DecidingStoppedTest {
    @Test
    void shouldSayErrorWhateverElseIsWell() {
        final DecidedPicture stopped = new DecidedPicture(null, null, "java.lang.IllegalStateException: no way");
        assertEquals(SiteState.ERROR, stopped.state(SiteState.PROTECTED));
        assertEquals("none", stopped.mode());
        assertEquals("look at the log, then restart Tandem", stopped.next());
        assertEquals(
                List.of(
                        "nothing is decided any more, by a fault of Tandem's own: java.lang.IllegalStateException: no way"),
                stopped.because(List.of()));
    }
}
