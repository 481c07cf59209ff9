package org.tandemgw.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.journal.JournalSurvey;

/** A new generation stands as an alarm until every server that is fed has logged in to it, whatever its protocol. */
class NewGenerationNoticeTest {
    private static final String TEXT = "a new generation was begun";

    @TempDir
    private Path folder;

    @Test
    void shouldWaitForEveryServerThatIsFed() throws Exception {
        final Path secret = folder.resolve("east.secret");
        Files.writeString(secret, "sesame");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        final Path file = folder.resolve("tandem.yaml");
        Files.write(
                file,
                List.of(
                        "site: test",
                        "data: data",
                        "acds:",
                        "  - name: acd1",
                        "    profile: " + AcdDialect.OPAQUE_LINE.profile(),
                        "    legs:",
                        "      - { connect: \"127.0.0.1:3\" }",
                        "      - { connect: \"127.0.0.1:4\" }",
                        "servers:",
                        "  - name: east",
                        "    profile: generic",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:5\", user: east, secret-file: east.secret } }",
                        "  - name: west",
                        "    profile: generic",
                        "    feeds:",
                        "      - { acd: acd1, native: { listen: \"127.0.0.1:6\" } }"));
        final var read = ConfigurationFile.read(file);
        final List<String> fed =
                Wiring.serversFedWith(read.configuration().orElseThrow(() -> new AssertionError(read)), "acd1");
        assertEquals(List.of("east", "west"), fed);
        final StartNotices notices = begun(fed);
        notices.loggedIn("east", "acd1");
        assertEquals(TEXT, notices.standing("acd1"));
        notices.loggedIn("west", "acd1");
        assertEquals(List.of(), notices.conditions());
    }

    @Test
    void shouldNameEveryGenerationSinceServersLoggedIn() {
        final StartNotices notices = new StartNotices(null);
        for (int generation = 1; generation < 50; generation++) {
            final ControlState.Acd known = known(generation, notices.standing("acd1"));
            final StartDecision lost = StartDecision.of(
                    ControlFile.Condition.SOUND, known, "boot", JournalSurvey.of(folder, "acd1", generation, 1));
            notices.decided("acd1", lost, known, List.of("east"));
            final String text = notices.standing("acd1");
            assertTrue(text.contains("Generation " + (generation + 1) + " was begun"), text);
            assertTrue(generation > 5 || text.contains("Generation 2 was begun"), text);
            assertTrue(text.length() <= 4_100, "the control file has an end");
        }
        notices.loggedIn("east", "acd1");
        assertEquals(List.of(), notices.conditions());
    }

    @Test
    void shouldNotStandWhereNobodyCouldEverEndIt() {
        assertEquals(List.of(), begun(List.of()).conditions());
    }

    private StartNotices begun(List<String> servers) {
        final StartNotices notices = new StartNotices(null);
        final StartDecision resume =
                StartDecision.of(ControlFile.Condition.ABSENT, null, "boot", JournalSurvey.of(folder, "acd1", 0, 1));
        notices.decided("acd1", resume, known(1, TEXT), servers);
        return notices;
    }

    private static ControlState.Acd known(int generation, String notice) {
        final ControlState.Run run = new ControlState.Run("boot", "none", false);
        return new ControlState.Acd("acd1", generation, 5, 5, run, List.of(), notice, List.of());
    }
}
