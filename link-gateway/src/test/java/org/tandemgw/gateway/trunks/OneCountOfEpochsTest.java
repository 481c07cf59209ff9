package org.tandemgw.gateway.trunks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Switchovers and orders by hand share one count of epochs. */
class OneCountOfEpochsTest {
    private final Epochs epochs = new Epochs();

    @Test
    void shouldGiveAnOrderByHandMoreThanAnythingThatWasSeen() {
        epochs.seen(7);
        assertEquals(8, epochs.next());
        assertEquals(9, epochs.next());
    }

    @Test
    void shouldRefuseASwitchoverTheEpochThatAnOrderByHandHas() {
        epochs.seen(4);
        assertEquals(5, epochs.next());
        assertFalse(epochs.take(5));
        assertTrue(epochs.take(6));
        assertEquals(7, epochs.next(), "and the other way round");
    }

    @Test
    void shouldLetASwitchoverGoOnUnderItsOwnEpochAfterARestart() {
        epochs.seen(5); // what the control file says was ordered
        assertTrue(epochs.take(5));
        assertTrue(epochs.take(5), "and again, for what is tried again");
    }

    @Test
    void shouldUseNoEpochForARefusedOrder() {
        epochs.seen(3);
        epochs.giveBack(epochs.next());
        assertEquals(3, epochs.newest());
        assertTrue(epochs.take(4));
        final long hand = epochs.next();
        epochs.seen(9); // a switchover has come meanwhile
        epochs.giveBack(hand);
        assertEquals(10, epochs.next(), "nothing is given out twice");
    }

    @Test
    void shouldNotTakeBackWhatASwitchoverHasWrittenDownMeanwhile() {
        epochs.seen(5);
        final long hand = epochs.next();
        epochs.seen(hand); // a switchover was decided on before it could know of the order
        assertFalse(epochs.take(hand));
        epochs.giveBack(hand);
        assertEquals(7, epochs.next());
    }

    @Test
    void shouldGiveNothingOutThatAnOperatorHasNamed() {
        epochs.byHand(12);
        assertFalse(epochs.take(12));
        assertEquals(13, epochs.next());
    }
}
