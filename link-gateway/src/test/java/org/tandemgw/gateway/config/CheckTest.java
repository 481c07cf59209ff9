package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.profiles.yaml.Problem;

/** Somebody asks what his file means before he runs it. */
class CheckTest {

    @TempDir
    Path folder;

    private SiteFolder site;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    @Test
    void shouldEndWithTwoAndNameEachProblemOfABadFile() throws IOException {
        Path file = site.write(SiteFolder.SMALLEST.replace("opaque-line", "opaque-lien"));
        assertEquals(2, Check.run(file, out, false));
        assertTrue(
                text().contains(
                                ":4: error: acds[1].profile: \"opaque-lien\": is not a known ACD profile; did you mean opaque-line?"),
                this::text);
        assertTrue(text().contains("tandem.yaml: refused (1 error, "), this::text);
    }

    @Test
    void shouldEndWithTwoAndNoStackTraceWhenThereIsNoFile() {
        assertEquals(2, Check.run(folder.resolve("none.yaml"), out, false));
        assertTrue(text().contains("none.yaml: error: does not exist"), this::text);
        assertFalse(text().contains("Exception"));
    }

    @Test
    void shouldSayWhatFollowsFromAGoodFile() throws IOException {
        assertEquals(0, Check.run(site.write(SiteFolder.reference()), out, false));
        for (String title : List.of("Links", "Feeds", "Days until the disk is full", "Firewall", "Time to act")) {
            assertTrue(text().contains("\n" + title), title);
        }
        assertFalse(text().contains("s3cr3t"));
    }

    @Test
    void shouldSayTheSameToPrograms() throws IOException {
        assertEquals(0, Check.run(site.write(SiteFolder.reference()), out, true));
        Map<String, Object> object = JSON.std.mapFrom(text());
        assertEquals(true, object.get("good"));
        assertEquals(List.of(), object.get("errors"));
        Map<?, ?> conclusions = (Map<?, ?>) object.get("conclusions");
        assertEquals(
                List.of("links", "feeds", "daysToDiskFull", "firewall", "timeToAct", "switches", "hazards"),
                List.copyOf(conclusions.keySet()));
        assertEquals(4, ((List<?>) conclusions.get("links")).size());
    }

    @Test
    void shouldGiveProgramsTheProblemsOfABadFile() throws IOException {
        assertEquals(2, Check.run(site.write(SiteFolder.SMALLEST.replace(":7002", "")), out, true));
        Map<String, Object> object = JSON.std.mapFrom(text());
        Map<?, ?> error = (Map<?, ?>) ((List<?>) object.get("errors")).get(0);
        assertEquals(12, error.get("line"));
        assertEquals("servers[2].feed.soupbintcp.listen", error.get("key"));
        assertEquals("127.0.0.1", error.get("value"));
        assertTrue(error.get("remedy").toString().contains("host:port"));
    }

    @Test
    void shouldWorkOutDaysUntilTheDiskIsFull() throws IOException {
        SiteConfiguration configuration =
                site.read(SiteFolder.SMALLEST).configuration().orElseThrow();
        long day = 100 * 86_400L * (256 + 45) + 144 * 16_384;
        Table disk = table(new Conclusions(configuration).tables((2L << 30) + 10 * day), "daysToDiskFull");
        assertEquals(List.of(1, 917.7), disk.rows().get(0).subList(0, 2));
        assertEquals(List.of(100, 10.0), disk.rows().get(1).subList(0, 2));
        assertEquals(List.of(5_000, 0.2), disk.rows().get(2).subList(0, 2));
        String longer = disk.rows().get(0).get(2).toString();
        assertTrue(longer.startsWith("longer than the retention of 14d, which takes "), longer);
        String shorter = disk.rows().get(1).get(2).toString();
        assertTrue(shorter.startsWith("shorter than the retention of 14d, which would take "), shorter);
        assertTrue(disk.note().contains("256 bytes") && disk.note().contains("45 bytes"), disk.note());
    }

    @Test
    void shouldSayTimeToActForSilenceAndForRefusal() throws IOException {
        SiteConfiguration configuration =
                site.read(SiteFolder.reference()).configuration().orElseThrow();
        Table act = table(new Conclusions(configuration).tables(-1), "timeToAct");
        // failures 3 × (twice the timeout of 500 ms, for there is a second path, + retry 200 ms) + reconnect 5 s; a
        // refusal
        // answers at once; what is merely unreachable waits for 3 sets of looks, 10 s apart.
        assertEquals(
                List.of("cms-east", "app", "refused at once", 5.6),
                act.rows().get(0).subList(0, 4));
        assertEquals(
                List.of("cms-east", "app", "no answer, machine answers", 8.6),
                act.rows().get(1).subList(0, 4));
        assertEquals(
                List.of("cms-east", "app", "neither it nor its neighbour answers", 33.6),
                act.rows().get(3).subList(0, 4));
    }

