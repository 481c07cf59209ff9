package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.LinkGateway;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.demo.DemoServer;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.time.SystemClock;

/** Somebody sets the clock while the stream runs: a whole gateway with two servers, on a clock that jumps. */
@Timeout(600)
class WrongClockTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String ALARM = "clock machine";
    private static final long ROLL_NS = Duration.ofMinutes(10).toNanos();

    private final JumpingClock clock = new JumpingClock();

    @TempDir
    private Path folder;

    private Site site;
    private AcdSimulator acd;
    private TwoServers servers;

    /** A gateway for each: an alarm that came six times in one would stand for a minute more, as one that comes and goes. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT1H", "P365D"})
    void shouldLoseNothingAndTellOfEachJump(Duration by) throws Exception {
        // So that the first second goes over a roll boundary, and the jump back goes over it again.
        clock.set((clock.utcNs() / ROLL_NS + 1) * ROLL_NS - 500_000_000L);
        running(() -> {
            frames(250);
            jump(by.negated(), "set back by " + by(by));
            untilSuspect();
            frames(100);
            jump(by, "set forward by " + by(by));
            untilTrusted();
            jump(by, "set forward by " + by(by));
            untilSuspect();
            frames(100);
            jump(by.negated(), "set back by " + by(by));
            untilTrusted();
        });
        assertEquals(4, servers.east().notes().size());
        proved();
        assertFalse(
                Files.readString(site.data().resolve("alarms.jsonl")).contains("feedLag"),
                "a jump is no time that a server is behind");
    }

    @Test
    void shouldGoOnRollingWhileTheClockIsAYearBackAndAfterARestart() throws Exception {
        running(() -> {
            frames(100);
            jump(YEAR.negated(), "set back by 365.0 days");
            final long files = rollFiles();
            for (int i = 1; i <= 3; i++) {
                clock.pass(Duration.ofMinutes(20));
                final long more = i;
                frames(100);
                waitFor().until(() -> rollFiles() >= files + more);
            }
        });
        final long files = rollFiles();
        running(() -> {
            frames(100);
            untilSuspect();
            clock.pass(Duration.ofMinutes(21));
            frames(100);
            waitFor().until(() -> rollFiles() > files);
            // It is put right; the records that are ahead by half an hour wait for it.
            clock.jump(YEAR);
            frames(100);
        });
        proved();
    }

    @Test
    void shouldBelieveAnOperatorWhoAcknowledges() throws Exception {
        running(() -> {
            jump(HOUR, "set forward by 3600.0 s");
            final String number =
                    String.valueOf(site.status().get("alarms")).replaceAll(".*number=([0-9]+), name=clock.*", "$1");
            final Site.Ended ack = site.tandem(
                    "alarms",
                    "ack",
                    number,
                    "--reason",
                    "it was wrong before",
                    "-c",
                    site.file().toString());
            assertEquals(0, ack.status(), ack.err());
            untilTrusted();
            jump(HOUR, "set forward by 3600.0 s");
            frames(50);
        });
        proved();
    }

    /** Runs a gateway, with the servers and the ACD of the first run. */
    private void running(Story story) throws Exception {
        if (acd == null) {
            acd = new AcdSimulator(
                    AcdSettings.listening(AcdDialect.OPAQUE_LINE, 3).traffic(300, 0),
                    FrameSource.numbered(60),
                    new SystemClock());
            site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            servers = new TwoServers(site, acd);
        }
        try (LinkGateway gateway = new LinkGateway(
                ConfigurationFile.read(site.file()).configuration().orElseThrow(), clock, new Random(1))) {
            gateway.start();
            servers.awaitConnected();
            acd.resume();
            waitFor().until(() -> site.legStates().equals(List.of("up", "up")));
            story.tell();
            acd.stop();
            waitFor().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
            servers.awaitSequence(((Number) site.acd().get("sequence")).longValue());
        }
    }

    private void proved() {
        final DemoServer.Standing standing = servers.east().standing();
        assertEquals(0, standing.jumps(), "the sequences are contiguous");
        final StreamComparison.Verdict verdict = servers.verdict();
        acd.close();
        assertTrue(verdict.proved(), verdict.toString());
    }

    private void jump(Duration by, String told) throws Exception {
        final int before = servers.east().notes().size();
        clock.jump(by);
        waitFor().until(() -> servers.east().notes().size() > before);
        final DemoServer.Note note = servers.east().notes().get(before);
        assertTrue(
                note.kind().equals("mark")
                        && note.json().contains("\"clock\"")
                        && note.json().contains(told),
                note.json());
    }

    private void untilSuspect() {
        waitFor().until(() -> site.alarms().contains(ALARM));
    }

    private void untilTrusted() {
        waitFor().until(() -> !site.alarms().contains(ALARM));
    }

    /** So many more frames come to the east server. */
    private void frames(int count) {
        final long before = servers.east().standing().frames();
        waitFor().until(() -> servers.east().standing().frames() > before + count);
    }

    private static String by(Duration time) {
        return time.toDays() > 0 ? time.toDays() + ".0 days" : time.toSeconds() + ".0 s";
    }

    private long rollFiles() throws Exception {
        try (Stream<Path> files = Files.walk(site.data().resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        }
    }

    private static ConditionFactory waitFor() {
        return await();
    }

    private interface Story {
        void tell() throws Exception;
    }
}
