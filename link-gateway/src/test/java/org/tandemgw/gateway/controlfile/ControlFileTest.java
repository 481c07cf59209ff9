package org.tandemgw.gateway.controlfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Holding;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OpenAttempt;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.Trigger;
import org.tandemgw.gateway.time.ClockMemory;

/** The control file, whole, torn, damaged, deleted and from another version. */
class ControlFileTest {
    @TempDir
    Path data;

    @Test
    void shouldGiveBackWhatWasWrittenLast() throws Exception {
        assertEquals(ControlFile.Condition.ABSENT, ControlFile.read(data).condition());
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            assertEquals(ControlFile.Condition.ABSENT, ControlFile.read(data).condition(), "made, never written");
            for (int n = 1; n <= 5; n++) {
                file.write(state(n));
                assertEquals(state(n), ControlFile.read(data).state());
                assertEquals(n, ControlFile.read(data).counter());
            }
        }
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            file.write(state(6));
        }
        assertEquals(state(6), ControlFile.read(data).state());
        assertEquals(2 * ControlSlot.BYTES, Files.size(control()));
    }

    @Test
    void shouldSayWhatToDoWithAFolderInItsPlace() throws Exception {
        Files.createDirectory(data.resolve(ControlFile.NAME));
        final String said =
                assertThrows(IOException.class, () -> ControlFile.read(data)).getMessage();
        assertTrue(said.startsWith(data.resolve(ControlFile.NAME) + ", the control file,"), said);
        assertTrue(said.contains("it is a folder; move it away"), said);
    }

    @Test
    void shouldBeReadableForPeople() throws Exception {
        writeTwice();
        final String text = Files.readString(control(), StandardCharsets.ISO_8859_1);
        assertTrue(
                text.contains(
                        "{\"acds\":[{\"name\":\"acd1\",\"generation\":1,\"synced\":2,\"appended\":3,\"run\":{\"boot\":\"b\",\"sync\":\"group\","
                                + "\"clean\":false},\"holds\":[{\"server\":\"east\",\"through\":2,\"kind\":\"sent\"}],\"notice\":null,"
                                + "\"ahead\":[{\"server\":\"west\",\"had\":1,\"neverFed\":true,\"what\":\"why\"}],\"marks\":null,\"owed\":null}],"
                                + "\"clock\":{\"bootId\":\"b\",\"utcNs\":1,\"bootedNs\":2,\"offNs\":3,\"suspectNs\":4},\"trunks\":[],\"deciding\":null}"),
                text.replace('\0', ' ').strip());
    }

    @Test
    void shouldHoldNothingOfALongerContentBehindAShorterOne() throws Exception {
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            file.write(named("first"));
            file.write(named("x".repeat(30_000)));
            file.write(named("second"));
            file.write(named("third"));
        }
        assertFalse(Files.readString(control(), StandardCharsets.ISO_8859_1).contains("xxx"));
    }

    /** Every place at which a write of the second slot can be cut short, or at which one byte of it can rot. */
    @Test
    void shouldFallBackToTheOtherSlotWhereverOneIsTorn() throws Exception {
        writeTwice();
        final byte[] whole = Files.readAllBytes(control());
        final int written = new ControlSlot(ControlFile.FORMAT, 2, slotContent(whole, 0)).encoded().length;
        for (int at = 0; at < written; at++) {
            final byte[] torn = whole.clone();
            Arrays.fill(torn, at, ControlSlot.BYTES, (byte) 0);
            if (Arrays.equals(torn, whole)) {
                continue; // what was cut off was zero
            }
            assertFallsBack(torn, at);
            final byte[] rotten = whole.clone();
            rotten[at] ^= 0x10;
            if (at < 28 || at >= ControlSlot.HEADER_BYTES) {
                assertFallsBack(rotten, at);
            }
        }
    }

    private void assertFallsBack(byte[] content, int at) throws IOException {
        Files.write(control(), content);
        final ControlFile.Found found = ControlFile.read(data);
        assertEquals(ControlFile.Condition.SOUND, found.condition(), () -> "at " + at);
        assertEquals(state(1), found.state(), () -> "at " + at);
        assertEquals(at > 0 || content[0] != 0, found.torn(), () -> "at " + at);
    }

    @Test
    void shouldWriteTheTornSlotNextAndLeaveTheSoundOne() throws Exception {
        writeTwice();
        final byte[] torn = Files.readAllBytes(control());
        torn[40] ^= 1;
        Files.write(control(), torn);
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            file.write(state(3));
        }
        final byte[] now = Files.readAllBytes(control());
        assertEquals(state(3), ControlFile.read(data).state());
        assertArrayEquals(
                Arrays.copyOfRange(torn, ControlSlot.BYTES, torn.length),
                Arrays.copyOfRange(now, ControlSlot.BYTES, now.length));
    }

    @Test
    void shouldSetAsideAFileOfWhichNeitherSlotCanBeRead() throws Exception {
        writeTwice();
        final byte[] bad = Files.readAllBytes(control());
        bad[50] ^= 1;
        bad[ControlSlot.BYTES + 50] ^= 1;
        Files.write(control(), bad);
        final ControlFile.Found found = ControlFile.read(data);
        assertEquals(ControlFile.Condition.DAMAGED, found.condition());
        try (ControlFile file = ControlFile.open(data, found)) {
            assertArrayEquals(bad, Files.readAllBytes(data.resolve(ControlFile.SET_ASIDE)));
            file.write(state(1));
        }
        assertEquals(state(1), ControlFile.read(data).state());
    }

    @Test
    void shouldMakeAFileThatHasLostItsEndWholeAgain() throws Exception {
        writeTwice();
        Files.write(control(), Arrays.copyOf(Files.readAllBytes(control()), ControlSlot.BYTES + 100));
        final ControlFile.Found found = ControlFile.read(data);
        assertEquals(state(2), found.state());
        ControlFile.open(data, found).close();
        assertEquals(2 * ControlSlot.BYTES, Files.size(control()));
        assertEquals(state(2), ControlFile.read(data).state());
    }

    @Test
    void shouldRefuseAFileOfALaterVersion() throws Exception {
        writeTwice();
        final byte[] later = new ControlSlot(ControlFile.FORMAT + 1, 9, "{\"epoch\":4}").encoded();
        final byte[] all = Files.readAllBytes(control());
        System.arraycopy(later, 0, all, 0, later.length);
        Files.write(control(), all);
        final IOException refused = assertThrows(IOException.class, () -> ControlFile.read(data));
        assertTrue(refused.getMessage().contains("written by a later version of Tandem"), refused.getMessage());
    }

    /** Word for word what the versions before the trunk switch have written. */
    @Test
    void shouldGoOnWithAFileOfTheFormatBefore() throws Exception {
        final String before = "{\"acds\":[{\"name\":\"acd1\",\"generation\":1,\"synced\":7,\"appended\":8,"
                + "\"run\":{\"boot\":\"b\",\"sync\":\"group\",\"clean\":false},"
                + "\"holds\":[{\"server\":\"east\",\"through\":7,\"kind\":\"confirmed\"}],\"notice\":null}],"
                + "\"clock\":{\"bootId\":\"b\",\"utcNs\":1,\"bootedNs\":2,\"offNs\":3,\"suspectNs\":4}}";
        writeTwice();
        final byte[] all = new byte[2 * ControlSlot.BYTES];
        for (int slot = 0; slot < 2; slot++) {
            final byte[] old = new ControlSlot(1, 9 + slot, before).encoded();
            System.arraycopy(old, 0, all, slot * ControlSlot.BYTES, old.length);
        }
        Files.write(control(), all);
        final ControlFile.Found found = ControlFile.read(data);
        assertEquals(ControlFile.Condition.SOUND, found.condition());
        assertEquals(7, found.state().acd("acd1").hold("east").through());
        assertEquals(new ClockMemory("b", 1, 2, 3, 4), found.state().clock());
        assertEquals(List.of(), found.state().trunks());
        final List<ControlState.Trunk> trunks = List.of(new ControlState.Trunk("trunks", 3, "1:2:B:m"));
        try (ControlFile file = ControlFile.open(data, found)) {
            file.write(new ControlState(found.state().acds(), found.state().clock(), trunks));
        }
        assertEquals(trunks, ControlFile.read(data).state().trunks());
        assertEquals(found.state().acds(), ControlFile.read(data).state().acds());
    }

    @Test
    void shouldSayThatTheContentIsTooLongAndKeepWhatThereIs() throws Exception {
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            file.write(state(1));
            final IOException refused =
                    assertThrows(IOException.class, () -> file.write(named("x".repeat(ControlSlot.BYTES))));
            assertTrue(refused.getMessage().contains("65536 fit"), refused.getMessage());
            assertEquals(state(1), ControlFile.read(data).state());
            file.write(state(2));
            assertEquals(state(2), ControlFile.read(data).state());
        }
    }

    @Test
    void shouldMakeAFileThatWasDeletedWhileItWasOpen() throws Exception {
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            file.write(state(1));
            Files.delete(control());
            file.write(state(2));
            assertEquals(state(2), ControlFile.read(data).state());
        }
    }

    @Test
    void shouldWriteAlthoughTheThreadIsInterrupted() throws Exception {
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            Thread.currentThread().interrupt();
            file.write(state(1));
            assertTrue(Thread.interrupted(), "and it stays so");
            file.write(state(2));
        }
        assertEquals(state(2), ControlFile.read(data).state());
    }

    @Test
    void shouldRefuseWhatIsWholeAndNotOurs() throws Exception {
        writeTwice();
        final byte[] other = new ControlSlot(ControlFile.FORMAT, 9, "[1]").encoded();
        final byte[] all = Files.readAllBytes(control());
        System.arraycopy(other, 0, all, 0, other.length);
        Files.write(control(), all);
        assertTrue(assertThrows(IOException.class, () -> ControlFile.read(data))
                .getMessage()
                .contains("not what Tandem writes"));
        // The checksum is over the format and the counter too.
        final CRC32C crc = new CRC32C();
        crc.update(other, 0, 24);
        crc.update("[1]".getBytes(StandardCharsets.UTF_8));
        assertEquals((int) crc.getValue(), ByteBuffer.wrap(other).getInt(24));
    }

    /** The first write goes to slot 0, the second to slot 1; so that slot 0 is the newest here, there are three. */
    private void writeTwice() throws IOException {
        Files.deleteIfExists(control());
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            file.write(state(9));
            file.write(state(1));
            file.write(state(2));
        }
    }

    private static String slotContent(byte[] file, int slot) {
        return ControlSlot.decoded(Arrays.copyOfRange(file, slot * ControlSlot.BYTES, (slot + 1) * ControlSlot.BYTES))
                .content();
    }

    private Path control() {
        return data.resolve(ControlFile.NAME);
    }

    /** Word for word what the version before switchovers has written. */
    @Test
    void shouldGoOnWithAFileThatKnowsTrunksAndNoSwitchover() throws Exception {
        final String before = "{\"acds\":[{\"name\":\"acd1\",\"generation\":1,\"synced\":7,\"appended\":8,"
                + "\"run\":{\"boot\":\"b\",\"sync\":\"group\",\"clean\":false},\"holds\":[],\"notice\":null,\"ahead\":[]}],"
                + "\"clock\":{\"bootId\":\"b\",\"utcNs\":1,\"bootedNs\":2,\"offNs\":3,\"suspectNs\":4},"
                + "\"trunks\":[{\"name\":\"trunks\",\"epoch\":5,\"moves\":\"1:1:B:m\",\"lost\":null,\"open\":null}]}";
        writeTwice();
        final byte[] all = new byte[2 * ControlSlot.BYTES];
        for (int slot = 0; slot < 2; slot++) {
            final byte[] old = new ControlSlot(2, 9 + slot, before).encoded();
            System.arraycopy(old, 0, all, slot * ControlSlot.BYTES, old.length);
        }
        Files.write(control(), all);
        final ControlFile.Found found = ControlFile.read(data);
        assertEquals(ControlFile.Condition.SOUND, found.condition());
        assertEquals(5, found.state().trunks().get(0).epoch());
        assertEquals(null, found.state().deciding());
        try (ControlFile file = ControlFile.open(data, found)) {
            file.write(found.state());
        }
        assertEquals(found.state(), ControlFile.read(data).state());
    }

    @Test
    void shouldKeepASwitchoverThatIsUnderWay() throws Exception {
        final Durable open = new Durable(
                4,
                "east",
                Mode.MANUAL,
                1_700_000_000_000L,
                new Holding(Holding.Kind.SELECT_UNFINISHED, "cards differ", 12, 7L),
                List.of("east/app"),
                "east",
                7,
                "0123456789abcdef",
                new OpenAttempt(
                        7,
                        4,
                        "east",
                        "west",
                        Trigger.AUTOMATIC,
                        "east/app: refused",
                        "tandem",
                        false,
                        Step.SELECT,
                        true,
                        true,
                        true,
                        11,
                        "0123456789abcdef",
                        List.of("east/app")),
                "east",
                3);
        final ControlState.Acd marked = new ControlState.Acd(
                "acd1",
                1,
                12,
                12,
                new ControlState.Run("b", "group", false),
                List.of(),
                null,
                List.of(),
                new ControlState.Marks(4, 7, null, "west", 12, 0),
                new ControlState.OwedMark(5, 8, "west", null, Instant.parse("2026-11-21T06:10:00.250Z")));
        final ControlState state = new ControlState(List.of(marked), state(1).clock(), List.of(), open);
        try (ControlFile file = ControlFile.open(data, ControlFile.read(data))) {
            file.write(state);
        }
        assertEquals(state, ControlFile.read(data).state());
        assertTrue(Keeper.differs(state(1), state));
        assertFalse(Keeper.differs(state, ControlFile.read(data).state()));
    }

    static ControlState state(long n) {
        return new ControlState(
                List.of(new ControlState.Acd(
                        "acd1",
                        1,
                        n,
                        n + 1,
                        new ControlState.Run("b", "group", false),
                        List.of(new ControlState.Hold("east", n, "sent")),
                        null,
                        List.of(new ControlState.Ahead("west", 1, true, "why")))),
                new ClockMemory("b", 1, 2, 3, 4));
    }

    private static ControlState named(String name) {
        return new ControlState(
                List.of(new ControlState.Acd(
                        name, 1, 1, 1, new ControlState.Run("b", "group", false), List.of(), null, null)),
                null);
    }
}
