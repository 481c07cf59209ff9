package org.tandemgw.gateway.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.TableLimits;

/** The disk is full in the middle of an account: it ends there, nothing of it stays, and the table tells nobody of it any more. */
class FullDiskLedgerTest {
    private static final int CALLS = 6_000;
    private static final long AT = 1_795_251_600_000_000_000L;

    @TempDir
    Path mount;

    private final Clock clock = new SystemClock();
    private final CallTable table = new CallTable(TableLimits.ofCalls(CALLS), CallWatcher.NONE);
    private final CallEvent event = new CallEvent();
    private long sequence;

    @Test
    void shouldLetTheTableGoWhenALineOfTheNextStepFindsNoRoom() throws Exception {
        shouldLetTheTableGo(() -> {});
    }

    /** Each is written down before it changes. */
    @Test
    void shouldLetTheTableGoWhenALineFindsNoRoomAsACallChanges() throws Exception {
        shouldLetTheTableGo(() -> {
            for (int call = CALLS - 1; call >= 0; call--) {
                tell(CallEventKind.CONNECTED, call);
            }
        });
    }

    private void shouldLetTheTableGo(Runnable meanwhile) throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()),
                "needs root to mount a tmpfs");
        try {
            for (int call = 0; call < CALLS; call++) {
                tell(CallEventKind.QUEUED, call);
            }
            final WeakReference<LedgerOpening> opening = breaksOff(meanwhile);
            tell(CallEventKind.CLEARED, 7);
            assertEquals(CALLS - 1, table.inFlight());
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                System.gc();
                return opening.get() == null;
            });
        } finally {
            assertTrue(ChildJvm.canRun("umount", "-l", mount.toString()));
        }
    }

    private WeakReference<LedgerOpening> breaksOff(Runnable meanwhile) throws IOException {
        final LedgerShelf shelf = new LedgerShelf(mount);
        shelf.create();
        final LedgerOpening opening = new LedgerOpening(
                shelf,
                new MarkedTable(
                        "acd1",
                        new SwitchMark(SwitchMark.What.COMMENCE, 4, 4, "east", "west"),
                        sequence,
                        AT + sequence,
                        0,
                        table),
                RecoveryPolicy.USUAL);
        meanwhile.run();
        assertFalse(opening.isWhole());
        opening.step(TimeUnit.MINUTES.toNanos(5), clock);
        assertTrue(opening.isWhole(), "nothing more is to be done for it");
        assertThrows(IOException.class, opening::keep);
        try (var files = Files.list(shelf.folder())) {
            assertEquals(0, files.count());
        }
        return new WeakReference<>(opening);
    }

    private void tell(CallEventKind kind, int call) {
        sequence++;
        table.apply(event.begin(kind, sequence, AT + sequence)
                .text(CallText.CALL, "call-" + call)
                .text(CallText.LEG, "leg-" + call)
                .text(CallText.QUEUE, "sales"));
    }
}
