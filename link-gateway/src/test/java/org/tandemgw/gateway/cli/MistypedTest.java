package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong lines get a clear answer, the nearest word, and status 2. */
class MistypedTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "statsu",
                "switch cms-west",
                "status extra",
                "status --jsn",
                "status --interval",
                "status --watch --interval soon",
                "leg",
                "leg busy-out",
                "leg busy-out acd1",
                "leg busy-out acd1 one",
                "leg busy-out acd1 3 --yes",
                "leg busy-out ../x 1 --yes",
                "leg busyout acd1 1",
                "acd stop acd1",
                "alarms ack",
                "alarms ack 1",
                "alarms ack x --reason y",
                "alarms ack 0 --reason y",
                "trunks",
                "trunks query",
                "trunks query ../x",
                "trunks select trunks",
                "trunks select trunks B",
                "trunks select trunks B --yes --cards one",
                "trunks select trunks B --yes --epoch x",
                "trunks walk trunks",
                "trunks adopt trunks",
                "trunks slect trunks B",
                "journal",
                "journal cat",
                "journal cat acd1 --from 5 --to 3",
                "journal cat acd1 --json --raw",
                "check no-such-file.yaml",
                "run no-such-file.yaml",
                "run a.yaml -c b.yaml",
                "demo --for soon",
                "demo --dialect french",
                "demo --rate 0",
                "emulate",
                "emulate switchboard",
                "emulate acd --nonsense",
                "mib --enterprise 1.2.3",
                "profiles show nonsense",
                "-c",
                "--nonsense status"
            })
    void shouldAnswerWithStatusTwoAndNoTrace(String line) {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        final int status = shell.type(line.isEmpty() ? new String[0] : line.split(" "));

        assertEquals(2, status, shell.out() + shell.err());
        assertFalse((shell.err() + shell.out()).isEmpty(), "says something");
        assertFalse((shell.err() + shell.out()).contains("\tat "), shell.err());
        assertFalse((shell.err() + shell.out()).contains("Exception"), shell.err() + shell.out());
    }

    @Test
    void shouldSayWhatANumberIsInWordsOfThePeopleWhoTypeIt() {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(2, shell.type("why", "abc"));
        assertTrue(shell.err().contains("a whole number, not abc"), shell.err());
        assertEquals(2, shell.type("why", "-1"));
        assertTrue(shell.err().contains("decisions have numbers from 1, not -1"), shell.err());
        assertEquals(2, shell.type("calls", "--limit", "99999999999"));
        assertTrue(shell.err().contains("a number up to 2147483647, not 99999999999"), shell.err());
        assertEquals(2, shell.type("alarms", "ack", "x", "--reason", "y"));
        assertTrue(shell.err().contains("a whole number, not x"), shell.err());
    }

    @Test
    void shouldSuggestTheNearest() {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        shell.type("statsu");
        assertTrue(shell.err().contains("did you mean 'status'?"), shell.err());
        shell.type("status", "--jsn");
        assertTrue(shell.err().contains("did you mean: --json?"), shell.err());
        shell.type("leg", "busy-oot", "acd1", "1");
        assertTrue(shell.err().contains("did you mean: busy-out?"), shell.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "help",
                "demo --help",
                "check --help",
                "run --help",
                "status --help",
                "alarms --help",
                "health --help",
                "alarms ack --help",
                "leg --help",
                "leg busy-out --help",
                "leg release --help",
                "acd --help",
                "acd pause --help",
                "acd resume --help",
                "trunks --help",
                "trunks show --help",
                "trunks query --help",
                "trunks select --help",
                "trunks adopt --help",
                "trunks walk --help",
                "journal --help",
                "journal ls --help",
                "journal cat --help",
                "profiles --help",
                "profiles show --help",
                "emulate --help",
                "emulate acd --help",
                "mib --help",
                "switch --help",
                "why --help",
                "why-not --help",
                "mode --help",
                "resume --help",
                "replay --help",
                "audit --help",
                "audit verify --help",
                "support-bundle --help",
                "completion --help",
                "man --help"
            })
    void shouldExplainItself(String line) {
        final OnTheConsole shell = new OnTheConsole(folder, null);

        assertEquals(0, shell.type(line.split(" ")), shell.err());
        assertTrue(shell.out().contains("Usage: tandem "), shell.out());
        assertEquals("", shell.err());
        shell.out().lines().forEach(text -> assertTrue(text.length() <= 140, text));
    }

    @Test
    void shouldNameInItsHelpEveryVerbThatItHasAndNoOther() {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        shell.type("--help");
        final List<String> verbs = shell.out()
                .lines()
                .filter(line -> line.matches("  [a-z][a-z-]*  .*"))
                .map(line -> line.strip().split(" ")[0])
                .toList();

        assertEquals(
                List.of(
                        "demo",
                        "check",
                        "simulate",
                        "run",
                        "status",
                        "health",
                        "alarms",
                        "notify",
                        "calls",
                        "intervals",
                        "switch",
                        "drill",
                        "why",
                        "why-not",
                        "mode",
                        "maintenance",
                        "roles",
                        "resume",
                        "replay",
                        "reload",
                        "leg",
                        "acd",
                        "trunks",
                        "journal",
                        "audit",
                        "profiles",
                        "mib",
                        "support-bundle",
                        "completion",
                        "man",
                        "emulate"),
                verbs);
    }

    @Test
    void shouldWriteTheDetailsOfAnUnexpectedFaultToAFile() throws IOException {
        final OnTheConsole shell = new OnTheConsole(null, null);

        assertEquals(1, shell.type("status"), "a fault of ours");
        assertEquals(1, shell.err().lines().count(), shell.err());
        final Path details = Path.of(shell.err().strip().replaceFirst(".* are in ", ""));
        assertTrue(Files.readString(details).contains("\tat "), shell.err());
        Files.delete(details);
    }
}
