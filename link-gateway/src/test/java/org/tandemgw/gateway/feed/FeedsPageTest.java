package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/feeds.md is what others program by: its examples must be true. */
class FeedsPageTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("\\| `([0-9a-f ]+)` \\| (frame|note) \\| `([0-9a-f ]+)` \\|");

    private String page;

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "feeds.md"));
    }

    @Test
    void shouldShowTheNulRuleAsItIs() {
        final Matcher example = EXAMPLE.matcher(page);
        int count = 0;
        while (example.find()) {
            final byte[] payload = hex(example.group(1));
            final int strip = NulRule.strip(payload, 0, payload.length);
            assertEquals(example.group(2).equals("note"), NulRule.isNote(payload, 0, payload.length), example.group());
            assertArrayEquals(
                    hex(example.group(3)), Arrays.copyOfRange(payload, strip, payload.length), example.group());
            count++;
        }
        assertTrue(count >= 7, "only " + count + " examples found");
    }

    @Test
    void shouldShowALoginAndItsAnswerAsTheyAre() {
        final String bytes = HexFormat.of().formatHex(SoupPackets.login("east", "secret", "acd1", 1))
                + HexFormat.of().formatHex(SoupPackets.accepted("acd1", 1));
        assertTrue(page.replaceAll("\\s", "").contains(bytes));
    }

    @Test
    void shouldGiveTheDigestThatItsOwnComputationGives() {
        final StreamDigest digest = new StreamDigest();
        digest.begin(0, null);
        for (int i = 1; i <= 1_000; i++) {
            final CRC32C crc = new CRC32C();
            crc.update(FeedRig.text(i));
            digest.add((int) crc.getValue());
        }
        assertTrue(page.contains("`" + digest.hex() + "`"), digest.hex());
    }

    @Test
    void shouldNameTheLimitsInForce() {
        assertTrue(page.contains("length field 1 to 1,024") && SoupPackets.MAX_CLIENT_LENGTH == 1_024);
        assertTrue(page.contains("per address | " + FeedLimits.DEFAULT.waiting() + " |"));
        assertEquals(15_000, FeedLimits.DEFAULT.loginMs());
        assertEquals(15_000, FeedLimits.DEFAULT.silenceMs());
        assertEquals(1_000, FeedLimits.DEFAULT.heartbeatMs());
        assertEquals(4_096, FeedLimits.DEFAULT.recordsPerTurn());
    }

    private static byte[] hex(String text) {
        return HexFormat.ofDelimiter(" ").parseHex(text);
    }
}
