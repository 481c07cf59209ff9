package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.deciding.ConfigurationHash;

/** What an ACD of CSTA is asked to monitor. */
class MonitoredDevicesTest {

    @TempDir
    Path folder;

    private SiteFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    private ConfigurationFile.Result read(String profile, String devices) throws IOException {
        return site.read(
                SiteFolder.SMALLEST.replaceFirst("profile: [a-z-]+\n", "profile: " + profile + "\n" + devices));
    }

    private void refuses(String profile, String devices, String wrong) throws IOException {
        String problems = read(profile, devices).problems().toString();
        assertTrue(problems.contains(wrong), problems);
    }

    @Test
    void shouldTakeQueuesAndTelephonesAsTheAcdHasThem() throws IOException {
        ConfigurationFile.Result good = read("csta-xml", "    devices: [\"8000\", \"N<2001>\", \"tel:2002\"]\n");
        assertTrue(good.problems().isGood(), () -> good.problems().toString());
        AcdConfig acd = good.configuration().orElseThrow().acds().get(0);
        assertEquals(List.of("8000", "N<2001>", "tel:2002"), acd.devices());
        ConfigurationFile.Result other = read("csta-xml", "    devices: [\"8000\"]\n");
        assertNotEquals(
                ConfigurationHash.of(good.configuration().orElseThrow()),
                ConfigurationHash.of(other.configuration().orElseThrow()));
    }

    @Test
    void shouldRefuseWhatCannotBeMonitored() throws IOException {
        refuses("csta-xml", "", "devices");
        refuses("csta-xml", "    devices: []\n", "holds 0 devices");
        refuses("csta-xml-switch-first", "    devices: [\"1\", \"2\", \"1\"]\n", "has 1 twice");
        refuses("csta-xml", "    devices: [\"1 2\"]\n", "is no number of a device");
        refuses("opaque-line", "    devices: [\"1\"]\n", "has no monitors");
    }

    @Test
    void shouldSayThatANativeFeedWithoutAPasswordIsOpen() throws IOException {
        String open = SiteFolder.SMALLEST
                .replace("profile: opaque-line\n", "profile: csta-xml\n    devices: [\"8000\"]\n")
                .replaceFirst(
                        "feed: \\{ soupbintcp.*", "feeds: [{ acd: acd1, native: { listen: \"127.0.0.1:7001\" } }]");
        ConfigurationFile.Result result = site.read(open);
        assertTrue(result.problems().isGood(), () -> result.problems().toString());
        assertTrue(
                result.problems().warnings().toString().contains("no password is asked for"),
                () -> result.problems().warnings().toString());
        String closed = open.replace("127.0.0.1:7001\"", "127.0.0.1:7001\", user: east, secret-file: east.secret");
        assertTrue(!site.read(closed).problems().warnings().toString().contains("no password is asked for"));
    }
}
