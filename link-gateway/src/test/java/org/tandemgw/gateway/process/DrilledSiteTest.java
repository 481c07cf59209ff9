package org.tandemgw.gateway.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drills with a real {@code tandem run}, a real command line, an emulated box and an Asterisk with calls: rows B13 and D4. */
@Timeout(600)
class DrilledSiteTest {
    @TempDir
    Path folder;

    /** A schedule that is overdue after three seconds, and begins nothing today. */
    private static String overdueSoon() {
        final String day = LocalDate.now(ZoneOffset.UTC)
                .plusDays(3)
                .getDayOfWeek()
                .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        return "drill: { every: 2s, within: 1s, at: \"" + day + " 03:00\", calls-at-most: 0, home-within: 10m }";
    }

    @Test
    void shouldProveThatSwitchingWorksAndSaySo() throws Exception {
        final Path note = Files.writeString(
                folder.resolve("note"),
                "#!/bin/sh\necho \"$TANDEM_EVENT $TANDEM_REASON\" >> " + folder.resolve("told") + "\n");
        Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rwx------"));
        try (SwitchedSite site = SwitchedSite.ofAsteriskWith(
                        folder, overdueSoon(), "hooks:", "  - { on: drill, run: " + note + " }");
                Site.Running running = site.site().run()) {
            site.awaitProtected("east");
            site.awaitStatus(now -> site.alarms(now).contains("drillOverdue test"));
            site.awaitStatus(
                    now -> now.get("calls") instanceof Map<?, ?> calls && Boolean.TRUE.equals(calls.get("sure")));
            final Site.Ended dry = notRefused(site, "drill", "--dry-run");
            assertEquals(0, dry.status(), dry::toString);
            assertTrue(dry.out().contains("east is active; west takes over"), dry.out());
            assertEquals(List.of(), site.acts(), "nothing was done");

            final Site.Ended drill = notRefused(site, "drill", "--reason", "before the holidays", "--yes");
            assertEquals(0, drill.status(), drill::toString);
            assertTrue(drill.out().contains("PASSED"), drill.out());
            assertTrue(drill.err().contains("promote west"), drill.err());
            assertEquals(List.of("demote east 1", "promote west 1", "demote west 2", "promote east 2"), site.acts());
            assertEquals("AAAA", site.truth());
            assertEquals("east", site.status("active"));
            assertEquals(2, site.status("epoch"));
            assertTrue(
                    site.site().tandem("alarms", "--history").out().contains("drillOverdue"),
                    "and it was cleared for a while");
            assertEquals("passed", newest(site).get("verdict"));
            assertReported(site);
            await().untilAsserted(() -> assertEquals(
                    List.of(
                            "drill drill 1 begins: east to west and back",
                            "drill drill 1 passed: east to west and back"),
                    Files.readAllLines(folder.resolve("told"))));

            site.acd().resume();
            site.awaitStatus(now -> now.get("calls") instanceof Map<?, ?> calls
                    && calls.get("inFlight") instanceof Integer many
                    && many > 2);
            final Site.Ended busy = site.site().tandem("drill", "--reason", "no", "--yes", "--json");
            assertEquals(1, busy.status(), busy::toString);
            assertTrue(busy.out().contains("calls are up") || busy.out().contains("calls is not known"), busy.out());
            assertTrue(busy.out().contains("\"remedy\":\""), busy.out());
            assertEquals(4, site.acts().size(), "nothing was done");
            assertEquals(0, running.terminate());
            final Site.Ended kept = site.site().tandem("drill", "--list", "--json");
            assertTrue(kept.out().contains("\"verdict\":\"passed\""), kept::toString);
        }
    }

    /** On a slow machine a look that came late may be in the way for a moment. */
    private static Site.Ended notRefused(SwitchedSite site, String... words) {
        return await().atMost(180, SECONDS)
                .until(() -> site.site().tandem(words), ended -> !ended.err().contains("refused: "));
    }

    private static void assertReported(SwitchedSite site) throws Exception {
        final Map<String, Object> report = JSON.std.mapFrom(
                site.site().tandem("drill", "show", "1", "--json").out());
        for (final String way : List.of("out", "home")) {
            final Map<?, ?> decision = (Map<?, ?>) report.get(way);
            assertNotNull(decision, report::toString);
            assertEquals("switched", decision.get("outcome"));
            assertEquals("drill", decision.get("trigger"));
            assertTrue(((List<?>) decision.get("steps")).size() >= 6, decision::toString);
            assertEquals(Boolean.TRUE, ((Map<?, ?>) decision.get("calls")).get("final"), decision::toString);
        }
        final Site.Ended why =
                site.site().tandem("why", String.valueOf(((Map<?, ?>) report.get("out")).get("decision")));
        assertTrue(why.out().contains("drill 1, out: before the holidays"), why.out());
        final Site.Ended status = site.site().tandem("status");
        assertTrue(status.out().contains("last drill 1 passed"), status.out());
    }

