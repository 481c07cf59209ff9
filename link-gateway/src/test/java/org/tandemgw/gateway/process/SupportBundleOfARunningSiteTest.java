package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.cli.SecretSite;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.time.SystemClock;

/** What a support bundle tells of a real {@code tandem run} that logs in to an ACD, to a trunk switch and to URLs, and what it keeps to itself: row A19. */
@Timeout(300)
class SupportBundleOfARunningSiteTest {
    private static final String AMI = "kf83nv02xwq1";
    private static final String EAST = "qhd82hx7gn";
    private static final String WEST = "vb60plm1zs";
    private static final String BOX = "Rk7Tb2Xp";
    private static final String TOKEN = "T0AAB91XZ7Q2";
    private static final String QUERY = "p4q8w2e9";

    @TempDir
    Path folder;

    @Test
    void shouldTellEverythingButTheSecretsRunningAndStopped() throws Exception {
        final AcdSettings settings = AcdSettings.listening(AcdDialect.ASTERISK_AMI, 1)
                .traffic(50, 0)
                .asterisk(new AmiSettings("tandem", AMI, true, false));
        try (AcdSimulator acd =
                        new AcdSimulator(settings, AcdDialect.ASTERISK_AMI.traffic(settings), new SystemClock());
                SwitchEmulator box = new SwitchEmulator(0, null, 1, 1, 2)) {
            final Site site = site(acd, box);
            try (Site.Running running = site.run()) {
                await().until(() -> site.legStates().equals(List.of("up", "up")));
                acd.resume();
                site.tandem("trunks", "query", "trunks");
                site.tandem(
                        "switch", "west", "--reason", "drill", "--yes"); // its promote is a post that nobody answers
                final Map<String, String> parts = bundle(site, "running.zip");
                for (final String name : List.of(
                        "status.json",
                        "status.txt",
                        "alarms.json",
                        "why-not.txt",
                        "trunks.json",
                        "process.json",
                        "threads.txt",
                        "log.txt",
                        "versions.txt",
                        "configuration.yaml",
                        "decisions/000001.json",
                        "audit.jsonl",
                        "audit-verify.txt",
                        "journals.txt",
                        "journal-verify.txt",
                        "machine.txt",
                        "control.json",
                        "CONTENTS.txt")) {
                    assertFalse(parts.getOrDefault(name, "").isBlank(), name + " of " + parts.keySet());
                }
                assertTrue(parts.get("threads.txt").contains("\"intake-acd1\""), parts.get("threads.txt"));
                assertTrue(parts.get("log.txt").contains("INFO"), parts.get("log.txt"));
                assertTrue(parts.get("machine.txt").contains("Max open files"), "limits of the process");
                assertTrue(parts.get("journal-verify.txt").contains("sound"), parts.get("journal-verify.txt"));
                assertEquals(0, running.terminate());
            }
            final Map<String, String> parts = bundle(site, "stopped.zip");
            assertTrue(parts.get("CONTENTS.txt").contains("Tandem is not running"), parts.get("CONTENTS.txt"));
            assertFalse(parts.containsKey("threads.txt"));
            assertTrue(parts.containsKey("decisions/000001.json"));
        }
    }

    private Site site(AcdSimulator acd, SwitchEmulator box) throws IOException {
        final String post = "{ post: \"http://127.0.0.1:1/hooks/" + TOKEN + "?key=" + QUERY + "\", timeout: 1s }";
        final List<String> actions = List.of(
                "promote: " + post,
                "demote: " + post,
                "probes:",
                "  - { name: web, http: \"http://127.0.0.1:1/up/" + TOKEN + "?key=" + QUERY + "\" }");
        final List<String> more = new ArrayList<>(List.of(
                "journal: { min-free: 16MiB }",
                "switches:",
                "  - name: trunks",
                "    profile: dataprobe-k16",
                "    tcp: \"127.0.0.1:" + box.port() + "\"",
                "    secret-file: kab.secret",
                "    confirmed: \"2026-11-21 jd\"",
                "    cards: [1, 2]",
                "    positions: { A: east, B: west }",
                "switchover: { mode: manual, initial: east, hooks: [ { on: [commence, switched, refused], post: \"http://127.0.0.1:1/"
                        + TOKEN + "\" } ] }",
                "snmp: { listen: \"127.0.0.1:" + Site.freePort() + "\", communities: [" + QUERY + "c] }",
                "notify: [ { webhook: \"http://127.0.0.1:1/" + TOKEN + "\" } ]",
                "log: { level: debug }"));
        final Site site = new Site(
                folder,
                AcdDialect.ASTERISK_AMI.profile(),
                acd.leg(1).address().getPort(),
                acd.leg(2).address().getPort(),
                actions,
                actions,
                more.toArray(String[]::new));
        for (final Map.Entry<String, String> each :
                Map.of("acd", AMI, "east", EAST, "west", WEST, "kab", BOX).entrySet()) {
            final Path file = folder.resolve(each.getKey() + ".secret");
            Files.writeString(file, each.getValue() + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return site;
    }

    private Map<String, String> bundle(Site site, String name) throws Exception {
        final Site.Ended ended = site.tandem("support-bundle", name);
        assertEquals(0, ended.status(), ended.out() + ended.err());
        assertTrue(ended.out().contains(" unpacked)"), ended.out());
        final Map<String, String> parts = SecretSite.unzipped(folder.resolve(name));
        final Map<String, String> secrets = new LinkedHashMap<>();
        for (final String each : Set.of(AMI, EAST, WEST, BOX, TOKEN, QUERY)) {
            secrets.put(each, each);
        }
        SecretSite.assertNone(parts, secrets);
        SecretSite.assertNone(Map.of("screen", ended.out() + ended.err()), secrets);
        return parts;
    }
}
