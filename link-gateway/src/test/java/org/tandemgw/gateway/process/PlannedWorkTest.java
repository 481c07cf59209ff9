package org.tandemgw.gateway.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.Replay;

/** Somebody takes a server out, kills Tandem meanwhile, puts it back, and exchanges the roles for a planned outage: rows A8, D4, D9. */
@Timeout(900)
class PlannedWorkTest {
    private static final List<String> PASSING = List.of(
            " is not healthy",
            " has not yet got all frames",
            " does not take its feed",
            " has not been well and at parity",
            " leads cannot be read",
            " is not to be trusted now");

    @TempDir
    Path folder;

    private SwitchedSite site;

    @Test
    void shouldKeepAServerOutAndExchangeTheRoles() throws Exception {
        try (SwitchedSite opened = new SwitchedSite(folder)) {
            site = opened;
            try (Site.Running running = site.site().run()) {
                begin();
                shouldRefuseWhatCannotBeTakenOut();
                shouldTakeAServerOut();
                running.kill();
            }
            try (Site.Running running = site.site().run()) {
                shouldStillBeOutAfterAKill();
                shouldNotSwitchToItWhateverHappens();
                shouldPutItBack();
                shouldSuspendAndRestoreTheWholeSite();
                shouldExchangeTheRoles();
                assertEquals(0, running.terminate());
            }
        }
    }

    @Test
    @Tag("slow")
    void shouldComeThroughAnExchangeOfRolesThatDoesNotGoAsItShould() throws Exception {
        try (SwitchedSite opened = new SwitchedSite(folder)) {
            site = opened;
            try (Site.Running running = site.site().run()) {
                begin();
                shouldExchangeTheRoles();
                shouldGoOnWhereItWasInterrupted();
                shouldRefuseToExchangeWhatCannotBeSwitched();
                shouldPutTheFileBackWhereTheSwitchFails();
                assertEquals(0, running.terminate());
            }
        }
    }

    private void begin() throws IOException {
        site.acd().resume();
        site.awaitProtected("east");
        site.allowAuto();
    }

    private void shouldRefuseWhatCannotBeTakenOut() throws Exception {
        final String active = type(1, "maintenance", "on", "east", "--reason", "x", "--yes");
        assertTrue(active.contains("east is active"), active);
        assertTrue(active.contains("tandem switch west --reason"), active);
        final Answer unknown = site.ask("/v1/maintenance/on/north?for=60000");
        assertEquals("the file has east and west", unknown.remedy());
    }

    private void shouldTakeAServerOut() throws Exception {
        final Map<String, Object> done =
                json("maintenance", "on", "west", "--reason", "new kernel", "--for", "2h", "--yes", "--json");
        assertTrue(String.valueOf(done.get("remedy")).contains("tandem maintenance off west"), done::toString);
        site.west().stop();
        site.awaitStatus(now -> "down".equals(of(now, "west").get("health")));
        shouldBeOneWarning();
        assertTrue(site.client().get("/v1/why-not").json().contains("tandem maintenance off west"));
        final Answer refused = site.ask("/v1/switch/west");
        assertTrue(refused.message().contains("west is out for maintenance"), refused::toString);
        assertTrue(refused.remedy().startsWith("tandem maintenance off west --reason"), refused::toString);
    }

    private void shouldBeOneWarning() {
        site.awaitStatus(now -> "out".equals(of(now, "west").get("role"))
                && now.get("maintenance").toString().contains("new kernel")
                && "unprotected".equals(now.get("state"))
                && site.alarms(now).equals(List.of("maintenance west")));
    }

    private void shouldStillBeOutAfterAKill() {
        site.awaitStatus(now -> "down".equals(of(now, "west").get("health")));
        site.awaitStatus(now -> site.servers().east().standing().connected());
        site.awaitStatus(now -> "out".equals(of(now, "west").get("role"))
                && now.get("maintenance").toString().contains("new kernel")
                && site.alarms(now).contains("maintenance west")
                && site.alarms(now).stream()
                        .noneMatch(each -> each.matches("(serverDown|serverSuspect|unprotected|feedDown) .*")));
    }

    private void shouldNotSwitchToItWhateverHappens() throws Exception {
        site.west().start();
        site.awaitStatus(now -> "up".equals(of(now, "west").get("health")));
        site.east().stop();
        site.awaitStatus(now -> "holding".equals(now.get("state")));
        await().until(() ->
                site.decision() != null && "held".equals(site.decision().get("outcome")));
        final Map<String, Object> held = site.decision();
        assertTrue(held.get("refusedBecause").toString().contains("west is out for maintenance"), held::toString);
        assertEquals("AAAA", site.truth());
        final DecisionLog log = new DecisionLog(site.site().data());
        final Path record = log.file(((Number) held.get("decision")).longValue());
        await().until(() -> Files.exists(record) && DecisionLog.read(record).isOver());
        final Replay.Result again = Replay.of(DecisionLog.read(record));
        assertTrue(again.same(), again::toString);
        site.east().start();
        site.awaitStatus(now -> "up".equals(of(now, "east").get("health")));
    }

    private void shouldPutItBack() throws Exception {
        type(0, "maintenance", "off", "west", "--reason", "runs again", "--yes");
        site.awaitProtected("east");
        assertEquals(List.of(), site.status("maintenance"));
        assertTrue(Files.readString(site.site().data().resolve("audit.jsonl")).contains("on west for PT2H"));
    }

