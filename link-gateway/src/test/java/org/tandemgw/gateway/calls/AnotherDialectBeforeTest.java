package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.ami.AmiDialect;
import org.tandemgw.gateway.dialect.cdr.CdrDialect;
import org.tandemgw.gateway.dialect.csta.CstaDialect;
import org.tandemgw.gateway.dialect.esl.EslDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;
import org.tandemgw.gateway.emulate.CstaTraffic;
import org.tandemgw.gateway.emulate.EslTraffic;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/** The profile of an ACD was changed: its journal and what it listed are of the dialect that it had before, and tell nothing; they end nothing either. */
class AnotherDialectBeforeTest {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final int FRAMES = 100;

    private static final Map<String, Function<Consumer<CallEvent>, CallDecoder>> DECODERS = Map.of(
            "asterisk-ami",
            AmiCallDecoder::new,
            "freeswitch-esl",
            EslCallDecoder::new,
            "csta-xml",
            out -> new CstaCallDecoder(out, List.of("8001", "2001")),
            "avaya-cdr",
            out -> new CdrCallDecoder(CdrForm.CUSTOMISED.records(), out));

    private static final LinkFrameDecoder.Limits LIMITS = LinkFrameDecoder.Limits.WIDEST;

    private static final Map<String, Dialect> DIALECTS = Map.of(
            "asterisk-ami",
            new AmiDialect(LIMITS, 1, true, "on", List.of(), 0),
            "freeswitch-esl",
            new EslDialect(LIMITS, 1, "ALL", List.of(), 0),
            "csta-xml",
            new CstaDialect(LIMITS, 1, new CstaDialect.Settings(false, "urn:x", List.of("2001"), List.of(), 0)),
            "avaya-cdr",
            new CdrDialect(LIMITS, CdrForm.CUSTOMISED.records(), 1));

    @TempDir
    Path data;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private List<byte[]> frames() {
        final Map<AcdDialect, FrameSource> sources = new LinkedHashMap<>();
        sources.put(AcdDialect.ASTERISK_AMI, new AmiTraffic(seed, AmiSettings.DEFAULT));
        sources.put(AcdDialect.FREESWITCH_ESL, new EslTraffic(seed));
        sources.put(AcdDialect.CSTA_XML, new CstaTraffic(seed));
        sources.put(AcdDialect.AVAYA_CDR, new CdrTraffic(seed, CdrForm.of("printer", true), call -> {}));
        final List<byte[]> all = new ArrayList<>();
        sources.forEach((dialect, source) -> {
            for (int i = 0; i < FRAMES; i++) {
                final byte[] frame = dialect.frame(source.next());
                all.add(frame);
                all.add(java.util.Arrays.copyOf(frame, random.nextInt(frame.length + 1)));
                all.add(changed(frame));
            }
            for (final String list : List.of(
                    "CoreShowChannels",
                    "QueueStatus",
                    "show channels as json",
                    "show bridged_calls as json",
                    "callcenter_config queue list members",
                    "callcenter_config agent list",
                    "SnapshotDevice 8001")) {
                final List<String> items = source.standing(list);
                for (final String item : items == null ? List.<String>of() : items) {
                    all.add(bytes("Event: " + item + "\r\n\r\n"));
                    all.add(bytes(item));
                    all.add(bytes("8001\0" + item));
                    all.add(changed(bytes("8001\0" + item)));
                }
            }
        });
        all.add(new byte[0]);
        return all;
    }

    private byte[] changed(byte[] frame) {
        final byte[] changed = frame.clone();
        for (int i = 0; i < 8 && changed.length > 0; i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** Also as items of lists, whole, cut off and with other bytes in them. What is read back from the journal at a start is compared, too. */
    @ParameterizedTest
    @ValueSource(strings = {"asterisk-ami", "freeswitch-esl", "csta-xml", "avaya-cdr"})
    void shouldReadWhatEveryOtherDialectSaidWithoutFailing(String profile) {
        final CallTable table = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
        final CallDecoder decoder = DECODERS.get(profile).apply(table::apply);
        final FrameIdentity identity = DIALECTS.get(profile).identity();
        final List<byte[]> all = frames();
        assertTrue(all.size() > 4 * 3 * FRAMES);
        for (int i = 0; i < all.size(); i++) {
            final byte[] shifted = new byte[all.get(i).length + 2];
            System.arraycopy(all.get(i), 0, shifted, 1, shifted.length - 2);
            try {
                decoder.decode(shifted, 1, shifted.length - 2, i + 1L, AT + i);
                decoder.item(shifted, 1, shifted.length - 2, i + 1L, AT + i);
                identity.of(shifted, 1, shifted.length - 2, AT + i);
            } catch (RuntimeException e) {
                throw new AssertionError(
                        profile + ", -Dtandem.seed=" + seed + ": "
                                + new String(all.get(i), StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }

    /** Killed before anything was written but lists and journal. */
    @Test
    void shouldGoOnWithTheListsOfAnotherDialectOnTheDisk() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            append(journal, "Event: Newchannel\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\nChannelState: 4\r\n\r\n");
            final ListDesk desk = new ListDesk();
            desk.onEntry(() -> {});
            try (CallReading asterisk = reading(journal, "asterisk-ami", desk)) {
                desk.began(1, 1, AT + 1);
                final byte[] item =
                        bytes("Event: CoreShowChannel\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\nChannelState: 4\r\n\r\n");
                desk.item(1, item, 0, item.length, 1, AT + 1);
                desk.ended(1, true, true, 1, AT + 1);
                readOut(asterisk);
                assertEquals(1, asterisk.table().inFlight());
            }
            for (final String profile : DECODERS.keySet()) {
                final ListDesk own = new ListDesk();
                own.onEntry(() -> {});
                try (CallReading after = reading(journal, profile, own)) {
                    readOut(after);
                    assertEquals(journal.last(), after.position(), profile);
                    assertEquals(0, after.undecoded(), profile);
                    assertEquals(
                            profile.equals("asterisk-ami") ? 1 : 0,
                            after.table().inFlight(),
                            profile);
                }
            }
        }
    }

    private CallReading reading(LinkJournal journal, String profile, ListDesk desk) throws Exception {
        return new CallReading(
                new CallKeeper.Settings(journal, data, TableLimits.ofCalls(100), 0), DECODERS.get(profile), desk);
    }

    private static void readOut(CallReading reading) {
        int steps = 1;
        while (steps > 0) {
            steps = reading.turn();
        }
    }

    private static void append(LinkJournal journal, String frame) {
        final byte[] bytes = bytes(frame);
        journal.appendFrame(1, 0, AT, -1, bytes, 0, bytes.length);
        journal.endOfBatch();
    }
}
