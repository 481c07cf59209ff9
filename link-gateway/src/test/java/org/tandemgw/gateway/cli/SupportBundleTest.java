package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code support-bundle} of a stopped site that uses every key there is, and of files that are not in order: row A19. */
class SupportBundleTest {
    @TempDir
    Path folder;

    private SecretSite site;
    private OnTheConsole shell;

    @BeforeEach
    void make() throws IOException {
        site = new SecretSite(folder);
        shell = new OnTheConsole(folder, null);
    }

    @Test
    void shouldHoldNoSecretOfASiteThatHasEveryKind() throws IOException {
        assertTrue(site.secrets().size() > 25, site.secrets()::toString);
        Files.write(folder.resolve("data/audit.jsonl"), site.chatter());
        Files.write(folder.resolve("data/alarms.jsonl"), site.chatter());
        Files.createDirectories(folder.resolve("data/decisions"));
        Files.write(folder.resolve("data/decisions/000007.json"), site.chatter());
        Files.write(folder.resolve("my.log"), site.chatter());

        assertEquals(0, shell.type("support-bundle", "b.zip", "--log", "my.log"), shell.err());

        final Map<String, String> parts = SecretSite.unzipped(folder.resolve("b.zip"));
        SecretSite.assertNone(parts, site.secrets());
        SecretSite.assertNone(Map.of("the screen", shell.out() + shell.err()), site.secrets());
        for (final String name : List.of("audit.jsonl", "alarms.jsonl", "decisions/000007.json", "log-1.txt")) {
            assertTrue(parts.get(name).contains("login with (secret) failed"), name + ": " + parts.get(name));
        }
        final String configuration = parts.get("configuration.yaml");
        assertTrue(configuration.contains("\"10.1.1.10:5038\""), configuration);
        assertTrue(configuration.contains("post: \"https://10.1.1.20/…\""), configuration);
        assertFalse(configuration.contains("formerly"), "no comments");
        assertTrue(parts.get("profiles/desk.yaml").contains("title: \"The desk\""), parts.get("profiles/desk.yaml"));
        assertTrue(parts.get("CONTENTS.txt").contains("Tandem is not running"), parts.get("CONTENTS.txt"));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(folder.resolve("b.zip")));
    }

    @Test
    void shouldHoldNoSecretThatStandsWhereItDoesNotBelong() throws IOException {
        final Map<String, String> misplaced = Map.of(
                "in place of a file", "hunter2hunter2",
                "under an unknown key", "swordfish99",
                "as a key", "opensesame7",
                "in a URL", "letmein123",
                "as a whole section", "trustno1now");
        Files.writeString(
                folder.resolve("tandem.yaml"),
                String.join(
                        "\n",
                        "data: data",
                        "servers:",
                        "  - name: east",
                        "    feed: { soupbintcp: { user: east, password: swordfish99, secret-file: hunter2hunter2 } }",
                        "    promote: { post: \"https://me:letmein123@host/x\" }",
                        "snmp: { communities: { opensesame7: on } }",
                        "journal: trustno1now",
                        ""));

        assertEquals(0, shell.type("support-bundle", "b.zip"), shell.err());

        final Map<String, String> parts = SecretSite.unzipped(folder.resolve("b.zip"));
        SecretSite.assertNone(parts, misplaced);
        assertTrue(
                parts.get("configuration.yaml").contains("(a key that Tandem does not know, line 4)"),
                parts.get("configuration.yaml"));
        assertTrue(parts.get("configuration-problems.txt").contains("is not a known key"));
    }

    @Test
    void shouldDoWithAConfigurationThatIsNoYaml() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "data: data\n  secret: [hunter2hunter2\n");

        assertEquals(0, shell.type("support-bundle", "b.zip", "--json"), shell.err());

        final Map<String, String> parts = SecretSite.unzipped(folder.resolve("b.zip"));
        SecretSite.assertNone(parts, Map.of("no yaml", "hunter2hunter2"));
        assertTrue(parts.get("machine.txt").contains("MemTotal"), parts.get("machine.txt"));
        final Map<String, Object> told = JSON.std.mapFrom(shell.out());
        assertEquals(parts.size(), ((List<?>) told.get("parts")).size());
        assertTrue(told.get("leftOut").toString().contains("it cannot be read as YAML"), shell.out());
    }

    @Test
    void shouldSayNoInOneLine() throws IOException {
        Files.writeString(folder.resolve("b.zip"), "mine");

        assertEquals(1, shell.type("support-bundle", "b.zip", "--no-verify"));
        assertTrue(shell.err().contains("--force writes over it"), shell.err());
        assertEquals("mine", Files.readString(folder.resolve("b.zip")));
        assertEquals(1, shell.type("support-bundle", "nowhere/b.zip", "--no-verify"));
        assertTrue(shell.err().startsWith("tandem: cannot write"), shell.err());
        assertEquals(2, shell.type("support-bundle", "-c", "nothing.yaml"));
        assertEquals(2, shell.type("support-bundle", "--unit", "-x"));
    }
}
