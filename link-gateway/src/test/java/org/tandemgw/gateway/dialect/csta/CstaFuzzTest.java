package org.tandemgw.gateway.dialect.csta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.calls.CstaCallDecoder;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.CstaTraffic;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/**
 * Bytes that nobody should send: only the one exception there is for them, no bytes lost, bounded memory, an end. Seeded: {@code -Dtandem.seed}.
 */
class CstaFuzzTest {
    private static final long AT_NS = 1_795_251_600_000_000_000L;
    private static final List<String> ODD = List.of(
            "<!DOCTYPE a [<!ENTITY e \"x\">]>",
            "&e;",
            "&#0;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?xml version='1.0' encoding='UTF-16'?>",
            "<?xml version='1.0' encoding='nonsense'?>",
            "<monitorCrossRefID>",
            "</monitorCrossRefID>",
            "<a:b:c xmlns:a='u'",
            "<>",
            "</>",
            "/>",
            "='",
            "\"",
            "\u00ff\u00fe",
            "\0",
            "<TransferedEvent>",
            "<primaryOldCall><callID>",
            "<localConnectionInfo>null</localConnectionInfo>");

    /** Everything behind the framing. */
    private static final class House implements FrameSink {
        private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
        private final CstaCallDecoder calls = new CstaCallDecoder(table::apply, CstaTraffic.devices());
        private final CstaDialect dialect = new CstaDialect(
                LinkFrameDecoder.Limits.WIDEST,
                1,
                new CstaDialect.Settings(true, "urn:x", List.of("2001"), List.of("SnapshotDevice", "SnapshotCall"), 1));
        private final LegSession session = dialect.leg(1).session("", "").begin(bytes -> {});
        private final CstaLegFrames local = new CstaLegFrames();
        private long sequence;
        private long bytes;

        House() {
            offer("<SystemStatus/>", "0001");
            offer("<SystemRegisterResponse/>", "0000");
            offer("<MonitorStartResponse><monitorCrossRefID>1</monitorCrossRefID></MonitorStartResponse>", "0001");
            assertTrue(session.ready());
            session.begun(new LegSession.Listing() {
                @Override
                public void began() {
                    // Nothing is kept here.
                }

                @Override
                public void item(byte[] buffer, int offset, int length) {
                    calls.item(buffer, offset, length, sequence, AT_NS + sequence);
                }

                @Override
                public void ended(boolean calls, boolean agents) {
                    // Nothing is kept here.
                }
            });
        }

        private void offer(String document, String id) {
            final byte[] frame = CstaFrames.frame(id, document);
            assertEquals(frame.length, session.offer(frame, 0, frame.length));
        }

        @Override
        public void onFrame(byte[] buffer, int offset, int length) {
            sequence++;
            bytes += length;
            calls.decode(buffer, offset, length, sequence, AT_NS + sequence);
            calls.item(buffer, offset, length, sequence, AT_NS + sequence);
            dialect.identity().of(buffer, offset, length, AT_NS + sequence);
            if (local.isLocal(buffer, offset, length, AT_NS + sequence)) {
                session.heard(buffer, offset, length);
                session.keepAlive();
                session.askAgain();
            }
        }

        @Override
        public void onLongFrame(long length, byte[] sha256) {
            bytes += length;
        }
    }

    @Test
    void shouldSurviveWhateverAnAcdSays() {
        fuzz(4_000, Long.getLong("tandem.seed", 20_261_122L));
    }

    /** Hundreds of times as much. */
    @Test
    @Tag("slow")
    void shouldSurviveItForLong() {
        fuzz(1_000_000, Long.getLong("tandem.seed", System.nanoTime()));
    }

