package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls came and were answered while nobody listened: whose leg is whose follows from the ACD's lists, which name telephones here and agents there. */
class FoundOnACallTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String CALLER = "DAHDI/i1/030123-1";
    private static final String AGENT = "PJSIP/4006";

    private final List<IntervalPart> parts = new ArrayList<>();
    private final CallEvent event = new CallEvent();
    private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
    private final IntervalBook book =
            new IntervalBook(TimeUnit.MINUTES.toNanos(15), TrunkGroups.BY_NAME, 1_000, parts::add);
    private long nowNs = 1_700_000_000L * SECOND;

    @BeforeEach
    void hasMissedEverything() {
        table.keepBook(book);
        tell(begin(CallEventKind.GAP));
        tell(begin(CallEventKind.LIST_BEGAN));
    }

    @Test
    void shouldCountHimAndHisQueueAndNotHisTelephone() throws Exception {
        talks("1.1", CALLER, AGENT + "-00000012");
        agent(AGENT, "sales", true);
        agent("PJSIP/4007", "sales", false);
        final byte[] before = OracleTable.bytes(table);
        assertArrayEquals(
                before,
                OracleTable.bytes(TableSnapshot.read(
                        new ByteArrayInputStream(before)::read, TableLimits.ofCalls(100), CallWatcher.NONE)));
        listed();
        assertTrue(table.placed());
        assertEquals(AGENT, table.call("1.1").agent());
        assertEquals("sales", table.call("1.1").queue());
        nowNs += 10 * SECOND;
        final IntervalPart sure = present();
        assertTrue(sure.sure());
        assertEquals(List.of(), names(sure, AccountKind.TRUNK, "PJSIP"));
        assertEquals(10 * SECOND, line(sure, AccountKind.AGENT, AGENT).talkNs());
        assertEquals(10 * SECOND, line(sure, AccountKind.QUEUE, "sales").talkNs());
        assertEquals(10 * SECOND, line(sure, AccountKind.TRUNK, "DAHDI/i1").talkNs());
        final IntervalPart unsure = parts.get(parts.size() - 1);
        assertFalse(unsure.sure());
        assertEquals(1, line(unsure, AccountKind.AGENT, AGENT).found());
        assertEquals(1, line(unsure, AccountKind.AGENT, AGENT).answered());
        assertEquals(1, line(unsure, AccountKind.TRUNK, AGENT).left());
    }

    @Test
    void shouldFindWhomATelephoneWithinTheAcdRings() {
        talks("1.1", CALLER, "Local/4006@agents-00000012;1");
        agent("Local/4006@agents/n", "sales", true);
        listed();
        assertEquals("Local/4006@agents/n", table.call("1.1").agent());
    }

    @Test
    void shouldKnowWhoIsRungForACallThatWaitsInHisQueue() {
        leg(CallEventKind.QUEUED, "1.1", "1.1", CALLER, "sales");
        leg(CallEventKind.RINGING, "1.1", "1.2", AGENT + "-00000012", "");
        leg(CallEventKind.RINGING, "1.1", "1.3", "PJSIP/4007-00000013", "");
        agent(AGENT, "sales", false);
        agent("PJSIP/4007", "support", false);
        listed();
        assertEquals(AGENT, table.call("1.1").agent());
        nowNs += 3 * SECOND;
        assertEquals(3 * SECOND, line(present(), AccountKind.AGENT, AGENT).ringNs());
        assertEquals(List.of("PJSIP/4007"), names(present(), AccountKind.TRUNK, "PJSIP"));
    }

    @Test
    void shouldNotTakeAnothersCallOfHisTelephoneForOneOfAQueue() {
        talks("1.1", CALLER, AGENT + "-00000012");
        agent(AGENT, "sales", false);
        listed();
        assertTrue(table.placed());
        assertEquals("", table.call("1.1").agent());
    }

    @Test
    void shouldLeaveTheQueueOpenWhereSeveralMayBeMeant() {
        talks("1.1", CALLER, AGENT + "-00000012");
        agent(AGENT, "sales", true);
        agent(AGENT, "support", true);
        listed();
        assertEquals(AGENT, table.call("1.1").agent());
        assertEquals("", table.call("1.1").queue());
    }

    /** A private call on hold, and one of the queue: either may be the older one. */
    @Test
    void shouldNotBeSureWhichOfTwoCallsAtHisTelephoneIsOfTheQueue() {
        talks("1.1", "PJSIP/4009-00000010", AGENT + "-00000011");
        talks("2.1", CALLER, AGENT + "-00000012");
        agent(AGENT, "sales", true);
        listed();
        assertFalse(table.placed());
        assertEquals("", table.call("1.1").agent());
        assertEquals("", table.call("2.1").agent());
        assertFalse(present().sure());
        tell(begin(CallEventKind.LIST_BEGAN));
        talks("2.1", CALLER, AGENT + "-00000012");
        agent(AGENT, "sales", true);
        listed();
        assertTrue(table.placed());
        assertEquals(AGENT, table.call("2.1").agent());
        assertEquals("sales", table.call("2.1").queue());
    }

    @Test
    void shouldFindHimWhoseTelephoneHasTwoLegsOfOneCall() {
        talks("1.1", CALLER, "Local/4006@agents-00000012;1");
        leg(CallEventKind.CONNECTED, "1.1", "1.3", "Local/4006@agents-00000012;2", "");
        agent("Local/4006@agents/n", "sales", true);
        listed();
        assertTrue(table.placed());
        assertEquals("Local/4006@agents/n", table.call("1.1").agent());
    }

    /** His call of the queue may be over since he was looked at: what he talks in may be private. */
    @Test
    void shouldNotBeSureOfHimOfWhomMoreWasToldBeforeHisItemCame() {
        talks("1.1", CALLER, AGENT + "-00000012");
        tell(begin(CallEventKind.AGENT_NOT_READY).text(CallText.AGENT, AGENT).text(CallText.QUEUE, "sales"));
        agent(AGENT, "sales", true);
        listed();
        assertFalse(table.placed());
        assertEquals("", table.call("1.1").agent());
        tell(begin(CallEventKind.LIST_BEGAN));
        talks("1.1", CALLER, AGENT + "-00000012");
        agent(AGENT, "sales", true);
        listed();
        assertTrue(table.placed());
        assertEquals(AGENT, table.call("1.1").agent());
    }

    @Test
    void shouldNotBeSureOfHimOfWhomMoreWasToldAfterHisItemCame() {
        talks("1.1", "PJSIP/4009-00000010", AGENT + "-00000011");
        talks("2.1", CALLER, AGENT + "-00000012");
        agent(AGENT, "sales", true);
        end("2.1");
        tell(begin(CallEventKind.AGENT_READY).text(CallText.AGENT, AGENT).text(CallText.QUEUE, "sales"));
        listed();
        assertFalse(table.placed());
        assertEquals("", table.call("1.1").agent());
    }

    @Test
    void shouldBeSureWhereHisCallIsOverBeforeHisItemCame() {
        tell(begin(CallEventKind.AGENT_READY).text(CallText.AGENT, AGENT).text(CallText.QUEUE, "sales"));
        agent(AGENT, "sales", true);
        listed();
        assertTrue(table.placed());
        assertTrue(present().sure());
    }

    @Test
    void shouldNotLookForHimWhoseCallIsKnown() {
        tell(begin(CallEventKind.CONNECTED)
                .text(CallText.CALL, "1.1")
                .text(CallText.LEG, "1.2")
                .text(CallText.AGENT, AGENT)
                .text(CallText.TRUNK, AGENT + "-00000012"));
        talks("2.1", CALLER, AGENT + "-00000013");
        agent(AGENT, "sales", true);
        listed();
        assertTrue(table.placed());
        assertEquals("", table.call("2.1").agent());
    }

    /** A remote agent, rung over a trunk: the list does not tell which of the calls is his. */
    @Test
    void shouldNotBeSureWhileACallMayBeThatOfAnAgentWhoIsNotFound() {
        talks("1.1", CALLER, "DAHDI/i2/0401-7");
        agent("DAHDI/g2/0401", "sales", true);
        listed();
        assertTrue(table.complete());
        assertFalse(table.placed());
        assertFalse(present().sure());
        end("1.1");
        tell(begin(CallEventKind.LIST_BEGAN));
        agent("DAHDI/g2/0401", "sales", true); // an ACD that forgets to take it back makes nothing unsure
        listed();
        assertTrue(table.placed());
        nowNs += SECOND;
        assertTrue(present().sure());
    }

    private void talks(String call, String caller, String telephone) {
        leg(CallEventKind.CONNECTED, call, call, caller, "");
        leg(CallEventKind.CONNECTED, call, call + "2", telephone, "");
    }

    private void leg(CallEventKind kind, String call, String leg, String trunk, String queue) {
        tell(begin(kind)
                .listed(true)
                .text(CallText.CALL, call)
                .text(CallText.LEG, leg)
                .text(CallText.TRUNK, trunk)
                .text(CallText.QUEUE, queue));
    }

    private void end(String call) {
        tell(begin(CallEventKind.CLEARED).text(CallText.CALL, call));
    }

    private void agent(String id, String queue, boolean onCall) {
        tell(begin(CallEventKind.AGENT_READY)
                .listed(true)
                .onCall(onCall)
                .text(CallText.AGENT, id)
                .text(CallText.QUEUE, queue));
    }

    private void listed() {
        tell(begin(CallEventKind.AGENTS_LISTED));
        tell(begin(CallEventKind.CALLS_LISTED));
    }

    private CallEvent begin(CallEventKind kind) {
        nowNs++;
        return event.begin(kind, nowNs, nowNs);
    }

    private void tell(CallEvent told) {
        book.advance(nowNs, nowNs);
        table.apply(told);
    }

    private IntervalPart present() {
        return book.present(nowNs);
    }

    private static List<String> names(IntervalPart part, AccountKind kind, String prefix) {
        return part.lines().stream()
                .filter(line -> line.kind() == kind && line.name().startsWith(prefix))
                .map(IntervalLine::name)
                .toList();
    }

    private static IntervalLine line(IntervalPart part, AccountKind kind, String name) {
        return part.lines().stream()
                .filter(line -> line.kind() == kind && line.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name + " in " + part));
    }
}
