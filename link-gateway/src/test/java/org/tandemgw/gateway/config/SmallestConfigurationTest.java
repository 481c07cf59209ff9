package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.deciding.ConfigurationHash;
import org.tandemgw.gateway.deciding.Rules;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.Media;
import org.tandemgw.recovery.MediaRule;
import org.tandemgw.recovery.Treatment;

/** One ACD, two legs, two servers and {@code data} are enough; everything else has a default. */
class SmallestConfigurationTest {

    @TempDir
    Path folder;

    private SiteFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    @Test
    void shouldFillEveryDefault() throws IOException {
        SiteConfiguration configuration = good(SiteFolder.SMALLEST);

        assertEquals(folder.resolve("data"), configuration.data());
        assertEquals(folder.resolve("data/tandem.sock"), configuration.controlSocket());
        assertEquals(ZoneId.of("UTC"), configuration.timeZone());
        assertEquals(
                new JournalConfig(JournalConfig.Sync.GROUP, Duration.ofDays(14), 2L << 30), configuration.journal());
        AcdConfig acd = configuration.acds().get(0);
        assertEquals(AcdConfig.Mode.MERGE, acd.mode());
        assertEquals(Duration.ofSeconds(60), acd.silence());
        LegConfig leg = acd.legs().get(1);
        assertEquals(2, leg.number());
        assertEquals(Optional.of(new HostPort("10.2.1.10", 5038)), leg.connect());
        assertEquals(Optional.empty(), leg.credentials());
        assertEquals("generic", configuration.servers().get(0).profile().name());
        assertEquals(SwitchoverConfig.Mode.MANUAL, configuration.switchover().mode());
        assertEquals(SwitchoverConfig.Fence.NONE, configuration.switchover().fence());
        assertEquals(SiteConfiguration.LogLevel.INFO, configuration.logLevel());
        assertEquals(MediaRule.ASSIGNED, configuration.recovery().media().get(Media.MAIL));
        assertEquals(Treatment.RECOVER, configuration.recovery().states().get(CallState.QUEUED));
        assertEquals(Treatment.KEEP, configuration.recovery().states().get(CallState.HELD));
    }

    @Test
    void shouldFeedEveryAcdToAServerWithTheShortForm() throws IOException {
        SiteConfiguration configuration = good(SiteFolder.reference());
        FeedConfig.SoupBinTcp east =
                (FeedConfig.SoupBinTcp) configuration.servers().get(0).feeds().get(0);
        assertEquals(List.of("acd1", "acd2"), east.acds());
        assertEquals(FeedConfig.OnLost.REJECT, east.onLost());
        assertEquals(50_000, east.catchUpPerSecond());
        List<FeedConfig> west = configuration.servers().get(1).feeds();
        assertEquals(FeedConfig.OnLost.CONTINUE, ((FeedConfig.SoupBinTcp) west.get(0)).onLost());
        assertEquals(0, ((FeedConfig.SoupBinTcp) west.get(0)).catchUpPerSecond(), "no limit");
        assertEquals(List.of("acd2"), west.get(1).acds());
        assertEquals(
                SwitchoverConfig.Fence.TRUNK_SWITCH, configuration.switchover().fence());
    }

    @Test
    void shouldLetReleasesDifferOnlyWhereTheFileSaysSo() throws IOException {
        assertFalse(Rules.of(good(SiteFolder.SMALLEST), false).skewAllowed());
        final ConfigurationFile.Result allowed =
                site.read(SiteFolder.SMALLEST + "\nswitchover: { release-skew: allow }\n");
        assertTrue(Rules.of(allowed.configuration().orElseThrow(), false).skewAllowed());
        assertTrue(allowed.problems().warnings().stream()
                .anyMatch(p ->
                        p.key().equals("switchover.release-skew") && p.wrong().contains("another release")));
        assertNotEquals(
                ConfigurationHash.of(good(SiteFolder.SMALLEST)),
                ConfigurationHash.of(allowed.configuration().orElseThrow()),
                "a live check is due after such a change");
    }