    @Test
    @Tag("slow")
    void shouldPractiseByItselfAtTheTimeThatTheFileNames() throws Exception {
        final ZonedDateTime at =
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(3).truncatedTo(ChronoUnit.MINUTES);
        final String drill = "drill: { every: 7d, within: 15m, at: \""
                + at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " "
                + DateTimeFormatter.ofPattern("HH:mm").format(at) + "\", calls-at-most: 0, home-within: 10m }";
        try (SwitchedSite site = SwitchedSite.ofAsteriskWith(folder, drill);
                Site.Running running = site.site().run()) {
            site.awaitProtected("east");
            site.allowAuto();
            assertEquals(at.toInstant().toString(), ((Map<?, ?>) site.status("drills")).get("next"));
            assertEquals(List.of(), site.acts(), "it waits for its time");
            await().atMost(420, SECONDS)
                    .until(() -> newest(site) != null && newest(site).get("verdict") != null);
            assertEquals("passed", newest(site).get("verdict"), () -> String.valueOf(site.site()));
            assertEquals(Boolean.TRUE, newest(site).get("scheduled"));
            assertEquals(List.of("demote east 1", "promote west 1", "demote west 2", "promote east 2"), site.acts());
            assertEquals("AAAA", site.truth());
            final Instant next = Instant.parse(String.valueOf(((Map<?, ?>) site.status("drills")).get("next")));
            assertEquals(at.plusDays(7).toInstant(), next, "never twice for one date");
            assertEquals(0, running.terminate());
        }
    }

    private static Map<?, ?> newest(SwitchedSite site) throws IOException {
        return (Map<?, ?>) ((Map<?, ?>) site.status("drills")).get("newest");
    }

    @Test
    void shouldGoHomeAfterAKillBetweenTheTwoWays() throws Exception {
        try (SwitchedSite site = SwitchedSite.ofAsteriskWith(folder, overdueSoon())) {
            try (Site.Running running = site.site().run()) {
                site.awaitProtected("east");
                site.awaitStatus(
                        now -> now.get("calls") instanceof Map<?, ?> calls && Boolean.TRUE.equals(calls.get("sure")));
                site.hold("promote");
                await().until(() -> site.ask("/v1/drill").ok());
                await().until(() -> site.acts().contains("promote west 1"));
                site.east().stop(); // so that nobody can go home yet
                site.awaitStatus(now -> "down".equals(health(now, "east")));
                site.letGo("promote");
                site.awaitStatus(now -> "away".equals(stage(now)));
                assertEquals("BBBB", site.truth());
                running.kill();
            }
            try (Site.Running running = site.site().run()) {
                site.awaitStatus(now -> "west".equals(now.get("active")) && "away".equals(stage(now)));
                site.east().start();
                site.awaitStatus(now -> "over".equals(stage(now)));
                assertEquals("passed", newest(site).get("verdict"), () -> log(site));
                assertEquals("east", site.status("active"));
                assertEquals("AAAA", site.truth());
                assertEquals(
                        List.of("demote east 1", "promote west 1", "demote west 2", "promote east 2"), site.acts());
                await().until(() ->
                        site.site().tandem("drill", "show", "--json").out().contains("\"verdict\":\"passed\""));
                assertEquals(0, running.terminate());
            }
        }
    }

    @Test
    @Tag("slow")
    void shouldStayAndSayThatItDidNotPassWhereTheOtherOneDoesNotComeBack() throws Exception {
        try (SwitchedSite site = SwitchedSite.ofAsteriskWith(folder, "drill: { home-within: 10s }");
                Site.Running running = site.site().run()) {
            site.awaitProtected("east");
            site.awaitStatus(
                    now -> now.get("calls") instanceof Map<?, ?> calls && Boolean.TRUE.equals(calls.get("sure")));
            site.hold("promote");
            await().until(() -> site.ask("/v1/drill").ok());
            await().until(() -> site.acts().contains("promote west 1"));
            site.east().stop();
            site.awaitStatus(now -> "down".equals(health(now, "east")));
            site.letGo("promote");
            site.awaitStatus(now -> site.alarms(now).contains("drillFailed test"));
            final Site.Ended show = site.site().tandem("drill", "show");
            assertEquals(1, show.status(), show::toString);
            assertTrue(show.out().contains("STAYED"), show.out());
            assertEquals("BBBB", site.truth());
            assertEquals("west", site.status("active"));

            site.east().start();
            site.awaitStatus(now -> "tandem switch east --reason …".equals(now.get("next")));
            assertEquals("BBBB", site.truth(), "nobody goes home by himself");
            assertEquals(
                    0,
                    notRefused(site, "drill", "--reason", "once more", "--yes").status());
            site.awaitStatus(now -> !site.alarms(now).contains("drillFailed test"));
            assertEquals(0, running.terminate());
        }
    }

    private static String stage(Map<String, Object> now) {
        return now.get("drills") instanceof Map<?, ?> drills && drills.get("newest") instanceof Map<?, ?> newest
                ? String.valueOf(newest.get("stage"))
                : "";
    }

    private static String health(Map<String, Object> now, String server) {
        return ((List<?>) now.get("servers"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> server.equals(each.get("name")))
                        .map(each -> String.valueOf(each.get("health")))
                        .findFirst()
                        .orElse("");
    }

    private static String log(SwitchedSite site) {
        try {
            return site.site().logs();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
