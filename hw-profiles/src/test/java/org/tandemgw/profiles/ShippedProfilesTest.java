package org.tandemgw.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.Problems;

/** What Tandem ships as knowledge of other people's machines. */
class ShippedProfilesTest {

    private final HwProfiles profiles = HwProfiles.load(Optional.empty(), new Problems());

    @Test
    void shouldLoadEveryFileOfTheFolderAndNothingElse() throws IOException {
        Path folder = Path.of(System.getProperty("tandem.root"), "hw-profiles", "profiles");
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
            assertEquals(HwProfiles.SHIPPED, found);
        }
        assertEquals(HwProfiles.SHIPPED.size(), profiles.abouts().size());
    }

    @Test
    void shouldSayOfEachWhatIsEvidenceAndWhatIsHazard() {
        for (ProfileAbout about : profiles.abouts()) {
            assertFalse(about.title().isBlank(), about.name());
            assertFalse(about.hazards().isEmpty(), about.name());
            assertFalse(about.evidence().isEmpty(), about.name());
            about.evidence()
                    .forEach(sentence -> assertTrue(
                            sentence.matches("(CONFIRMED|DERIVED|ASSUMPTION|NOT FOUND).*"),
                            about.name() + ": " + sentence));
        }
    }

    @Test
    void shouldEndAnOpaqueLineWithLfThatBelongsToTheFrame() {
        AcdProfile line = profiles.acd("opaque-line").orElseThrow();
        assertEquals(Optional.of(new Framing.Delimiter(Bytes.parse("\n"), true, 65_534)), line.framing());
        assertEquals(AcdProfile.Identity.By.CONTENT_AND_PLACE, line.identity().by());
        assertEquals(Optional.empty(), line.keepAlive());
        assertEquals(AcdProfile.OnPause.BLOCKS, line.onPause());
        assertTrue(line.session().gatewayMayDial() && line.session().acdMayDial());
        assertTrue(line.canMerge() && !line.relay() && line.silence().compareTo(Duration.ZERO) > 0);
    }

    @Test
    void shouldReadTheLengthOfAnOpaqueLengthFrameWithoutTheFieldItself() {
        AcdProfile length = profiles.acd("opaque-length").orElseThrow();
        assertEquals(Optional.of(new Framing.LengthField(0, 4, ByteOrder.BIG_ENDIAN, 4, 65_534)), length.framing());
        assertTrue(length.canMerge());
    }

    @Test
    void shouldAskAnAsteriskOnlyForWhatReads() {
        AcdProfile ami = profiles.acd("asterisk-ami").orElseThrow();
        assertEquals(Optional.of(new Framing.BuiltIn(Framing.Codec.ASTERISK_AMI, 65_534)), ami.framing());
        AcdProfile.Login login = ami.session().login().orElseThrow();
        assertEquals(AcdProfile.Login.Kind.MD5, login.kind());
        assertEquals("on", login.events());
        assertEquals(
                List.of("CoreShowChannels", "QueueStatus", "BridgeList"),
                login.snapshot().stream().map(AcdProfile.Login.ListAction::word).toList());
        assertTrue(ami.canMerge()
                && ami.session().needsCredentials()
                && !ami.session().acdMayDial());
        assertEquals(Duration.ofSeconds(10), ami.keepAlive().orElseThrow().every());
        assertEquals(AcdProfile.OnPause.CLOSES, ami.onPause());
    }

    @Test
    void shouldAskAFreeSwitchOnlyForWhatReads() {
        AcdProfile esl = profiles.acd("freeswitch-esl").orElseThrow();
        assertEquals(Optional.of(new Framing.BuiltIn(Framing.Codec.FREESWITCH_ESL, 65_534)), esl.framing());
        AcdProfile.Login login = esl.session().login().orElseThrow();
        assertEquals(AcdProfile.Login.Kind.PLAIN, login.kind());
        assertTrue(login.events().startsWith("CHANNEL_CREATE "));
        assertTrue(login.events().endsWith(" HEARTBEAT CUSTOM callcenter::info conference::maintenance"));
        assertEquals(
                List.of(
                        "show channels as json",
                        "show bridged_calls as json",
                        "callcenter_config queue list members",
                        "callcenter_config agent list"),
                login.snapshot().stream().map(AcdProfile.Login.ListAction::word).toList());
        assertTrue(esl.canMerge()
                && esl.nativeFeed()
                && esl.session().needsCredentials()
                && !esl.session().acdMayDial());
        assertEquals(AcdProfile.OnPause.DROPS, esl.onPause());
    }

    @Test
    void shouldBeginCstaInTwoWaysAndNeedNoSecretForEither() {
        for (String name : List.of("csta-xml", "csta-xml-switch-first")) {
            AcdProfile csta = profiles.acd(name).orElseThrow();
            assertEquals(Optional.of(new Framing.BuiltIn(Framing.Codec.CSTA_XML, 65_534)), csta.framing());
            AcdProfile.Login login = csta.session().login().orElseThrow();
            boolean first = name.endsWith("first");
            assertEquals(
                    first ? AcdProfile.Login.Kind.SWITCH_FIRST : AcdProfile.Login.Kind.APPLICATION_SESSION,
                    login.kind());
            assertEquals(List.of(AcdProfile.Login.ListAction.SNAPSHOT_DEVICE), login.snapshot());
            assertTrue(login.protocol().endsWith("/csta/ed4"));
            assertFalse(csta.session().needsCredentials());
            assertEquals(!first, csta.session().takesCredentials());
            assertTrue(csta.canMerge() && csta.nativeFeed() && !csta.relay());
        }
    }

    @Test
    void shouldOnlyPassThroughTheLinkOfAnAvayaCms() {
        AcdProfile spi = profiles.acd("avaya-spi-relay").orElseThrow();
        assertTrue(spi.relay() && !spi.canMerge() && !spi.nativeFeed());
        assertEquals(Optional.empty(), spi.framing());
        assertTrue(spi.session().gatewayMayDial() && !spi.session().acdMayDial());
        assertEquals(Duration.ofSeconds(60), spi.silence());
    }

    // Row A11: a pair has the same release.
    @Test
    void shouldPairAServerWithItsOwnReleaseOnly() {
        ServerProfile r21 = profiles.server("rhel-cms-r21").orElseThrow();
        ServerProfile generic = profiles.server("generic").orElseThrow();
        assertTrue(r21.pairsWith(r21) && generic.pairsWith(generic));
        assertFalse(r21.pairsWith(generic));
    }
}
