package org.tandemgw.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.profiles.yaml.Problems;

/** A site's profile is damaged at random: it is loaded or refused with problems, and never an exception. */
@Tag("chance")
class MutatedProfileTest {

    private static final int ROUNDS = 1_500;
    private static final String PIECES = ":-{}[]\"'&*!|>#@%\t\n 0159xA\u0000\u20ac";

    @TempDir
    Path folder;

    @Test
    void shouldLoadOrRefuseAndNothingElse() throws IOException {
        // The quick run is the same each time, the long one tries something new.
        boolean isLongRun = "slow".equals(System.getProperty("tandem.tests"));
        long seed = Long.getLong("tandem.seed", isLongRun ? System.nanoTime() : 20_261_121L);
        Random random = new Random(seed);
        List<ProfileAbout> shipped =
                HwProfiles.load(Optional.empty(), new Problems()).abouts();
        for (int round = 0; round < ROUNDS; round++) {
            ProfileAbout about = shipped.get(round % shipped.size());
            String text = mutated(about.text().replace("name: " + about.name(), "name: own"), random);
            String kind = about.kind().name().toLowerCase(Locale.ROOT);
            Files.createDirectories(folder.resolve(kind));
            Path file = Files.writeString(folder.resolve(kind).resolve("own.yaml"), text, StandardCharsets.UTF_8);
            Problems problems = new Problems();
            try {
                HwProfiles profiles = HwProfiles.load(Optional.of(folder), problems);
                assertEquals(problems.isGood(), profiles.names(about.kind()).contains("own"));
            } catch (RuntimeException e) {
                fail("replay with -Dtandem.seed=" + seed + ", round " + round, e);
            }
            Files.delete(file);
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(3)) {
                case 0 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(60)));
                case 1 -> mutated.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                default -> mutated.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return mutated.toString();
    }
}