    @Test
    void shouldKeepSecretsOutOfEveryText() throws IOException {
        SiteConfiguration configuration = good(SiteFolder.reference());
        FeedConfig.SoupBinTcp east =
                (FeedConfig.SoupBinTcp) configuration.servers().get(0).feeds().get(0);
        assertEquals("s3cr3t-e", east.credentials().secret().value());
        assertFalse(configuration.toString().contains("s3cr3t"));
        assertFalse(configuration.toString().contains("phrase"));
    }

    @Test
    void shouldTakePathsRelativeToTheFileWhateverTheWorkingFolder() throws IOException {
        Path file = site.write(SiteFolder.SMALLEST.replace("data: data", "data: sub/../other"));
        SiteConfiguration configuration =
                ConfigurationFile.read(file).configuration().orElseThrow();
        assertEquals(folder.resolve("other"), configuration.data());
        assertEquals(file, configuration.file());
    }

    @Test
    void shouldWarnOfALegThatAnybodyMayDial() throws IOException {
        ConfigurationFile.Result result =
                site.read(SiteFolder.SMALLEST.replace("connect: \"10.1.1.10:5038\"", "listen: \"127.0.0.1:5001\""));
        assertTrue(result.configuration().isPresent());
        assertTrue(result.problems().warnings().stream()
                .anyMatch(p ->
                        p.key().equals("acds[1].legs[1].listen") && p.wrong().contains("anybody")));
    }

    @Test
    void shouldLetListenersShareAPortOnDifferentAddresses() throws IOException {
        good(SiteFolder.SMALLEST.replace("127.0.0.1:7002", "127.0.0.2:7001"));
    }

    @Test
    void shouldTakeAProfileOfTheSitesOwn() throws IOException {
        site.privateFile("profiles/acd/own.yaml", """
                name: own
                title: Our own
                evidence: [ "CONFIRMED: we wrote it" ]
                hazards: [ none known ]
                framing: { delimiter: "\\r" }
                identity: { by: content-and-place }
                session: { steps: [ { send: "{user} {secret}\\r" } ] }
                """);
        String text = "profiles: profiles\n" + SiteFolder.SMALLEST.replace("opaque-line", "own");
        assertEquals(2, site.read(text).problems().errors().size() / 2, "user and secret-file of both legs");
        SiteConfiguration configuration =
                good(text.replace(":5038\"", ":5038\", user: tandem, secret-file: acd.secret"));
        Credentials credentials =
                configuration.acds().get(0).legs().get(0).credentials().orElseThrow();
        assertEquals("tandem", credentials.user());
    }

    @Test
    void shouldRefuseAProfileWhoseFramesLoseTheirDelimiter() throws IOException {
        site.privateFile("profiles/acd/own.yaml", """
                name: own
                title: Our own
                evidence: [ "CONFIRMED: we wrote it" ]
                hazards: [ none known ]
                framing: { delimiter: "\\r", keep: off }
                identity: { by: content-and-place }
                """);
        ConfigurationFile.Result result =
                site.read("profiles: profiles\n" + SiteFolder.SMALLEST.replace("opaque-line", "own"));
        assertTrue(result.problems().toString().contains("acds[1].profile: \"own\": leaves the delimiter out"));
    }

    @Test
    void shouldKnowWhichAddressesABlockHolds() throws IOException {
        assertTrue(Cidr.parse("10.1.1.0/24").contains(InetAddress.getByName("10.1.1.255")));
        assertFalse(Cidr.parse("10.1.1.0/24").contains(InetAddress.getByName("10.1.2.0")));
        assertTrue(Cidr.parse("10.1.1.7").contains(InetAddress.getByName("10.1.1.7")));
        assertTrue(Cidr.parse("0.0.0.0/0").contains(InetAddress.getByName("203.0.113.9")));
        assertTrue(Cidr.parse("fd00::/8").contains(InetAddress.getByName("fd12::1")));
        assertFalse(Cidr.parse("fd00::/8").contains(InetAddress.getByName("10.1.1.1")));
        assertEquals("10.0.0.0/8", Cidr.parse("10.0.0.0/8").toString());
    }

    private SiteConfiguration good(String text) throws IOException {
        ConfigurationFile.Result result = site.read(text);
        assertTrue(result.problems().isGood(), () -> result.problems().toString());
        return result.configuration().orElseThrow();
    }
}
