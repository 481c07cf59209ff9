package org.tandemgw.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.TableLimits;

/** Space keeping hears of a recovery session as of somebody who misses what it needs, until the session is over. */
class RecordsAreKeptForWhoTakesOverTest {
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    /** The test's thread is the table's. */
    private static final Predicate<Runnable> HERE = work -> {
        work.run();
        return true;
    };

    @TempDir
    Path data;

    @Test
    void shouldCountASessionAmongThoseWhoMissRecords() throws Exception {
        final CallTable table = new CallTable(TableLimits.ofCalls(10), CallWatcher.NONE);
        final CallEvent event = new CallEvent();
        event.begin(CallEventKind.QUEUED, 3, AT_NS).text(CallText.CALL, "1.1").text(CallText.LEG, "1.1");
        table.apply(event);
        final RecoveryShelf shelf = new RecoveryShelf(new RecoveryShelf.Settings(
                "acd1", 1, Files.createDirectory(data.resolve("table")), RecoveryPolicy.USUAL, 0, () -> "", HERE));
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            final StoredFiles files = new StoredFiles(data, List.of(journal), List::of, acd -> shelf.sessions());
            assertEquals(List.of(), files.look(AT_NS).get(0).holders());
            final SwitchMark mark = new SwitchMark(SwitchMark.What.COMMENCE, 4, 7, "cms-east", "cms-west");
            shelf.commenced(new MarkedTable("acd1", mark, 9, AT_NS, 0, table));
            final List<Holder> needed = List.of(new Holder("R4", 2, false, true));
            assertEquals(needed, files.look(AT_NS).get(0).holders());
            shelf.promoted(4, "cms-west");
            assertEquals(needed, files.look(AT_NS).get(0).holders());
            shelf.begun(new SwitchMark(SwitchMark.What.COMMENCE, 5, 8, "cms-west", "cms-east"));
            shelf.promoted(5, "cms-east");
            assertEquals(List.of(), files.look(AT_NS).get(0).holders(), "another server has taken over");
        }
    }
}
