package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From bytes on their way to sequences that TCP has acknowledged: never one too many. */
@Tag("chance")
class SendLedgerTest {
    private static final long SOCKET = 570_246;

    private final SendLedger ledger =
            new SendLedger(new InetSocketAddress("10.1.1.1", 7001), new InetSocketAddress("10.1.1.20", 40_000), 101);

    private long look(long unacknowledged) {
        return look(SOCKET, unacknowledged);
    }

    private long look(long socket, long unacknowledged) {
        ledger.beforeLook();
        ledger.look(socket, unacknowledged);
        return ledger.acknowledged();
    }

    private void taken(int bytes, long sequence) {
        ledger.handedOver();
        ledger.taken(bytes, sequence);
    }

    @Test
    void shouldCountABatchWhenAllOfItIsAcknowledged() {
        assertEquals(100, look(0));
        taken(1_000, 110);
        taken(500, 115);
        assertEquals(100, look(1_500));
        assertEquals(100, look(501));
        assertEquals(110, look(500));
        assertEquals(110, look(1));
        assertEquals(115, look(0));
        taken(10, 116);
        assertEquals(115, look(10));
        assertEquals(116, look(0));
    }

    @Test
    void shouldNotGoBackWhenLoginAnswersAndHeartbeatsAreOnTheirWay() {
        look(0);
        taken(1_000, 110);
        assertEquals(110, look(0));
        assertEquals(110, look(34), "the queue holds what is no record");
    }

    @Test
    void shouldNotCountWhatTheSocketTookAfterTheLookHadBegun() {
        look(0);
        ledger.beforeLook();
        taken(1_000, 110);
        ledger.look(SOCKET, 0);
        assertEquals(100, ledger.acknowledged(), "the kernel's table may be older than this batch");
        assertEquals(110, look(0));
    }

    @Test
    void shouldBelieveTheTableAfterTwoRoundsThatWouldHaveReadAnEndOfTheConnection() {
        taken(1_000, 110);
        ledger.round();
        assertEquals(100, look(0), "whose line that is is not known yet");
        ledger.round();
        assertEquals(100, look(0), "this round may have begun to read before that look");
        ledger.round();
        assertEquals(110, look(0));
    }

    @Test
    void shouldCountWhatHadNoWordsWithWhatWasBeforeItAndTakeItForNoProof() {
        taken(1_000, 110);
        look(1_000);
        ledger.taken(0, 120);
        assertEquals(100, look(0), "nothing was taken since the socket was seen");
        taken(10, 121);
        assertEquals(120, look(10));
        assertEquals(121, look(0));
    }

    @Test
    void shouldNotBelieveAnotherSocketWithTheSameAddresses() {
        look(0);
        taken(1_000, 110);
        assertEquals(100, look(SOCKET + 1, 0));
        assertEquals(100, look(1_000));
        assertEquals(110, look(0));
    }

    @Test
    void shouldBelieveTheTableOnlyAfterTheConnectionHasProvedToBeAliveSinceTheFirstLook() {
        taken(1_000, 110);
        ledger.handedOver();
        for (int i = 0; i < 5; i++) {
            assertEquals(100, look(0), "its addresses may be another connection's by now");
        }
        ledger.taken(500, 115);
        assertEquals(100, look(0), "this may have been written before the first look");
        ledger.handedOver();
        assertEquals(100, look(0), "this may never be written");
        ledger.taken();
        assertEquals(110, look(500));
        assertEquals(115, look(0));
    }

    @Test
    void shouldNeverBelieveASocketThatTookOverTheAddressesBeforeTheFirstLook() {
        taken(1_000, 110);
        look(SOCKET + 1, 0); // the connection is dead, and nobody has noticed
        for (int i = 0; i < 5; i++) {
            ledger.handedOver(); // writes fail from now on
            assertEquals(100, look(SOCKET + 1, 0));
        }
    }

    @Test
    void shouldNeverSayTooMuchHoweverManyBatchesAreOnTheirWay() {
        final Seed seed = new Seed();
        final Random random = seed.random();
        final Deque<long[]> onTheirWay = new ArrayDeque<>();
        long sequence = 100;
        long acknowledged = 100;
        long unacknowledged = 0;
        look(0);
        for (int i = 0; i < 200_000; i++) {
            if (random.nextInt(100) < 51 || onTheirWay.isEmpty()) {
                final int bytes = 1 + random.nextInt(2_000);
                sequence += 1 + random.nextInt(5);
                onTheirWay.add(new long[] {bytes, sequence});
                taken(bytes, sequence);
                unacknowledged += bytes;
            } else {
                final long[] oldest = onTheirWay.remove();
                unacknowledged -= oldest[0];
                acknowledged = oldest[1];
            }
            if (random.nextInt(50) == 0) {
                final long said = look(unacknowledged);
                assertTrue(said <= acknowledged, seed + ": said " + said + " of " + acknowledged);
            }
        }
        assertEquals(sequence, look(0), seed.toString());
    }
}