    private static void fuzz(int rounds, long seed) {
        final Random random = new Random(seed);
        final CstaTraffic traffic = new CstaTraffic(seed);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(120 + rounds / 200), () -> {
            House house = new House();
            for (int round = 0; round < rounds; round++) {
                house = round % 500 == 0 ? new House() : house;
                final byte[] document = changed(document(random, traffic), random);
                try {
                    one(house, document, random);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            "seed " + seed + " round " + round + ": "
                                    + java.util.Base64.getEncoder().encodeToString(document),
                            e);
                }
            }
        });
    }

    private static void one(House house, byte[] document, Random random) {
        final byte[] whole = CstaFrames.frame(random.nextBoolean() ? "9999" : "000" + random.nextInt(10), "");
        final byte[] frame = CstaFrames.joined(whole, document.length == 0 ? new byte[] {' '} : document);
        frame[2] = (byte) (frame.length >> 8);
        frame[3] = (byte) frame.length;
        final CstaReferences references = new CstaReferences(1);
        references.put(CstaMessage.utf8("2001"), CstaMessage.utf8("a"));
        final CstaDecoder decoder = new CstaDecoder(LinkFrameDecoder.Limits.WIDEST, references, house);
        final long before = house.bytes;
        int at = 0;
        while (at < frame.length) {
            final int piece = Math.min(frame.length - at, 1 + random.nextInt(frame.length));
            assertTrue(decoder.decode(frame, at, piece));
            at += piece;
        }
        final long out = house.bytes - before;
        assertTrue(
                out == frame.length || out == frame.length - 3, "bytes went missing: " + out + " of " + frame.length);
        // The same as if the header had been damaged too: any cut of it, and an end.
        final byte[] noise = Arrays.copyOf(frame, frame.length);
        noise[random.nextInt(8)] = (byte) random.nextInt(256);
        decoder.decode(noise, 0, noise.length);
        decoder.reset();
    }

    private static byte[] document(Random random, CstaTraffic traffic) {
        if (random.nextInt(4) > 0) {
            final byte[] event = AcdDialect.CSTA_XML.frame(traffic.next());
            return Arrays.copyOfRange(event, 8, event.length);
        }
        final List<String> answers = List.of(
                "<SnapshotDeviceResponse><crossRefIDorSnapshotData><snapshotData><snapshotDeviceResponseInfo><connectionIdentifier>"
                        + "<callID>C1</callID><deviceID>2001</deviceID></connectionIdentifier><localCallState><compoundCallState>"
                        + "<localConnectionState>hold</localConnectionState></compoundCallState></localCallState>"
                        + "</snapshotDeviceResponseInfo></snapshotData></crossRefIDorSnapshotData></SnapshotDeviceResponse>",
                "<SnapshotDeviceResponse><crossRefIDorSnapshotData><serviceCrossRefID>7</serviceCrossRefID></crossRefIDorSnapshotData></SnapshotDeviceResponse>",
                "<SnapshotDeviceData><serviceCrossRefID>7</serviceCrossRefID><lastSegment>true</lastSegment></SnapshotDeviceData>",
                "<CSTAErrorCode><operation>generic</operation></CSTAErrorCode>",
                "<MonitorStop><monitorCrossRefID>1</monitorCrossRefID></MonitorStop>",
                "<MonitorStartResponse><monitorCrossRefID>1</monitorCrossRefID></MonitorStartResponse>");
        return answers.get(random.nextInt(answers.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] changed(byte[] document, Random random) {
        byte[] bytes = document;
        for (int change = random.nextInt(5); change > 0; change--) {
            final int from = random.nextInt(bytes.length + 1);
            final int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 4 : 200));
            final byte[] before = Arrays.copyOf(bytes, from);
            final byte[] piece = Arrays.copyOfRange(bytes, from, to);
            final byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
            bytes = switch (random.nextInt(5)) {
                case 0 -> CstaFrames.joined(before, after);
                case 1 -> CstaFrames.joined(before, piece, piece, after);
                case 2 -> {
                    random.nextBytes(piece);
                    yield CstaFrames.joined(before, piece, after);
                }
                case 3 -> {
                    byte[] run = piece;
                    for (int i = random.nextInt(7); i > 0 && run.length < 10_000; i--) {
                        run = CstaFrames.joined(run, run);
                    }
                    yield CstaFrames.joined(before, run, after);
                }
                default ->
                    CstaFrames.joined(
                            before,
                            ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.ISO_8859_1),
                            piece,
                            after);
            };
            bytes = bytes.length > 60_000 ? Arrays.copyOf(bytes, 60_000) : bytes;
        }
        return bytes;
    }
}
