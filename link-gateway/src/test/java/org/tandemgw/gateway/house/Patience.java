package org.tandemgw.gateway.house;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where a test does not say how long it waits for a condition: as long as a machine may take that has much else to do, and longer than any time of the product itself: a minute is how long an alarm that came and went stands. Registered for all tests. */
public final class Patience implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(180));
    }
}
