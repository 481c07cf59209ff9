package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** A file is damaged at random: the answer is problems or a configuration, soon, and never an exception. */
@Tag("chance")
class MutatedConfigurationTest {

    private static final int ROUNDS = 2_000;
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final String[] PIECES = {
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "&a ",
        "*a",
        "!x ",
        "|\n",
        ">\n",
        "\t",
        "---\n",
        "...\n",
        "%YAML 9.9\n",
        "? ",
        "null",
        "~",
        "\u0000",
        "\u2028",
        "#",
        "@",
        "`",
        ": :",
        "-1",
        "99999999999999999999",
        "0x1F",
        "1e999",
        "on",
        "<<: ",
        "10.1.1.1:1",
        "[::]:1",
        "∞",
        "\\x",
        "\r",
        "  "
    };

    @TempDir
    Path folder;

    @Test
    void shouldAnswerWithProblemsOrAConfigurationAndNothingElse() throws IOException {
        long seed = Chance.seed();
        SiteFolder site = new SiteFolder(folder);
        byte[] reference = SiteFolder.reference().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);
        assertTimeoutPreemptively(
                LONGEST,
                () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        checkOne(site, mutated(reference, random), seed, round);
                    }
                },
                () -> "replay with -Dtandem.seed=" + seed);
    }

    private static void checkOne(SiteFolder site, byte[] mutated, long seed, int round) throws IOException {
        Path file = Files.write(site.path().resolve("tandem.yaml"), mutated);
        try {
            ConfigurationFile.Result result = ConfigurationFile.read(file);
            assertEquals(result.problems().isGood(), result.configuration().isPresent());
            if (round % 50 == 0) {
                PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
                assertEquals(result.problems().isGood() ? 0 : 2, Check.run(file, nowhere, true));
            }
        } catch (RuntimeException | StackOverflowError e) {
            fail("replay with -Dtandem.seed=" + seed + ", round " + round, e);
        }
    }

    private static byte[] mutated(byte[] reference, Random random) {
        byte[] bytes = reference;
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 400));
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, at, length, new byte[0]);
                case 1 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
                case 2 -> spliced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
                case 3 -> {
                    int from = random.nextInt(bytes.length);
                    yield spliced(bytes, at, 0, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)));
                }
                default ->
                    spliced(
                            bytes,
                            at,
                            random.nextInt(2),
                            PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] put) {
        int rest = Math.min(bytes.length, at + removed);
        byte[] result = Arrays.copyOf(bytes, at + put.length + bytes.length - rest);
        System.arraycopy(put, 0, result, at, put.length);
        System.arraycopy(bytes, rest, result, at + put.length, bytes.length - rest);
        return result;
    }
}