    private void shouldSuspendAndRestoreTheWholeSite() throws Exception {
        assertTrue(site.ask("/v1/maintenance/on?for=1000").ok());
        site.awaitStatus(now -> "maintenance".equals(now.get("state")) && "manual".equals(now.get("mode")));
        site.awaitStatus(now -> site.alarms(now).contains("maintenanceOverdue test"));
        assertTrue(site.ask("/v1/maintenance/on?for=3600000").ok());
        site.awaitStatus(now -> "maintenance".equals(now.get("state"))
                && site.alarms(now).contains("maintenance test")
                && !site.alarms(now).contains("maintenanceOverdue test"));
        assertTrue(site.ask("/v1/maintenance/off").ok());
        site.awaitStatus(now -> "protected".equals(now.get("state")) && "auto".equals(now.get("mode")));
    }

    private void shouldExchangeTheRoles() throws Exception {
        final Path file = site.site().file();
        final String before = Files.readString(file) + "# a remark at the end\n";
        Files.writeString(file, before);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        final String shown = type(0, "roles");
        assertTrue(shown.lines().anyMatch(line -> line.matches("east +active +yes +up +trunks +.*")), shown);

        final Map<String, Object> done = json("roles", "reverse", "--reason", "east gets a disk", "--yes", "--json");
        assertEquals(true, done.get("ok"), done::toString);
        assertEquals("BBBB", site.truth());
        assertEquals("west", site.status("active"));
        assertEquals(before.replace("  initial: east", "  initial: west"), Files.readString(file));
        final Path backup = Path.of(String.valueOf(done.get("backup")));
        assertEquals(before, Files.readString(backup));
        assertEquals(
                List.of("rw-r-----", "rw-r-----"),
                List.of(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(backup))));
        assertTrue(type(0, "roles", "reverse", "west", "--reason", "again", "--yes")
                .contains("nothing was done"));
    }

    /** Whoever was interrupted just before the end must not exchange them back. */
    private void shouldGoOnWhereItWasInterrupted() throws Exception {
        final Path note = site.site().data().resolve("roles-reverse.json");
        Files.writeString(
                note, "{\"to\":\"west\",\"initialBefore\":\"east\",\"backup\":null,\"at\":\"2026-11-22T03:00:00Z\"}");
        assertTrue(type(1, "roles", "reverse", "east", "--reason", "x", "--yes").contains("tandem roles reverse west"));
        assertTrue(type(0, "roles", "reverse", "--reason", "disk", "--yes").contains("west is active and initial"));
        assertEquals("west", site.status("active"));
        assertFalse(Files.exists(note));
    }

    private void shouldRefuseToExchangeWhatCannotBeSwitched() throws Exception {
        site.east().stop();
        site.awaitStatus(now -> "down".equals(of(now, "east").get("health")));
        final String refused = type(1, "roles", "reverse", "--reason", "x", "--yes");
        assertTrue(refused.contains("east is not healthy"), refused);
        assertTrue(Files.readString(site.site().file()).contains("  initial: west"));
        site.east().start();
        site.awaitStatus(now -> "up".equals(of(now, "east").get("health")));
    }

    private void shouldPutTheFileBackWhereTheSwitchFails() throws Exception {
        site.fail("promote");
        final String before = Files.readString(site.site().file());
        site.awaitProtected("west");
        final Site.Ended ended = typed("roles", "reverse", "--reason", "x", "--yes");
        assertEquals(1, ended.status(), ended::toString);
        final String failed = ended.out() + ended.err();
        assertTrue(failed.contains("the file says initial: west as before"), failed);
        assertTrue(failed.contains("tandem why"), failed);
        assertEquals(before, Files.readString(site.site().file()));
        assertFalse(Files.exists(site.site().data().resolve("roles-reverse.json")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> of(Map<String, Object> status, String server) {
        return ((List<Map<String, Object>>) status.get("servers"))
                .stream()
                        .filter(each -> each.get("name").equals(server))
                        .findFirst()
                        .orElseThrow();
    }

    private Map<String, Object> json(String... words) throws IOException, InterruptedException {
        return JSON.std.mapFrom(ended(0, words).out());
    }

    private String type(int status, String... words) throws IOException, InterruptedException {
        final Site.Ended ended = ended(status, words);
        return ended.out() + ended.err();
    }

    private Site.Ended ended(int status, String... words) throws IOException, InterruptedException {
        final Site.Ended ended = status == 0 ? typed(words) : once(words);
        assertEquals(status, ended.status(), () -> List.of(words) + ":\n" + ended.out() + ended.err());
        assertFalse(ended.err().contains("\tat "), ended::err);
        return ended;
    }

    /** On a slow machine a look or a frame that came late may be in the way for a moment: then it is typed again. */
    private Site.Ended typed(String... words) {
        return await().atMost(180, SECONDS)
                .until(
                        () -> once(words),
                        ended -> ended.status() == 0
                                || PASSING.stream().noneMatch((ended.out() + ended.err())::contains));
    }

    private Site.Ended once(String... words) throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("-c", site.site().file().toString()));
        return site.site().tandem(line.toArray(String[]::new));
    }
}
