package org.tandemgw.gateway.dialect.csta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.dialect.csta.CstaFrames.event;
import static org.tandemgw.gateway.dialect.csta.CstaFrames.frame;
import static org.tandemgw.gateway.dialect.csta.CstaFrames.joined;
import static org.tandemgw.gateway.dialect.csta.CstaFrames.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/** Bytes of an association become frames, and frames of two associations become the same. */
class CstaFramesTest {
    private final CstaFrames out = new CstaFrames();
    private final CstaReferences references = new CstaReferences(4);
    private final CstaDecoder decoder = new CstaDecoder(LinkFrameDecoder.Limits.WIDEST, references, out);

    private void known(String reference, String device) {
        references.put(CstaMessage.utf8(reference), CstaMessage.utf8(CstaMessage.escaped(device)));
    }

    private boolean decode(byte[] bytes) {
        return decoder.decode(bytes, 0, bytes.length);
    }

    @Test
    void shouldHaveTheHeaderThatPublicCapturesHave() {
        final String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><SystemStatus" + CstaFrames.NS
                + "><systemStatus>normal</systemStatus></SystemStatus>";
        final byte[] frame = new CstaMessage("http://www.ecma-international.org/standards/ecma-323/csta/ed4").status(1);
        assertEquals("\0\0\0\u00b40001" + document, text(frame));
        assertEquals(180, frame.length);
        decode(frame);
        assertEquals(List.of(text(frame)), out.frames);
    }

