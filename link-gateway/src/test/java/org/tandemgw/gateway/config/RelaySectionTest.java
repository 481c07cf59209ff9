package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.profiles.yaml.Problem;

/** A site has an ACD whose legs are passed through: each server has one of them, and nothing else is made of them. */
class RelaySectionTest {

    private static final String RELAYED = """
            data: data
            acds:
              - name: acd3
                profile: avaya-spi-relay
                mode: relay
                legs:
                  - { connect: "10.1.1.10:5001", bind: "10.1.1.2" }
                  - { connect: "10.2.1.10:5001", bind: "10.2.1.2" }
            servers:
              - name: cms-east
                feeds:
                  - { acd: acd3, relay: { listen: "127.0.0.1:5001", leg: 1, allow: ["10.1.1.20/32"] } }
              - name: cms-west
                feeds:
                  - { acd: acd3, relay: { listen: "127.0.0.1:5002", leg: 2, allow: ["10.2.1.20/32"] } }
            """;

    @TempDir
    Path folder;

    private SiteFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    @Test
    void shouldTakeALegForEachServer() throws IOException {
        ConfigurationFile.Result result = site.read(RELAYED);
        assertEquals(List.of(), result.problems().errors());
        assertTrue(
                result.problems().warnings().stream()
                        .noneMatch(each -> each.key().contains("relay")),
                result.problems().warnings().toString());
        SiteConfiguration read = result.configuration().orElseThrow();
        assertEquals(AcdConfig.Mode.RELAY, read.acds().get(0).mode());
        FeedConfig.Relay west = (FeedConfig.Relay) read.servers().get(1).feeds().get(0);
        assertEquals(2, west.leg());
        assertEquals(List.of("acd3"), west.acds());
        assertEquals(1, west.allow().size());
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}: {3}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: relay | mode: merge | acds[1].mode | cannot be merged: profile avaya-spi-relay | mode: relay",
                "mode: relay | silence: 60s | acds[1].profile | cannot be merged | mode: relay",
                "leg: 2 | leg: 1 | servers[2].feeds[1].relay.leg | passed through to the other server already | leg: 2",
                "leg: 2 | leg: 3 | servers[2].feeds[1].relay.leg | | 1 to 2",
                "connect: \"10.2.1.10:5001\", bind: \"10.2.1.2\" | listen: \"127.0.0.1:9\" | acds[1].legs[2].listen | | connect:",
                "'feeds:¶      - { acd: acd3, relay: { listen: \"127.0.0.1:5002\", leg: 2, allow: [\"10.2.1.20/32\"] } }' | 'feed: { soupbintcp: { listen: \"127.0.0.1:7002\", user: west, secret-file: west.secret } }' | servers[2].feed | does not carry acd3 | write feeds",
                "'relay: { listen: \"127.0.0.1:5002\", leg: 2, allow: [\"10.2.1.20/32\"] }' | 'soupbintcp: { listen: \"127.0.0.1:7002\", user: west, secret-file: west.secret }' | servers[2].feeds[1].soupbintcp | its legs are passed through | relay:",
                "'- { acd: acd3, relay: { listen: \"127.0.0.1:5002\", leg: 2, allow: [\"10.2.1.20/32\"] } }' | '[]' | servers[2].feeds | has no entry for acd3 | one leg of a relayed ACD",
                "127.0.0.1:5002 | 127.0.0.1:5001 | servers[2].feeds[1].relay.listen | already used by | its own port"
            })
    void shouldRefuseWhatIsNoLegForEachServer(String from, String to, String key, String wrong, String remedy)
            throws IOException {
        String asked = from.replace("¶", "\n");
        assertTrue(RELAYED.contains(asked), asked);
        List<Problem> errors = site.read(RELAYED.replace(asked, to.replace("¶", "\n")))
                .problems()
                .errors();
        assertTrue(
                errors.stream()
                        .anyMatch(each -> each.key().equals(key)
                                && (wrong == null || each.wrong().contains(wrong))
                                && each.remedy().contains(remedy)),
                errors.toString());
    }

    @Test
    void shouldWarnOfALegThatAnybodyCanTake() throws IOException {
        List<Problem> warnings =
                site.read(RELAYED.replace(", allow: [\"10.2.1.20/32\"]", "")).problems().warnings().stream()
                        .filter(each -> each.key().contains("relay"))
                        .toList();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).wrong().contains("anybody"), warnings.toString());
    }

    @Test
    void shouldSayWhatAFirewallMustLetThrough() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                Check.GOOD, Check.run(site.write(RELAYED), new PrintStream(out, true, StandardCharsets.UTF_8), false));
        String printed = out.toString(StandardCharsets.UTF_8);
        assertTrue(printed.contains("acd3 leg 1, passed through to cms-east"), printed);
        assertTrue(printed.contains("10.2.1.20/32"), printed);
        assertTrue(printed.contains("relay of leg 2"), printed);
        assertTrue(printed.contains("acd3 leg 2"), printed);
    }

    @Test
    void shouldDialAServerOfADialectWithoutALogin() throws IOException {
        String file = SiteFolder.SMALLEST.replace(
                "feed: { soupbintcp: { listen: \"127.0.0.1:7002\", user: west, secret-file: west.secret } }",
                "feeds: [ { acd: acd1, native: { connect: \"10.9.9.9:9000\" } } ]");
        ConfigurationFile.Result result = site.read(file);
        assertEquals(List.of(), result.problems().errors());
        FeedConfig.Native played = (FeedConfig.Native)
                result.configuration().orElseThrow().servers().get(1).feeds().get(0);
        assertTrue(played.dial());
        List<Problem> both = site.read(file.replace("native: {", "native: { listen: \"127.0.0.1:7002\","))
                .problems()
                .errors();
        assertTrue(both.get(0).wrong().contains("either listen or connect"), both.toString());
    }
}