    /** A program runs here: what it fails with is no word of the server, and without an address nobody can ask its machine. */
    @Test
    void shouldNotPromiseToActOnAProgramAlone() throws IOException {
        SiteConfiguration configuration = site.read(SiteFolder.SMALLEST.replace(
                                "name: cms-east", "name: cms-east\n    probes: [{ name: plugin, exec: scripts/look }]")
                        + "switchover:\n  unreachable: { pings: -1 }\n")
                .configuration()
                .orElseThrow();
        List<List<Object>> rows =
                table(new Conclusions(configuration).tables(-1), "timeToAct").rows();
        assertEquals("fails at once with evidence: hard", rows.get(0).get(2));
        assertEquals(
                "fails or hangs; no probe has an address of the machine",
                rows.get(1).get(2));
        assertEquals("never", rows.get(1).get(3));
        assertEquals("never", rows.get(3).get(3));
    }

    @Test
    void shouldListWhatAFirewallMustLetThrough() throws IOException {
        SiteConfiguration configuration =
                site.read(SiteFolder.reference()).configuration().orElseThrow();
        Table firewall = table(new Conclusions(configuration).tables(-1), "firewall");
        assertTrue(firewall.rows().contains(List.of("10.1.1.2", "10.1.1.10", "5038/tcp", "acd1 leg 1")));
        assertTrue(firewall.rows().contains(List.of("10.1.1.0/24", "10.1.1.2", "5001/tcp", "acd2 leg 1")));
        assertTrue(
                firewall.rows().contains(List.of("cms-east", "10.1.1.2", "7001/tcp", "feed of acd1 acd2, observers")));
        for (List<String> row : List.of(
                List.of("tandem", "10.1.1.20", "7500/tcp", "probe cms-east/app"),
                List.of("tandem", "10.2.1.20", "7500/tcp", "probe cms-east/app, second path"),
                List.of("tandem", "10.1.1.20", "icmp", "probe cms-east/host"),
                List.of("tandem", "10.1.1.20", "8080/tcp", "probe cms-east/web"),
                List.of("tandem", "10.1.1.20", "5060/udp", "probe cms-east/phone"),
                List.of("tandem", "10.1.1.20", "5061/tcp", "probe cms-east/trunk"),
                List.of("tandem", "10.1.1.20", "161/udp", "probe cms-east/agent"),
                List.of("tandem", "10.1.1.20", "icmp", "machine of cms-east"),
                List.of("tandem", "10.1.1.1", "7/tcp", "gateway, only where tandem may not send ICMP"),
                List.of("tandem", "10.2.1.21", "icmp", "net-test of cms-west"),
                List.of("tandem", "10.1.1.20", "443/tcp", "demote of cms-east"))) {
            assertTrue(firewall.rows().contains(row), () -> row + " is not in " + firewall.rows());
        }
    }

    @Test
    void shouldWarnOfEverySectionThatHasNoEffectYet() throws IOException {
        List<String> warned = site.read(SiteFolder.reference()).problems().warnings().stream()
                .filter(p -> p.wrong().contains("not acted on in this version"))
                .map(Problem::key)
                .toList();
        for (String key : List.of("panel")) {
            assertTrue(warned.contains(key), () -> key + " is not in " + warned);
        }
    }

    @Test
    void shouldListAndExplainProfiles() throws IOException {
        assertEquals(0, ProfilesView.list(Optional.empty(), out, false));
        assertTrue(text().contains("acd     opaque-line"), this::text);
        assertEquals(0, ProfilesView.show("acd/opaque-length", Optional.empty(), out, out, false));
        assertTrue(text().contains("ASSUMPTION") && text().contains("endian: big"), this::text);
        printed.reset();
        assertEquals(0, ProfilesView.show("opaque-line", Optional.empty(), out, out, true));
        assertTrue(JSON.std.listFrom(text()).toString().contains("hazards"));
        printed.reset();
        assertEquals(2, ProfilesView.show("opaque-lime", Optional.empty(), out, out, false));
        assertTrue(text().contains("did you mean opaque-line?"), this::text);
    }

    private static Table table(List<Table> tables, String key) {
        return tables.stream()
                .filter(table -> table.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
