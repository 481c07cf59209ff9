package org.tandemgw.profiles.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody writes a file; what is wrong with it is told all at once, with line and key, and never as a stack trace. */
class StrictFileTest {

    private final Problems problems = new Problems();

    @Test
    void shouldGiveTheValuesOfAGoodFile() {
        Reading reading = read("name: x\non: off\nwait: 500ms\nroom: 2GiB\nat: \"[::1]:80\"\nlist: [a, b]\n");
        Section root = reading.root();

        assertEquals("x", root.text("name", null));
        assertFalse(root.flag("on", true));
        assertEquals(Duration.ofMillis(500), root.duration("wait", null, Duration.ZERO, Duration.ofDays(1)));
        assertEquals(2L << 30, root.sizeBytes("room", 0, 0, Long.MAX_VALUE));
        assertEquals(new HostPort("::1", 80), root.address("at"));
        assertEquals(List.of("a", "b"), root.list("list", text -> text, ""));
        reading.finish();
        assertTrue(problems.isGood(), problems::toString);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"on,true", "true,true", "off,false", "false,false"})
    void shouldTakeWordsAndBooleansAlike(String word, boolean expected) {
        assertEquals(expected, read("inform: " + word).root().flag("inform", !expected));
        assertTrue(problems.isGood(), problems::toString);
    }

    @Test
    void shouldRefuseAPipeUnread(@TempDir Path folder) throws Exception {
        final Path pipe = folder.resolve("tandem.yaml");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Reading.of(pipe, problems));

        assertOne(0, "", "is not a file", "name a file");
    }

    @Test
    void shouldRefuseAKeyGivenTwice() {
        read("a: 1\nb: 2\na: 3\n");
        assertOne(3, "a", "stands here a second time, first in line 1", "keep one");
    }

    @Test
    void shouldRefuseAliasesAndAnchorsWhereTheyStand() {
        read("a: &x 1\nb: *x\n");
        assertEquals(2, problems.errors().size(), problems::toString);
        assertEquals(1, problems.errors().get(0).line());
        assertEquals(2, problems.errors().get(1).line());
        assertTrue(problems.errors().get(1).wrong().contains("alias"));
    }

    @Test
    void shouldNeverExpandABombOfAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "x]\n");
        }
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> read(bomb.toString()));
        assertFalse(problems.isGood());
        assertEquals(Problems.LIMIT, problems.errors().size());
        assertTrue(problems.leftOut() > 0);
    }

    @Test
    void shouldRefuseTagsAndMakeNoObjectOfThem() {
        read("a: !!java.net.URL [ x ]\nb: !secret y\n");
        assertEquals(2, problems.errors().size(), problems::toString);
        assertTrue(problems.errors().get(1).wrong().contains("tag"));
    }

    @Test
    void shouldRefuseASecondDocument() {
        read("a: 1\n---\nb: 2\n");
        assertOne(2, "", "second document", "keep one");
    }

    @Test
    void shouldRefuseTooDeepNesting() {
        read("a: " + "[".repeat(5_000) + "]".repeat(5_000));
        assertOne(1, "", "levels deep", "unclosed");
    }

    @Test
    void shouldRefuseTooManyEntries() {
        read("a: [" + "x, ".repeat(501) + "]");
        assertOne(1, "", "more than 500 entries", "shorten");
    }

    @Test
    void shouldRefuseTooManyKeys() {
        StringBuilder keys = new StringBuilder();
        for (int i = 1; i <= 501; i++) {
            keys.append("k" + i + ": 1\n");
        }
        read(keys.toString());
        assertOne(501, "", "more than 500 entries", "shorten");
    }

    @Test
    void shouldRefuseTooLargeFiles() {
        Reading.of("f", new byte[Reading.SIZE_LIMIT_BYTES + 1], problems);
        assertOne(0, "", "larger than 256 KiB", "something else");
    }

    @Test
    void shouldNameTheLineOfBrokenSyntax() {
        read("a: 1\nb: [1, 2\nc: 3\n");
        assertEquals(1, problems.errors().size());
        assertTrue(problems.errors().get(0).line() >= 2, problems::toString);
        assertTrue(problems.errors().get(0).wrong().startsWith("is not YAML here"), problems::toString);
    }

    @Test
    void shouldNameTheLineThatIsNotUtf8() {
        Reading.of("f", "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1), problems);
        assertOne(2, "", "not UTF-8", "UTF-8");
    }

    @Test
    void shouldNameTheLineOfAForbiddenCharacter() {
        read("a: 1\nb: 2\nc: \u0007\n");
        assertOne(3, "", "a character that YAML does not allow", "plain UTF-8");
    }

    @Test
    void shouldTellAnEmptyFileAndAMissingOneApart() {
        read("# nothing but a comment\n");
        assertOne(1, "", "is empty", "required");
        Problems others = new Problems();
        Reading.of(Path.of("no-such-file.yaml"), others);
        assertTrue(others.toString().contains("does not exist"), others::toString);
    }

    @Test
    void shouldSuggestTheNearestKnownKey() {
        Reading reading = read("a:\n  retention: 1d\n  retenion: 2d\n");
        Section section = reading.root().section("a");
        section.text("retention", null);
        section.text("sync", null);
        reading.finish();
        assertOne(3, "a.retenion", "not a known key", "did you mean retention?");
    }

    @Test
    void shouldShowNoValueThatMightBeASecret() {
        Reading reading = read("password: hunter2\nsecret: hunter2\napi-token: hunter2\n");
        reading.root().text("secret-file", null);
        reading.finish();
        assertEquals(3, problems.errors().size());
        assertFalse(problems.toString().contains("hunter2"), problems::toString);
    }

    @Test
    void shouldCountPlacesInListsFromOneAndKeepPathsOfNestedKeys() {
        Reading reading = read("acds:\n  - legs:\n      - {}\n      - connect: nowhere\n");
        reading.root().sections("acds").get(0).sections("legs").get(1).address("connect");
        assertOne(4, "acds[1].legs[2].connect", "has no port", "host:port");
        assertTrue(reading.asked().contains("acds[].legs[].connect"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "10.1.1.10, has no port",
        "10.1.1.10:, has no valid port",
        "10.1.1.10:0, outside 1 to 65535",
        "10.1.1.10:70000, outside 1 to 65535",
        "10.1.1.300:80, no valid host",
        ":80, no valid host",
        "::1:80, IPv6 address without brackets",
        "[::zz]:80, no IPv6 address between the brackets",
        "a b:80, no valid host",
    })
    void shouldSayWhatIsWrongWithAnAddress(String text, String wrong) {
        read("at: \"" + text + "\"").root().address("at");
        assertOne(1, "at", wrong, "host:port");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"500", "5 min", "-1s", "1.5s", "99999999999s", "s", "1w"})
    void shouldRefuseADurationWithoutAKnownUnit(String text) {
        read("wait: " + text).root().duration("wait", null, Duration.ZERO, Duration.ofDays(1));
        assertOne(1, "wait", "is not a duration with a unit", "ms, s, m, h or d");
    }

    @Test
    void shouldRefuseAnEmptyValueAndAWrongKindOfValue() {
        Section root = read("a:\nb: ~\nc: {x: 1}\nd: 7\ne: [1]\n").root();
        root.text("a", null);
        root.text("b", null);
        root.text("c", null);
        root.section("d");
        root.section("e");
        assertEquals(5, problems.errors().size(), problems::toString);
    }

    @Test
    void shouldNotLetAFileWriteToTheTerminal() {
        read("a: \"\\e[2Jgone\"").root().number("a", 0, 0, 1);
        assertFalse(problems.toString().contains("\u001b"), problems::toString);
    }

    private Reading read(String text) {
        return Reading.of("file.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
    }

    private void assertOne(int line, String key, String wrong, String remedy) {
        assertEquals(1, problems.errors().size(), problems::toString);
        Problem problem = problems.errors().get(0);
        assertEquals(line, problem.line(), problem::oneLine);
        assertEquals(key, problem.key(), problem::oneLine);
        assertTrue(problem.wrong().contains(wrong), problem::oneLine);
        assertTrue(problem.remedy().contains(remedy), problem::oneLine);
    }
}
