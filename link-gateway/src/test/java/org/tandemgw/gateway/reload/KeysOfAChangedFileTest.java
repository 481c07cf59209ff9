package org.tandemgw.gateway.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SiteFolder;

/** What is said of a changed file, key by key, before anything is done; and that the table in the manual says the same. Row B14. */
class KeysOfAChangedFileTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (now|restart) \\|.*\\|$");

    @TempDir
    private Path folder;

    private SiteFolder files;
    private String text;
    private SiteConfiguration running;

    @BeforeEach
    void readReference() throws IOException {
        files = new SiteFolder(folder);
        text = SiteFolder.reference();
        running = read(text);
    }

    private SiteConfiguration read(String changed) throws IOException {
        final ConfigurationFile.Result result = files.read(changed);
        return result.configuration()
                .orElseThrow(() ->
                        new IllegalStateException(result.problems().errors().toString()));
    }

    private ReloadPlan plan(String from, String to) throws IOException {
        assertTrue(text.contains(from), from);
        return ReloadPlan.of(running, read(text.replace(from, to)));
    }

    @Test
    void shouldKnowOfEveryKeyThatThereIsWhenItTakesEffect() throws IOException {
        files.read(text).askedKeys().forEach(KeyTable::row);
    }

    @Test
    void shouldCallEveryValueByTheKeyThatTheFileHasItBy() throws IOException {
        final SortedSet<String> known = new TreeSet<>();
        files.read(text).askedKeys().forEach(key -> known.add(key.replace("servers[].feed.", "servers[].feeds[].")));
        final List<String> strange = new ArrayList<>();
        Keys.of(running).values().values().stream()
                .map(Keys.Value::pattern)
                .filter(pattern -> !known.contains(pattern) && !strange.contains(pattern))
                .forEach(strange::add);
        assertEquals(List.of(), strange);
    }

    @Test
    void shouldBeInTheManualRowByRow() throws IOException {
        final Matcher rows =
                ROW.matcher(Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "configuration.md")));
        final List<String> written = new ArrayList<>();
        while (rows.find()) {
            written.add(rows.group(1) + " " + rows.group(2));
        }
        assertEquals(
                String.join(
                        "\n",
                        KeyTable.rows().stream()
                                .map(row -> row.key() + " " + row.how())
                                .toList()),
                String.join("\n", written));
    }

    @Test
    void shouldFindNothingInTheSameFile() throws IOException {
        assertEquals(
                List.of(),
                ReloadPlan.of(running, read(text + "\n# looked at\n")).changes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            level: info        | level: debug       | log.level: info -> debug
            reconnect: 5s      | reconnect: 90s     | switchover.reconnect: 5s -> 90s
            fail-back: never   | fail-back: "02:00-04:00" | switchover.fail-back: never -> 02:00-04:00
            failures: 3        | failures: 5        | servers.cms-east.probes.app.failures: 3 -> 5
            retention: 14d     | retention: 36h     | journal.retention: 14d -> 36h
            min-free: 2GiB     | min-free: 512MiB   | journal.min-free: 2GiB -> 512MiB
            bind: "10.1.1.2"   | bind: "10.1.1.3"   | acds.acd1.legs.1.bind: 10.1.1.2 -> 10.1.1.3
            catch-up: 50000/s  | catch-up: 9000/s   | servers.cms-east.feeds.acd1+acd2.soupbintcp.catch-up: 50000/s -> 9000/s
            on-lost: reject    | on-lost: continue  | servers.cms-east.feeds.acd1+acd2.soupbintcp.on-lost: reject -> continue
            - { name: host, icmp: "10.1.1.20" } | - { name: box, icmp: "10.1.1.20" } | servers.cms-east.probes.box: added
            - syslog: "10.1.1.51:514" | - syslog: "10.1.1.59:514" | notify.1.syslog: 10.1.1.51:514 -> 10.1.1.59:514
            inform: on         | inform: off        | snmp.managers.10.1.1.50:162.inform: on -> off
            on-partial: hold   | on-partial: roll-back | switches.trunks.on-partial: hold -> roll-back
            voice: on          | voice: off         | recovery.media.voice: on -> off
            data: data         | data: elsewhere    | data:
            site: hq-east      | site: hq-west      | site: hq-east -> hq-west
            sync: group        | sync: none         | journal.sync: group -> none
            listen: "10.1.1.2:7001" | listen: "10.1.1.2:7901" | servers.cms-east.feeds.acd1+acd2.soupbintcp.listen: 10.1.1.2:7001 -> 10.1.1.2:7901
            at: "Sun 03:00"    | at: "Mon 04:30"    | switchover.drill.at: Sun 03:00 -> Mon 04:30
            every: 30d         | every: 14d         | switchover.drill.every: 30d -> 14d
            at-most: 64MiB     | at-most: 1GiB      | switchover.history.at-most: 64MiB -> 1GiB
            listen: "10.1.1.2:7003" | listen: "10.1.1.2:7903" | servers.cms-west.feeds.acd2.native.listen: 10.1.1.2:7003 -> 10.1.1.2:7903
            listen: "10.1.1.2:7003" | connect: "10.1.1.21:7003" | servers.cms-west.feeds.acd2.native.connect: added
            dwell: 10s         | dwell: 1m          | switches.trunks.dwell: 10s -> 1m
            """)
    void shouldNameTheKeyAndBothValues(String from, String to, String line) throws IOException {
        final ReloadPlan plan = plan(from, to);
        assertTrue(plan.changes().stream().anyMatch(each -> each.oneLine().startsWith(line)), () -> plan.changes()
                .toString());
        proved(plan);
    }

    /** What is in force differs from the file by what waits, and from what ran by what does not. */
    private void proved(ReloadPlan plan) throws IOException {
        final SiteConfiguration wanted = read(Files.readString(folder.resolve("tandem.yaml")));
        assertEquals(
                keys(plan.waiting()), keys(ReloadPlan.of(plan.inForce(), wanted).changes()));
        assertEquals(
                keys(plan.now()), keys(ReloadPlan.of(running, plan.inForce()).changes()));
    }

    private static List<String> keys(List<Change> changes) {
        return changes.stream().map(Change::key).toList();
    }

    @Test
    void shouldKeepEverythingTogetherThatGoesWithANewNameOfAServer() throws IOException {
        final ReloadPlan plan = plan("cms-west", "cms-north");
        assertEquals(List.of(), plan.now());
        assertTrue(keys(plan.waiting()).contains("servers.cms-north"), plan.waiting()::toString);
        assertTrue(
                plan.waiting().stream()
                        .anyMatch(each -> each.key().startsWith("network.net-test")
                                && each.why().contains("it goes with servers.cms-")),
                plan.waiting()::toString);
        assertEquals(
                keys(plan.waiting()),
                keys(ReloadPlan.of(plan.inForce(), read(text.replace("cms-west", "cms-north")))
                        .changes()));
    }

    @Test
    void shouldSayThatASecretIsAnotherAndNotWhatItIs() throws IOException {
        files.privateFile("east.secret", "otherwise\n");
        final ReloadPlan plan = ReloadPlan.of(running, read(text));
        assertEquals(
                List.of(
                        "servers.cms-east.feeds.acd1+acd2.soupbintcp.secret-file: the secret in east.secret -> the secret"
                                + " in east.secret, which is another now"),
                plan.now().stream().map(Change::oneLine).toList());
    }

    @Test
    void shouldShowNoCommunity() throws IOException {
        final ReloadPlan plan = ReloadPlan.of(
                running,
                read(text.replace("communities: []", "communities: [h1dden]").replace("user: noc ", "user: h1dden ")));
        assertEquals(List.of("snmp.communities", "snmp.managers.10.1.1.50:162.user"), keys(plan.now()));
        assertTrue(!plan.changes().toString().contains("h1dden"), plan.changes()::toString);
    }

    @Test
    void shouldShowOfAnAddressOnTheWebTheHostAlone() throws IOException {
        final ReloadPlan plan = plan("https://10.1.1.52/alarms", "https://10.1.1.52/hooks/T0K3N/s3cr3t");
        assertEquals(1, plan.now().size(), plan.changes()::toString);
        assertTrue(!plan.changes().toString().contains("T0K3N"), plan.changes()::toString);
    }

    @Test
    void shouldTakeASectionThatComesOrGoesForOneChange() throws IOException {
        final String without = text.replaceAll("(?ms)^metrics:.*?(?=^notify:)", "");
        final ReloadPlan plan = ReloadPlan.of(running, read(without));
        assertEquals(
                List.of("metrics.listen: removed"),
                plan.now().stream().map(Change::oneLine).toList());
        final String noSwitching = text.replaceAll("(?ms)^switchover:.*?(?=^recovery:)", "");
        final ReloadPlan other = ReloadPlan.of(running, read(noSwitching));
        assertEquals(List.of("switchover"), keys(other.changes()));
        assertEquals(List.of("switchover"), keys(other.waiting()));
        assertEquals(running.switchover(), other.inForce().switchover());
    }
}
