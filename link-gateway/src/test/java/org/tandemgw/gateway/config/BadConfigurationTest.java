package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;

/** A file is refused: each problem with its line, its key, what is wrong, and what to do. */
class BadConfigurationTest {

    @TempDir
    Path folder;

    private SiteFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2} {3}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "data: data | site: x | 1 | data | is missing | add the key",
                "data: data | 'data: ' | 1 | data | has no value | path of a folder",
                "name: acd1 | name: acd12345 | 3 | acds[1].name | right form | at most 6",
                "name: acd1 | name: R17 | 3 | acds[1].name | kept for the sessions of recoveries | other than R",
                "name: acd1 | name: -a | 3 | acds[1].name | right form | at most 6",
                "name: acd1 | name: a_b | 3 | acds[1].name | right form | letters, digits or '-'",
                "opaque-line | opaque-lines | 4 | acds[1].profile | not a known ACD profile | did you mean opaque-line?",
                "opaque-line | opaque-line¶    mode: relay | 5 | acds[1].mode | not possible with profile opaque-line | mode: merge",
                "10.1.1.10:5038 | 10.1.1.10 | 6 | acds[1].legs[1].connect | has no port | host:port",
                "\"10.1.1.10:5038\" | \"10.1.1.10:5038\", bind: \"10.1.1.2:0\" | 6 | acds[1].legs[1].bind | is not an IP address | without a port",
                "connect: \"10.1.1.10:5038\" | connect: \"10.1.1.10:5038\", listen: \"127.0.0.1:1\" | 6 | acds[1].legs[1] | either connect or listen | where we dial",
                "connect: \"10.1.1.10:5038\" | bind: \"10.1.1.10\" | 6 | acds[1].legs[1] | either connect or listen | where we dial",
                "connect: \"10.1.1.10:5038\" | listen: \"127.0.0.1:7001\" | 10 | servers[1].feed.soupbintcp.listen | already used by acds[1].legs[1].listen | its own port",
                "connect: \"10.1.1.10:5038\" | listen: \"0.0.0.0:7002\" | 12 | servers[2].feed.soupbintcp.listen | already used by acds[1].legs[1].listen | its own port",
                "connect: \"10.1.1.10:5038\" | listen: \"127.0.0.1:1\", allow: [ 10.1.1.5/24 ] | 6 | acds[1].legs[1].allow[1] | bits set behind its prefix | address blocks",
                "connect: \"10.1.1.10:5038\" | listen: \"127.0.0.1:1\", allow: [ acd.example ] | 6 | acds[1].legs[1].allow[1] | not an address block | address blocks",
                "\"10.1.1.10:5038\" | \"10.1.1.10:5038\", allow: [ 10.0.0.0/8 ] | 6 | acds[1].legs[1].allow | a leg that listens | remove",
                "\"10.1.1.10:5038\" | \"10.1.1.10:5038\", user: me | 6 | acds[1].legs[1].secret-file | is missing | add the key",
                "\"10.1.1.10:5038\" | \"10.1.1.10:5038\", dscp: AF44 | 6 | acds[1].legs[1].dscp | is no marking | AF11 to AF43",
                "\"10.1.1.10:5038\" | \"10.1.1.10:5038\", dscp: 64 | 6 | acds[1].legs[1].dscp | is no marking | 0 to 63",
                "\"10.1.1.10:5038\" | \"acd.example:5038\", dscp: EF | 6 | acds[1].legs[1].connect | is a name, and its packets are to be marked | an IP address",
                "127.0.0.1:7002 | 127.0.0.1:7001 | 12 | servers[2].feed.soupbintcp.listen | already used by servers[1].feed.soupbintcp.listen | its own port",
                "127.0.0.1:7002 | localhost:7001 | 12 | servers[2].feed.soupbintcp.listen | already used by | its own port",
                "name: cms-west | name: CMS-east | 11 | servers[2].name | the other server too | choose another",
                "name: cms-west | name: cms west | 11 | servers[2].name | right form | letters",
                "user: west | user: west, catch-up: 0/s | 12 | servers[2].feed.soupbintcp.catch-up | not a number of records a second | as in 50000/s",
                "user: west | user: west, catch-up: 50000 | 12 | servers[2].feed.soupbintcp.catch-up | not a number of records a second | leave the key out",
                "user: west | user: westwest | 12 | servers[2].feed.soupbintcp.user | right form | no room",
                "west.secret | nowhere.secret | 12 | servers[2].feed.soupbintcp.secret-file | does not exist | create",
                "west.secret | open.secret | 12 | servers[2].feed.soupbintcp.secret-file | others may read | chmod 600",
                "west.secret | long.secret | 12 | servers[2].feed.soupbintcp.secret-file | longer than 10 bytes | 10 bytes",
                "west.secret | empty.secret | 12 | servers[2].feed.soupbintcp.secret-file | empty file | one line",
                "west.secret | two.secret | 12 | servers[2].feed.soupbintcp.secret-file | more than one line | one line",
                "west.secret | scripts | 12 | servers[2].feed.soupbintcp.secret-file | cannot be read | let the user",
                "soupbintcp: { listen: \"127.0.0.1:7002\" | soupbintpc: { listen: \"127.0.0.1:7002\" | 12 | servers[2].feed.soupbintpc | not a known key | did you mean soupbintcp?",
                "name: cms-west | name: cms-west¶    profile: rhel-cms-r12 | 12 | servers[2].profile | not a known server profile | did you mean rhel-cms-r21?",
                "name: cms-west | name: cms-west¶    profile: rhel-cms-r21 | 12 | servers[2].profile | does not pair with generic | same release",
                "data: data | data: data¶journal: { sync: always } | 2 | journal.sync | not one of the words | group, none",
                "data: data | data: data¶journal: { retention: 14 } | 2 | journal.retention | not a duration with a unit | ms, s, m, h or d",
                "data: data | data: data¶journal: { min-free: 2GB } | 2 | journal.min-free | not a size with a unit | GiB",
                "data: data | data: data¶journal: 14d | 2 | journal | must hold keys and values | key: value",
                "data: data | data: data¶time-zone: Mars/Base | 2 | time-zone | not a known time zone | Europe/Berlin",
                "data: data | data: data¶profiles: nowhere | 2 | profiles | is not a folder | create it",
                "data: data | data: data¶log: { level: loud } | 2 | log.level | not one of the words | info",
                "data: data | data: data¶switchover: { fence: trunk-switch } | 2 | switchover.fence | needs a trunk switch | switches",
                "data: data | data: data¶switchover: { fence: demote } | 2 | switchover.fence | needs a demote of both | fence: none",
                "data: data | data: data¶switchover: { initial: cms-north } | 2 | switchover.initial | not a server of this file | cms-east, cms-west",
                "data: data | data: data¶switchover: { fail-back: sometimes } | 2 | switchover.fail-back | neither a known word nor a window | 02:00-04:00",
                "data: data | data: data¶switchover: { fail-back: 25:00-26:00 } | 2 | switchover.fail-back | nor a window | 02:00-04:00",
                "data: data | data: data¶switchover: { release-skew: maybe } | 2 | switchover.release-skew | not one of the words | block, allow",
                "data: data | data: data¶switchover: { hooks: [ { on: switchd, run: scripts/hook } ] } | 2 | switchover.hooks[1].on | did you mean switched? | events",
                "data: data | data: data¶switchover: { hooks: [ { on: drill, run: scripts/none } ] } | 2 | switchover.hooks[1].run | not a program that can be run | executable",
                "data: data | data: data¶call-records: { folder: data } | 2 | call-records.folder | Tandem keeps its own files | leave the key out",
                "data: data | data: data¶call-records: { folder: x/../data/journal/acd1 } | 2 | call-records.folder | Tandem keeps its own files | leave the key out",
                "data: data | data: data¶network: { net-test: { cms-north: 10.1.1.1 } } | 2 | network.net-test.cms-north | not a server of this file | cms-east",
                "data: data | data: data¶observers: [ { user: east, secret-file: watch.secret } ] | 2 | observers[1].user | user of a server | choose another",
                "data: data | data: data¶notify: [ { webhook: \"https://me:pw@host/x\" } ] | 2 | notify[1].webhook | holds a user or password | without user",
                "data: data | data: data¶metrics: { } | 2 | metrics.listen | is missing | add the key",
                "data: data | data: data¶data: other | 2 | data | a second time, first in line 1 | keep one",
                "data: data | dtaa: data | 1 | dtaa | not a known key | did you mean data?",
            })
    void shouldNameLineKeyFaultAndRemedy(String good, String bad, int line, String key, String wrong, String remedy)
            throws IOException {
        site.privateFile("long.secret", "12345678901\n");
        site.privateFile("empty.secret", "\n");
        site.privateFile("two.secret", "one\ntwo\n");
        Path open = site.privateFile("open.secret", "pw\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(SiteFolder.SMALLEST.contains(good), good);
        // style.
        ConfigurationFile.Result result = site.read(SiteFolder.SMALLEST.replaceFirst(
                Pattern.quote(good), Matcher.quoteReplacement(bad.replace("¶", "\n"))));

        assertFalse(result.configuration().isPresent());
        assertTrue(
                result.problems().errors().stream()
                        .anyMatch(p -> p.key().equals(key)
                                && p.line() == line
                                && p.wrong().contains(wrong)
                                && p.remedy().contains(remedy)),
                () -> result.problems().toString());
        assertFalse(result.problems().toString().contains("s3cr3t"));
    }

    // Row A5: mixing single-link and dual-link ACDs is refused.
    @Test
    void shouldRefuseMixedSingleAndDualLinks() throws IOException {
        String mixed = SiteFolder.SMALLEST.replace("servers:", """
                  - name: acd2
                    profile: opaque-line
                    legs: [ { connect: "10.1.1.11:5038" } ]
                servers:""");
        List<Problem> errors = site.read(mixed).problems().errors();
        assertEquals(1, errors.size(), errors::toString);
        assertEquals("acds[2].legs", errors.get(0).key());
        assertTrue(errors.get(0).wrong().contains("holds 1 leg; single and dual links mixed lose data"));
        assertEquals(10, errors.get(0).line());
    }

    @Test
    void shouldShowNoMoreOfAUrlThanItsHost() throws IOException {
        for (String url :
                List.of("https://me:hunter2@host/x", "ftp://host/hunter2", "https://me:hun ter2@host/?hunter2")) {
            Problems problems = site.read(SiteFolder.SMALLEST + "notify: [ { webhook: \"" + url + "\" } ]\n")
                    .problems();
            assertEquals(1, problems.errors().size(), problems::toString);
            assertTrue(problems.toString().contains("://host/…"), problems::toString);
            assertFalse(problems.toString().contains("ter2"), problems::toString);
        }
    }

    @Test
    void shouldWarnWhenThereIsLessSpaceThanMinFreeWants() throws IOException {
        final long usableMiB =
                Path.of(System.getProperty("java.io.tmpdir")).toFile().getUsableSpace() >> 20;
        ConfigurationFile.Result result =
                site.read(SiteFolder.SMALLEST + "journal: { min-free: " + usableMiB + "MiB }\n");
        assertTrue(result.configuration().isPresent(), () -> result.problems().toString());
        assertTrue(result.problems().warnings().stream()
                .anyMatch(p -> p.key().equals("data") && p.wrong().contains("less than journal.min-free")));
    }

    @Test
    void shouldRefuseMinFreeThatTheDiskCannotHold() throws IOException {
        final Problems problems = site.read(SiteFolder.SMALLEST + "journal: { min-free: 1024TiB }\n")
                .problems();
        assertEquals(1, problems.errors().size(), problems::toString);
        assertTrue(problems.toString().contains("of it free: nothing could ever be kept"), problems::toString);
    }

    // Row A5: up to eight ACDs.
    @Test
    void shouldTakeEightAcdsAndRefuseNine() throws IOException {
        assertTrue(site.read(withAcds(8)).problems().isGood());
        Problems problems = site.read(withAcds(9)).problems();
        assertEquals(1, problems.errors().size());
        assertTrue(problems.toString().contains("holds 9 ACDs; a site has 1 to 8"), problems::toString);
    }

    @Test
    void shouldRefuseAnyNumberOfServersButTwo() throws IOException {
        String one = SiteFolder.SMALLEST.substring(0, SiteFolder.SMALLEST.indexOf("  - name: cms-west"));
        assertTrue(site.read(one).problems().toString().contains("holds 1 server; write exactly two"));
        String three = SiteFolder.SMALLEST
                + SiteFolder.SMALLEST
                        .substring(SiteFolder.SMALLEST.indexOf("  - name: cms-west"))
                        .replace("cms-west", "cms-mid")
                        .replace("7002", "7003");
        assertTrue(site.read(three).problems().toString().contains("holds 3 servers; write exactly two"));
    }

    @Test
    void shouldReportEveryProblemAtOnce() throws IOException {
        String bad = SiteFolder.SMALLEST
                .replace("acd1", "acd_1")
                .replace("10.2.1.10:5038", "10.2.1.10")
                .replace("user: west", "user: westwest")
                .replace("east.secret", "none.secret");
        assertEquals(4, site.read(bad).problems().errors().size(), () -> bad);
    }

    @Test
    void shouldRefuseADataPathThatIsTooLongForItsSocket() throws IOException {
        String deep = "/tmp/" + "d".repeat(90);
        assertTrue(site.read(SiteFolder.SMALLEST.replace("data: data", "data: " + deep))
                .problems()
                .isGood());
        Problems problems = site.read(SiteFolder.SMALLEST.replace("data: data", "data: " + deep + "d"))
                .problems();
        assertTrue(problems.toString().contains("would have 108 bytes, 107 are possible"), problems::toString);
    }

    @Test
    void shouldRefuseAServerThatGetsNotEveryAcd() throws IOException {
        String reference = SiteFolder.reference();
        int start = reference.indexOf("      - acd: acd2\n");
        int end = reference.indexOf("    promote:", start);
        Problems problems = site.read(reference.substring(0, start) + reference.substring(end))
                .problems();
        assertTrue(
                problems.toString().contains("servers[2].feeds: \"[…]\": has no entry for acd2"), problems::toString);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout: 500ms | timeout: 1s | servers[1].probes[1].timeout | must be less than every",
                "tcp: \"10.1.1.20:7500\" | icmp: \"10.1.1.20\" | servers[1].probes[1].hold | probe of kind tcp",
                "oid: 1.3.6.1.2.1.1.3.0 | oid: one.two | servers[1].probes[6].oid | numbers with dots",
                "5061;transport=tcp | 5061;transport=sctp | servers[1].probes[5].sip | transport=udp or ;transport=tcp",
                "feed: acd1 } | feed: acd1, second-path: 'a:1' } | servers[1].probes[7].second-path | probe of kind tcp, icmp, http, sip or snmp",
                "feed: acd1 } | feed: acd9 } | servers[1].probes[7].feed | not an ACD of this file",
                "A: cms-east | A: cms-north | switches[1].positions.A | there are: cms-east, cms-west",
                "B: cms-west | B: cms-east | switches[1].positions.B | each position names one",
                "cards: [1, 2, 3, 4] | cards: [1, 2, 17] | switches[1].cards | its cards are 1 to 16",
                "cards: [1, 2, 3, 4] | cards: [1, 1] | switches[1].cards | each card once",
                "profile: dataprobe-k16 | profile: dataprobe-k61 | switches[1].profile | did you mean dataprobe-k16?",
                "baud: 9600 | bits: 8 | switches[1].serial.baud | is missing",
                "user: noc                       # | user: nobody # | snmp.managers[1].user | add it there",
                "auth: SHA-256 | auth: MD5 | snmp.v3-users[1].auth | SHA-256",
                "mail: assigned | mail: perhaps | recovery.media.mail | on, off or assigned",
                "voice: on | voice: assigned | recovery.media.voice | on or off",
                "every: 30d | every: 30 | switchover.drill.every | ms, s, m, h or d",
                "at: \"Sun 03:00\" | at: \"Sunday 3\" | switchover.drill.at | weekday and a time",
                "pings: 3 | pings: -2 | switchover.unreachable.pings | from -1",
                "resend: 100 | resend: 10001 | servers[2].feeds[2].native.resend | 10000",
                "from: cursor | user: west | servers[2].feeds[2].native.secret-file | is missing",
                "native: | relay: | servers[2].feeds[2].relay | soupbintcp in place of relay",
                "acd: acd2 | acd: acd1 | servers[2].feeds[2].acd | one feed for each ACD",
            })
    void shouldCheckTheRelationsOfTheReferenceFile(String good, String bad, String key, String said)
            throws IOException {
        String reference = SiteFolder.reference();
        assertTrue(reference.contains(good), good);
        Problems problems = site.read(reference.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)))
                .problems();
        assertTrue(
                problems.errors().stream()
                        .anyMatch(p -> p.key().equals(key) && (p.wrong() + p.remedy()).contains(said) && p.line() > 0),
                problems::toString);
    }

    private static String withAcds(int count) {
        StringBuilder acds = new StringBuilder("acds:\n");
        for (int i = 1; i <= count; i++) {
            acds.append("  - { name: acd" + i + ", profile: opaque-line, legs: [ { connect: \"10.1.1." + i
                    + ":5038\" }, { connect: \"10.2.1." + i + ":5038\" } ] }\n");
        }
        return "data: data\n" + acds + SiteFolder.SMALLEST.substring(SiteFolder.SMALLEST.indexOf("servers:"));
    }
}
