package org.tandemgw.gateway.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.decision.Account;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.ledger.LedgerTotal.Stage;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/** An account from the mark to the ACD's own list: rows C8 and C11. */
@Timeout(600)
class AccountOfASwitchoverTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameTheCallsThatTheMoveCut() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.say(CallEventKind.QUEUED, "on two", "b", "T2/7");
            site.say(CallEventKind.QUEUED, "inside", "c", "SIP/100");
            site.say(CallEventKind.CONNECTED, "nameless", "d", "");
            site.commence(4);
            assertEquals(
                    Map.of("on one", "kept", "on two", "recovered", "inside", "recovered", "nameless", "kept"),
                    fates(site, 4));
            site.over(4, Outcome.SWITCHED, "1 MOVED", "2 ALREADY_THERE");
            awaitStage(site, 4, Stage.CLOSED);
            assertEquals(
                    Map.of(
                            "on one",
                            "cut: its trunk T1/7 runs through card 1 of trunks, which moved",
                            "on two",
                            "recovered",
                            "inside",
                            "recovered",
                            "nameless",
                            "unknown: card 1 of trunks moved, and the ACD never told on which trunk this call is"),
                    fates(site, 4));
            await().until(() -> site.listsWanted() == 1);
            assertEquals(1, site.ledgers().newest().orElseThrow().cut());
            assertEquals(2, site.ledgers().newest().orElseThrow().recovered());
        }
    }

    @Test
    void shouldWriteBesideEachCallWhatTheAcdsOwnListSays() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "silent and there", "a", "");
            site.say(CallEventKind.QUEUED, "silent and gone", "b", "");
            site.say(CallEventKind.QUEUED, "transferred", "x", "");
            site.tell(CallEventKind.GAP);
            site.say(CallEventKind.QUEUED, "stays", "c", "");
            site.say(CallEventKind.QUEUED, "ends", "d", "");
            site.say(CallEventKind.QUEUED, "transferred", "x", "");
            site.commence(1);
            site.over(1, Outcome.SWITCHED);
            awaitStage(site, 1, Stage.CLOSED);
            site.say(CallEventKind.CLEARED, "ends", "d", "");
            site.say(CallEventKind.BORN, "came later", "e", "");
            site.apply(site.begin(CallEventKind.CHANGED)
                    .text(CallText.CALL, "transferred-b")
                    .text(CallText.FORMER_CALL, "transferred"));
            final long began = site.now();
            site.tell(CallEventKind.LIST_BEGAN);
            site.list(CallEventKind.CONNECTED, "silent and there", "a", 60);
            site.list(CallEventKind.QUEUED, "stays", "c", 60);
            site.list(CallEventKind.QUEUED, "transferred-b", "x", 60);
            site.list(CallEventKind.BORN, "came later", "e", 0);
            site.list(CallEventKind.CONNECTED, "unheard of", "f", 60);
            site.tell(CallEventKind.CALLS_LISTED);
            final int wanted = site.listsWanted();
            site.listed(began - 100);
            assertEquals(wanted + 1, site.listsWanted(), "that one had begun before");
            site.listed(began);
            awaitStage(site, 1, Stage.COMPARED);
            assertEquals(
                    Map.of(
                            "silent and there",
                            "kept: frames were missed before the switch; the ACD's own list had it afterwards in-flight",
                            "silent and gone",
                            "unknown: frames were missed before the switch, and since then nothing was told of it; it was gone when the ACD was asked afterwards ended",
                            "transferred",
                            "recovered in-flight transferred-b",
                            "stays",
                            "recovered in-flight",
                            "ends",
                            "recovered ended",
                            "unheard of",
                            "kept discovered"),
                    fates(site, 1));
            final LedgerTotal total = LedgerShelf.total(file(site, 1));
            assertEquals(new LedgerTotal.Counts(6, 1, 3, 0, 1, 3, 2, 1), total.counts());
            final String page = String.join(
                    "\n", LedgerPage.of(site.data(), 1L).account(1, true).notes());
            assertTrue(page.contains("3 still there, 2 ended since, 1 that nobody had heard of"), page);
        }
    }

    @Test
    void shouldGoOnWithWhatAnEndOfTheProcessLeftUndone() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.commence(1);
            Files.writeString(file(site, 1).resolveSibling("1-acd1.jsonl.new"), "half a li");
            site.start();
            assertFalse(Files.exists(file(site, 1).resolveSibling("1-acd1.jsonl.new")));
            site.say(CallEventKind.QUEUED, "came later", "b", "");
            site.commence(1); // told again, as after a kill
            assertEquals(Map.of("on one", "kept"), fates(site, 1));
            site.over(1, Outcome.SWITCHED, "- cut-off", "1 ALREADY_THERE", "2 ALREADY_THERE");
            awaitStage(site, 1, Stage.CLOSED);
            assertEquals(
                    "unknown: its trunk T1/7 runs through card 1 of trunks, and nobody knows whether that moved",
                    fates(site, 1).get("on one"),
                    "where it stood before was not written down");
            final int wanted = site.listsWanted();
            site.start();
            await().until(() -> site.listsWanted() > wanted);
            assertEquals(1, site.ledgers().newest().orElseThrow().unknown());
        }
    }

    @Test
    void shouldKeepNoAccountOfAnAttemptThatMovedNothingAndOneOfAnAttemptThatDid() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.commence(1);
            site.over(1, Outcome.ABANDONED);
            await().until(() -> !Files.exists(file(site, 1)));
            assertNull(LedgerPage.of(site.data(), 1L));
            site.commence(2);
            site.over(2, Outcome.FAILED, "1 MOVED", "2 NOT_MOVED");
            awaitStage(site, 2, Stage.CLOSED);
            assertTrue(fates(site, 2).get("on one").startsWith("cut"));
            site.commence(3);
            site.over(3, Outcome.FAILED, "- UNKNOWN");
            awaitStage(site, 3, Stage.CLOSED);
            assertEquals(
                    "unknown: its trunk T1/7 runs through card 1 of trunks, and nobody knows whether that moved",
                    fates(site, 3).get("on one"));
        }
    }

    @Test
    void shouldLeaveFreeWhatIsToStayFree() throws Exception {
        final long diskMiB = Files.getFileStore(folder).getTotalSpace() >> 20;
        try (LedgerSite site = new LedgerSite(folder, diskMiB - 1 + "MiB")) {
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.commence(1);
            site.over(1, Outcome.SWITCHED, "1 MOVED");
            assertTrue(site.ledgers().trouble().contains("there is no room"), site.ledgers()::trouble);
            assertTrue(site.ledgers().failures() >= 1);
            assertNull(LedgerPage.of(site.data(), 1L));
        }
    }

    @Test
    void shouldSayThatItCannotBeWrittenAndAfterwardsWhyThereIsNothing() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            Files.writeString(site.data().resolve(LedgerShelf.FOLDER), "a file");
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.commence(1);
            assertTrue(
                    site.ledgers()
                            .trouble()
                            .startsWith(
                                    "what becomes of the calls of acd1 at the switchover with epoch 1 is not written down"),
                    site.ledgers()::trouble);
            Files.delete(site.data().resolve(LedgerShelf.FOLDER));
            assertNotNull(site.ledgers().trouble(), "the switchover is under way");
            site.over(1, Outcome.SWITCHED, "1 MOVED");
            await().until(() -> site.ledgers().trouble() == null);
            assertEquals(
                    "rwxr-x---",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(site.data().resolve(LedgerShelf.FOLDER))));
            final LedgerPage page = LedgerPage.of(site.data(), 1L);
            assertEquals(new DecisionJson.Calls(0L, 0L, 0L, 1, 1, true), page.calls());
            assertTrue(
                    notes(site, 1).get(0).startsWith("what became of its 1 calls was not written down: "),
                    () -> page.calls().toString());
            site.start();
            assertNull(site.ledgers().trouble(), "it is no condition any more");
            assertEquals(1, site.ledgers().newest().orElseThrow().unknown());
            site.commence(2);
            assertEquals(Map.of("on one", "kept"), fates(site, 2));
        }
    }

    /** The table goes on meanwhile: each call is written down as it was at the mark. */
    @Test
    void shouldTellOfTheMomentOfTheMarkHoweverLongItTakesToWrite() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.QUEUED, "waits", "a", "T1/7");
            site.say(CallEventKind.CONNECTED, "ends", "b", "T1/8");
            site.say(CallEventKind.CONNECTED, "talks", "c", "T1/9");
            site.commence(1, null);
            assertTrue(site.ledgers().isOwing(LedgerSite.ACD), "no snapshot before it is durable");
            site.say(CallEventKind.CONNECTED, "waits", "a", "T1/7");
            site.say(CallEventKind.CLEARED, "ends", "b", "T1/8");
            site.say(CallEventKind.QUEUED, "came later", "d", "T1/7");
            site.tell(CallEventKind.GAP);
            site.tell(CallEventKind.SWITCHED);
            site.tell(CallEventKind.LIST_BEGAN);
            assertNull(LedgerPage.of(site.data(), 1L), "whole or not at all");
            site.goOn();
            assertEquals(Map.of("waits", "recovered", "ends", "kept", "talks", "kept"), fates(site, 1));
            LedgerShelf.read(
                    new LedgerShelf(site.data()).file(1, LedgerSite.ACD),
                    line -> assertEquals(1, line.segments(), line::toString));
        }
    }

    /** The mark was written after a restart: who came since the attempt began was not in flight then. */
    @Test
    void shouldTellOfAMarkThatWasWrittenLate() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "was there", "a", "T1/7");
            final Instant began = Instant.ofEpochSecond(0, LedgerSite.AT + site.now());
            site.say(CallEventKind.CONNECTED, "came later", "b", "T1/8");
            site.commence(1, began);
            site.goOn();
            site.over(1, Outcome.SWITCHED, "1 MOVED");
            awaitStage(site, 1, Stage.CLOSED);
            assertEquals(Set.of("was there"), fates(site, 1).keySet());
            assertTrue(notes(site, 1).stream().anyMatch(note -> note.contains("after a restart")));
        }
    }

    @Test
    void shouldKeepTheNewestAccountsOnly() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            for (int epoch = 1; epoch <= LedgerShelf.MOST_FILES + 5; epoch++) {
                site.commence(epoch);
            }
            site.over(LedgerShelf.MOST_FILES + 5, Outcome.SWITCHED, "1 MOVED");
            await().until(() -> new LedgerShelf(site.data()).all().size() == LedgerShelf.MOST_FILES);
            assertFalse(Files.exists(file(site, 5)));
            assertTrue(Files.exists(file(site, 6)));
        }
    }

    @Test
    void shouldCallNoFateFinalBeforeItIsKnownWhatMoved() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.say(CallEventKind.QUEUED, "inside", "c", "SIP/100");
            site.commence(1);
            final LedgerPage open = LedgerPage.of(site.data(), 1L);
            assertEquals(new DecisionJson.Calls(null, null, null, 2, 2, false), open.calls());
            open.texts(line -> {
                assertTrue(line.startsWith("{\"final\":false,\"id\":"), line);
                assertTrue(line.contains("\"fate\":\"unknown\"") && line.contains("\"doubt\":\"open\""), line);
            });
            assertEquals(Map.of("on one", "kept", "inside", "recovered"), fates(site, 1), "the draft stays");
            final Account page = open.account(1, false);
            assertEquals(List.of(), page.rows());
            assertEquals(
                    List.of("which of them run through cards that have moved is not known yet: it is under way"),
                    page.notes());
            assertTrue(open.account(1, true).notes().get(0).contains("cannot be closed"));
            site.over(1, Outcome.SWITCHED, "1 MOVED");
            awaitStage(site, 1, Stage.CLOSED);
            final LedgerPage closed = LedgerPage.of(site.data(), 1L);
            assertEquals(new DecisionJson.Calls(0L, 1L, 1L, 0, 2, true), closed.calls());
            closed.texts(line -> assertTrue(line.startsWith("{\"id\":"), line));
        }
    }

    @Test
    void shouldCallNoCallRecoveredWhereNobodyTookOver() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.QUEUED, "on one", "a", "T1/7");
            site.say(CallEventKind.QUEUED, "on two", "b", "T2/7");
            site.say(CallEventKind.CONNECTED, "inside", "c", "SIP/100");
            site.commence(1);
            site.over(1, Outcome.HELD, "1 MOVED", "2 NOT_MOVED");
            awaitStage(site, 1, Stage.CLOSED);
            assertEquals(
                    Map.of(
                            "on one",
                            "cut: its trunk T1/7 runs through card 1 of trunks, which moved",
                            "on two",
                            "unknown: nobody has taken over",
                            "inside",
                            "kept"),
                    fates(site, 1));
            await().until(() -> site.ledgers().newest().orElseThrow().recovered() == 0);
            assertTrue(notes(site, 1)
                    .contains("was not compared with the ACD's own list: the switchover did not succeed (held)"));
            assertTrue(
                    notes(site, 1).contains("kept: goes on untouched; cut: gone with its trunk"), "and no more words");
        }
    }

    /** Ids of two ACDs are alike. */
    @Test
    void shouldSayOfWhichAcdACallIsWhereThereAreSeveral() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.commence(1);
            site.over(1, Outcome.SWITCHED, "1 MOVED");
            awaitStage(site, 1, Stage.CLOSED);
            final Account alone = LedgerPage.of(site.data(), 1L).account(1, true);
            assertEquals(
                    List.of("call on one, connected, on T1/7"),
                    alone.rows().stream().map(Account.Row::text).toList());
            Files.writeString(
                    new LedgerShelf(site.data()).file(1, "acd2"),
                    Files.readString(file(site, 1)).replace(LedgerSite.ACD, "acd2"));
            final Account both = LedgerPage.of(site.data(), 1L).account(1, true);
            assertEquals(
                    List.of("acd1: call on one, connected, on T1/7", "acd2: call on one, connected, on T1/7"),
                    both.rows().stream().map(Account.Row::text).toList());
            assertTrue(
                    both.notes().stream().anyMatch(note -> note.endsWith("ledger/1-*.jsonl")), both.notes()::toString);
        }
    }

    @Test
    void shouldSayThatAnotherSwitchoverFollowedBeforeTheListCame() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            site.say(CallEventKind.QUEUED, "on one", "a", "T1/7");
            site.commence(1);
            site.over(1, Outcome.SWITCHED);
            awaitStage(site, 1, Stage.CLOSED);
            assertTrue(notes(site, 1).contains("not yet compared with the ACD's own list"));
            site.commence(2);
            assertTrue(
                    notes(site, 1).contains("was not compared with the ACD's own list: another switchover followed"));
        }
    }

    @Test
    void shouldDoWithoutTheRecordOfADecisionThatIsDamaged() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            final DecisionLog log = new DecisionLog(site.data());
            Files.createDirectories(log.file(1).getParent());
            Files.writeString(log.file(1), "no record");
            Files.writeString(log.file(2), "no record");
            site.say(CallEventKind.CONNECTED, "on one", "a", "T1/7");
            site.say(CallEventKind.CONNECTED, "inside", "c", "SIP/100");
            site.commence(1);
            site.over(1, Outcome.SWITCHED, "1 MOVED");
            awaitStage(site, 1, Stage.CLOSED);
            assertTrue(fates(site, 1).get("on one").startsWith("cut"));
            site.commence(2);
            site.start(); // nobody remembers how the second ended
            site.commence(3);
            awaitStage(site, 2, Stage.CLOSED);
            assertEquals(
                    "unknown: its trunk T1/7 runs through card 1 of trunks, and nobody knows whether that moved",
                    fates(site, 2).get("on one"));
            assertEquals("kept", fates(site, 2).get("inside"));
            assertNull(site.ledgers().trouble());
            assertEquals(0, site.ledgers().failures());
        }
    }

    private static List<String> notes(LedgerSite site, long epoch) throws IOException {
        return LedgerPage.of(site.data(), epoch).account(epoch, true).notes();
    }

    private static Path file(LedgerSite site, long epoch) {
        return new LedgerShelf(site.data()).file(epoch, LedgerSite.ACD);
    }

    private static void awaitStage(LedgerSite site, long epoch, Stage stage) {
        await().until(() -> LedgerShelf.total(file(site, epoch)).stage() == stage);
    }

    private static Map<String, String> fates(LedgerSite site, long epoch) throws IOException {
        final Map<String, String> fates = new LinkedHashMap<>();
        LedgerShelf.read(file(site, epoch), line -> {
            final List<String> said = new ArrayList<>(
                    List.of(line.fate() + (line.why().isEmpty() ? "" : ": " + line.why()), line.after(), line.nowId()));
            said.removeIf(String::isEmpty);
            fates.put(line.id(), String.join(" ", said));
        });
        return fates;
    }
}