    @Test
    void shouldFindTheSameFramesWhereverTheStreamIsSplit() {
        known("1", "2001");
        final byte[] stream =
                joined(event("1", "<a>\u00e9\u00fc</a>"), frame("0001", "<SystemStatus/>"), event("1", ""));
        decode(stream);
        final List<String> whole = List.copyOf(out.frames);
        assertEquals(3, whole.size());
        for (int split = 1; split < stream.length; split++) {
            out.frames.clear();
            assertTrue(decoder.decode(stream, 0, split));
            assertTrue(decoder.decode(stream, split, stream.length - split));
            assertEquals(whole, out.frames, "split at " + split);
        }
        out.frames.clear();
        for (int i = 0; i < stream.length; i++) {
            assertTrue(decoder.decode(stream, i, 1));
        }
        assertEquals(whole, out.frames);
        assertEquals(0, decoder.damaged());
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 32_767, 32_768, 65_534})
    void shouldReadLengthsWithoutASign(int length) {
        final byte[] frame = frame("0007", "x".repeat(length - 8));
        assertTrue(decode(frame));
        assertEquals(List.of(text(frame)), out.frames);
    }

    @Test
    void shouldRecordTheLongestFrameThereCanBeAsLost() {
        assertTrue(decode(frame("9999", "x".repeat(65_527))));
        assertEquals(List.of(), out.frames);
        assertEquals(List.of(65_535L), out.lost);
        assertTrue(decode(frame("0001", "<a/>")));
        assertEquals(1, out.frames.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\u00080001", "\0\0\0\0", "\0\1\0\u00200001", "SSH-2.0-OpenSSH"})
    void shouldNeverGuessABoundary(String bytes) {
        final byte[] wrong = (bytes + "\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
        assertFalse(decode(wrong));
        assertEquals(1, decoder.damaged());
        decoder.reset();
        assertTrue(decode(frame("0001", "<a/>")));
        assertEquals(1, out.frames.size());
    }

    @Test
    void shouldHandOnAFrameWhoseInvokeIdIsNoNumberAndCountIt() {
        assertTrue(decode(frame("00x1", "<a/>")));
        assertEquals(1, out.frames.size());
        assertEquals(1, decoder.damaged());
    }

    @Test
    void shouldCountAFrameThatWasCutOff() {
        final byte[] frame = event("1", "");
        decoder.decode(frame, 0, 5);
        decoder.reset();
        decoder.decode(frame, 0, 50);
        decoder.reset();
        assertEquals(2, decoder.damaged());
        decode(frame);
        assertEquals(1, out.frames.size());
    }

    @Test
    void shouldPutTheDeviceInPlaceOfTheReference() {
        known("17", "N<2001>");
        decode(frame("4711", text(event("17", "<b/>")).substring(8)));
        assertEquals(List.of(text(event("N&lt;2001&gt;", "<b/>"))), out.frames);
    }

    @Test
    void shouldBringTheSameBytesOnBothLegs() {
        known("1001", "2001");
        final CstaReferences others = new CstaReferences(4);
        others.put(CstaMessage.utf8("9"), CstaMessage.utf8("2001"));
        final CstaFrames second = new CstaFrames();
        decode(event("1001", "<cause>distributed</cause>"));
        final byte[] bytes = event("9", "<cause>distributed</cause>");
        new CstaDecoder(LinkFrameDecoder.Limits.WIDEST, others, second).decode(bytes, 0, bytes.length);
        assertEquals(out.frames, second.frames);
    }

    @Test
    void shouldLeaveAnUnknownReferenceAsItIsAndCountIt() {
        decode(event("5", ""));
        assertEquals(List.of(text(event("5", ""))), out.frames);
        assertEquals(1, decoder.damaged());
    }

    @Test
    void shouldMakeALostRecordOfAnEventThatIsTooLongWithItsDevice() {
        known("1", "a-device-with-a-long-name");
        final byte[] frame = event("1", "y".repeat(65_530 - event("1", "").length));
        assertTrue(decode(frame));
        assertEquals(List.of(), out.frames);
        assertEquals(1, out.lost.size());
    }

    @Test
    void shouldFindTheReferenceHoweverItIsWritten() {
        known("7", "2001");
        decode(
                frame(
                        "9999",
                        "\ufeff<?xml version='1.0'?>\r\n<!-- <monitorCrossRefID>8</monitorCrossRefID> -->\n<ns3:DeliveredEvent"
                                + " xmlns:ns3='x>y'>\n  <ns3:monitorCrossRefID a='>'>\n 7 </ns3:monitorCrossRefID></ns3:DeliveredEvent>"));
        assertTrue(out.frames.get(0).contains("\n 2001 </ns3:monitorCrossRefID>"), out.frames.get(0));
        assertEquals(0, decoder.damaged());
    }

    @Test
    void shouldTellTheConversationFromTheStream() {
        final CstaLegFrames local = new CstaLegFrames();
        for (final String each :
                List.of("SystemStatus", "MonitorStartResponse", "CSTAErrorCode", "SnapshotDeviceData")) {
            for (final String id : List.of("0001", "9999")) {
                final byte[] frame = frame(id, "<p:" + each + "/>");
                assertTrue(local.isLocal(frame, 0, frame.length, 0), each + " " + id);
            }
        }
        for (final byte[] frame : List.of(
                event("1", ""), frame("0001", "<HeldEvent/>"), frame("9999", "<VendorThing/>"), frame("9999", "???"))) {
            assertFalse(local.isLocal(frame, 0, frame.length, 0), text(frame));
        }
    }

    private static List<Long> key(String document) {
        final CstaIdentity identity = new CstaIdentity(1);
        final byte[] frame = frame("9999", document);
        identity.of(frame, 0, frame.length, 0);
        return List.of(identity.high(), identity.low());
    }

    @Test
    void shouldKnowADocumentByWhatItSays() {
        final List<Long> plain = key("<A><b c=\"1\">x y</b><d/></A>");
        assertEquals(
                plain,
                key("<?xml version='1.0'?>\r\n<A  xmlns='u' >\n <b c = '1'> x y\n</b><!-- c --><d></d>\n</A>\n"));
        assertEquals(plain, key("<p:A xmlns:p=\"u\"><p:b c=\"1\">x y</p:b><p:d /></p:A>"));
        assertNotEquals(plain, key("<A><b c=\"1\">xy</b><d/></A>"));
        assertNotEquals(plain, key("<A><b c=\"2\">x y</b><d/></A>"));
        assertNotEquals(plain, key("<A><b>x y</b><d/></A>"));
        assertNotEquals(plain, key("<A><b c=\"1\">x y</b></A>"));
        assertNotEquals(key("<A><b/></A>"), key("<A></A><b/>"));
        assertNotEquals(key("<A/>").get(0), key("\0\1").get(0));
        assertNotEquals(key("<A><![CDATA[x]]></A>"), key("<A><![CDATA[y]]></A>"));
    }

    @Test
    void shouldKeepPrivateData() {
        assertNotEquals(
                key("<A><extensions><privateData><private>1</private></privateData></extensions></A>"),
                key("<A><extensions><privateData><private>2</private></privateData></extensions></A>"));
    }
}
