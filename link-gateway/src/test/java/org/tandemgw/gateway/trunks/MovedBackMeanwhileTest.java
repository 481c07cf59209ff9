package org.tandemgw.gateway.trunks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/** A long select: a card that was read back at its beginning is moved by somebody before the last one is there. */
@Timeout(600)
class MovedBackMeanwhileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldLookAtEveryCardOnceMoreBeforeTheFenceCountsAsHeld() throws Exception {
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 1, 2)) {
            box.command("panel 1 B");
            box.command("delay 450");
            box.command("at-select panel 1 A");
            final Selected selected = selected(box);
            assertEquals(Overall.PARTIAL, selected.overall(), selected::toString);
            assertEquals(
                    "1 NOT_MOVED A, 2 MOVED B",
                    selected.cards().stream()
                            .map(each -> each.card() + " " + each.outcome() + " " + each.positionRead())
                            .collect(Collectors.joining(", ")));
            assertEquals(
                    "was read back at B, and before the promote it was at A: moved without Tandem",
                    selected.cards().get(0).detail());
        }
    }

    @Test
    void shouldHoldWhereTheOthersStayed() throws Exception {
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 1, 2)) {
            box.command("delay 450");
            final Selected selected = selected(box);
            assertEquals(Overall.OK, selected.overall(), selected::toString);
            assertTrue(selected.took().toMillis() > LastLook.OLDEST_MS, selected::toString);
        }
    }

    private Selected selected(SwitchEmulator box) throws Exception {
        final TrunkMemories memories = new TrunkMemories(List.of(), Instant.now());
        memories.writeWith(() -> {});
        try (Trunks trunks = new Trunks(site(box.port()), false, memories, false, () -> "east", new SystemClock())) {
            trunks.start();
            await().until(() -> trunks.sights().get(0).reachable()
                    && !trunks.sights().get(0).position().equals("unknown"));
            final LinkedBlockingQueue<Selected> told = new LinkedBlockingQueue<>();
            trunks.select(
                    new SelectWish("west", 1, true, false, false, "tandem", "test"),
                    (name, selected) -> told.add(selected));
            final Selected last = told.poll(120, SECONDS);
            assertTrue(told.isEmpty(), "told once");
            return last;
        }
    }

    private SiteConfiguration site(int port) throws IOException {
        for (final String secret : List.of("kab.secret", "feed.secret")) {
            Files.setPosixFilePermissions(
                    Files.writeString(folder.resolve(secret), "PASS\n"), PosixFilePermissions.fromString("rw-------"));
        }
        final String shipped = HwProfiles.load(Optional.empty(), new Problems())
                .trunkSwitch("dataprobe-k16")
                .orElseThrow()
                .about()
                .text();
        Files.writeString(
                Files.createDirectories(folder.resolve("own").resolve("switch")).resolve("slow.yaml"),
                shipped.replace("name: dataprobe-k16", "name: slow")
                        .replace("first-byte: 1500ms", "first-byte: 6s")
                        .replace("whole-reply: 3s", "whole-reply: 8s")
                        .replace("late: 10s", "late: 12s"));
        final ConfigurationFile.Result result = ConfigurationFile.read(
                Files.writeString(folder.resolve("tandem.yaml"), """
                data: data
                profiles: own
                acds:
                  - name: acd1
                    profile: opaque-line
                    legs: [ { connect: "127.0.0.1:5038" }, { connect: "127.0.0.1:5039" } ]
                servers:
                  - name: east
                    feed: { soupbintcp: { listen: "127.0.0.1:7001", user: east, secret-file: feed.secret } }
                  - name: west
                    feed: { soupbintcp: { listen: "127.0.0.1:7002", user: west, secret-file: feed.secret } }
                switches:
                  - name: trunks
                    profile: slow
                    tcp: "127.0.0.1:PORT"
                    secret-file: kab.secret
                    confirmed: "2026-11-21 jd"
                    positions: { A: east, B: west }
                    dwell: 0s
                    cards: [ 1, 2 ]
                """.replace("PORT", String.valueOf(port))));
        final SiteConfiguration site = result.configuration()
                .orElseThrow(() -> new AssertionError(result.problems().toString()));
        Files.createDirectories(site.data());
        return site;
    }
}
