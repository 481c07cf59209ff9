package org.tandemgw.gateway.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A site with more to tell than a mail can carry. */
class BoundedBundleTest {
    private final KnownSecrets secrets = new KnownSecrets();

    @Test
    void shouldKeepTheEndOfALongTextAndNameWhatHasNoRoom() throws IOException {
        final String line = "2026-11-21T05:13:00Z something happened, and was written down\n";
        final String text = line.repeat((BundleFile.LONGEST + 100_000) / line.length());
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BundleFile bundle = new BundleFile(out, new Scrubber(secrets))) {
            for (int i = 0; i < 10; i++) {
                bundle.add("part" + i, "", text);
            }
            assertTrue(bundle.parts().stream().allMatch(part -> part.bytes() <= BundleFile.LONGEST + 100));
            assertTrue(bundle.parts().stream().mapToLong(BundleFile.Part::bytes).sum() <= BundleFile.MOST);
            assertFalse(bundle.leftOut().isEmpty());
            assertEquals(10, bundle.parts().size() + bundle.leftOut().size());
        }
        assertTrue(out.size() < 1 << 20, "packed " + out.size());
    }

    @Test
    void shouldTakeTheLongerSecretFirstAndLeaveShortOnesAlone() {
        secrets.add("sesame");
        secrets.add("sesame street");
        secrets.add("abc");
        secrets.addUrl("https://hooks.example.com/services/T0123ABCD/xk29fjq0?token=s%20p%26x");
        final Scrubber scrubber = new Scrubber(secrets);

        assertEquals("a (secret) b (secret) abc", scrubber.clean("a sesame street b sesame abc"));
        assertEquals(
                "POST https://hooks.example.com/… said 500",
                scrubber.clean("POST https://hooks.example.com/services/T0123ABCD/xk29fjq0?token=s%20p%26x said 500"));
        assertEquals("GET /services/(secret)/(secret)", scrubber.clean("GET /services/T0123ABCD/xk29fjq0"));
        assertEquals("token is (secret)", scrubber.clean("token is s p&x"));
        assertEquals(1, secrets.tooShort());
    }
}
