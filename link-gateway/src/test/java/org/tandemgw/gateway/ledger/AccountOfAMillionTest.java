package org.tandemgw.gateway.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.TableLimits;

/** As many calls in flight as the table can hold: the account is written, closed and compared, and nobody waits for it: row C4. {@code -Dtandem.calls=N} for another number. */
@Tag("slow")
@Timeout(1_800)
class AccountOfAMillionTest {
    private static final int CALLS = Integer.getInteger("tandem.calls", 1_000_000);

    @TempDir
    Path folder;

    @Test
    void shouldBeWrittenInSlicesWhileTheTableGoesOn() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB", TableLimits.MILLION)) {
            for (int i = 0; i < CALLS; i++) {
                final String call = "1790000000." + (10_000_000 + i);
                site.say(
                        i % 3 == 0 ? CallEventKind.QUEUED : CallEventKind.CONNECTED,
                        call,
                        call,
                        "T" + i % 4 + "/" + i % 30);
            }
            final long usedBefore = usedMiB();
            final long beganNs = System.nanoTime();
            site.commence(1, null);
            long worstNs = System.nanoTime() - beganNs;
            long slices = 0;
            for (boolean more = true; more; slices++) {
                final long sliceNs = System.nanoTime();
                more = site.ledgers().goOn(LedgerSite.ACD);
                worstNs = Math.max(worstNs, System.nanoTime() - sliceNs);
                if (slices == 3) {
                    site.tell(CallEventKind.SWITCHED); // concerns all calls, and is no reason to write all at once
                }
                final String changed = "1790000000." + (10_000_000 + slices * 7_919 % CALLS);
                site.say(CallEventKind.CONNECTED, changed, changed, "");
            }
            final long writtenNs = System.nanoTime() - beganNs;
            site.goOn();
            final long keptNs = System.nanoTime() - beganNs;
            final long usedWhile = usedMiB();
            site.over(1, Outcome.SWITCHED, "1 MOVED", "2 MOVED");
            awaitStage(site, LedgerTotal.Stage.CLOSED);
            final long closedNs = System.nanoTime() - beganNs;
            final LedgerTotal total = LedgerShelf.total(file(site));
            assertEquals(CALLS, total.counts().calls());
            assertTrue(total.counts().cut() >= CALLS / 2 - 1, total.counts()::toString);
            await().until(() -> site.listsWanted() > 0); // it knows by now that it is closed
            site.listed(site.now());
            awaitStage(site, LedgerTotal.Stage.COMPARED);
            final long comparedNs = System.nanoTime() - beganNs;
            assertEquals(CALLS, LedgerShelf.total(file(site)).counts().inFlight());
            System.out.printf(
                    Locale.ROOT,
                    "%,d calls, table %,d MiB: written after %,d ms in %,d slices, the worst %.1f ms; durable %,d ms, closed %,d ms, compared %,d ms; %,d MiB on the disk; heap in use %,d MiB before, %,d while%n",
                    CALLS,
                    site.table().bytes() >> 20,
                    TimeUnit.NANOSECONDS.toMillis(writtenNs),
                    slices,
                    worstNs / 1e6,
                    TimeUnit.NANOSECONDS.toMillis(keptNs),
                    TimeUnit.NANOSECONDS.toMillis(closedNs),
                    TimeUnit.NANOSECONDS.toMillis(comparedNs),
                    Files.size(file(site)) >> 20,
                    usedBefore,
                    usedWhile);
        }
    }

    private static long usedMiB() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20;
    }

    private static Path file(LedgerSite site) {
        return new LedgerShelf(site.data()).file(1, LedgerSite.ACD);
    }

    private static void awaitStage(LedgerSite site, LedgerTotal.Stage stage) {
        await().atMost(Duration.ofMinutes(10))
                .until(() -> Files.exists(file(site))
                        && LedgerShelf.total(file(site)).stage() == stage);
    }
}
