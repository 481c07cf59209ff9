package org.tandemgw.abswitch.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of the box's contract, sent by a plain socket that knows nothing of any driver. */
@Timeout(600)
class ByteVectorsTest {
    private static final String QUERY_7 = "1B 50 41 53 53 01 37 02 51 0D";
    private static final String CARD_7_TO_B = "1B 50 41 53 53 01 37 02 42 0D";
    private static final String SEVEN_A = "37 20 41 0D 0A";
    private static final String SEVEN_B = "37 20 42 0D 0A";
    private static final String HALF = "1B 50 41 53 53 01 37 02 42";
    private static final int SILENCE_MS = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "vector {0}")
    @CsvSource({
        "1, 1B 50 41 53 53 01 37 02 51 0D, 37 20 41 0D 0A, A",
        "2, 1B 50 41 53 53 01 37 02 42 0D, 37 20 42 0D 0A, B",
        "6, 1B 50 41 53 53 01 35 02 51 0D, 35 20 4E 4F 4E 45 0D 0A, A",
        "7, 1B 50 41 53 53 01 35 02 42 0D, 35 20 4E 4F 4E 45 0D 0A, A",
        "8, 1B 70 61 73 73 01 37 02 51 0D, '', A",
        "9, 1B 01 37 02 51 0D, '', A",
        "10, 1B 50 41 53 53 01 31 37 02 42 0D, '', A",
        "11, 1B 50 41 53 53 01 30 02 42 0D, '', A",
        "12, 1B 50 41 53 53 01 02 42 0D, '', A",
        "13, 1B 50 41 53 53 01 37 02 58 0D, '', A",
        "14, 1B 50 41 53 53 01 37 02 42 42 0D, '', A",
        "15, 1B 50 41 53 53 01 37 02 51 0D 0A, 37 20 41 0D 0A, A",
        "16, 1B 25 2D 31 32 33 34 35 58 40 50 4A 4C 20 49 4E 46 4F 20 49 44 0D 0A 1B 50 41 53 53 01 37 02 51 0D,"
                + " 37 20 41 0D 0A, A",
        "17, 1B 50 41 53 53 01 37 02 42 1B 50 41 53 53 01 37 02 51 0D, 37 20 41 0D 0A, A",
        "19, 1B 50 41 53 53 01 37 02 42 0D 1B 50 41 53 53 01 37 02 51 0D, 37 20 42 0D 0A 37 20 42 0D 0A, B"
    })
    void shouldAnswerAsTheContractSays(int vector, String in, String out, char sevenThen) throws IOException {
        try (SwitchEmulator emulator = emulator();
                Socket client = connect(emulator)) {
            assertEquals(out, exchange(client, in, octets(out).length), "vector " + vector);
            assertEquals(sevenThen, position(emulator, 7));
            assertEquals('A', position(emulator, 1), "nobody spoke of card 1");
        }
    }

    @Test
    void shouldNotPulseARelayThatIsThere() throws IOException {
        try (SwitchEmulator emulator = emulator();
                Socket client = connect(emulator)) {
            assertEquals(SEVEN_B, exchange(client, CARD_7_TO_B, 5));
            // Vector 3.
            assertEquals(SEVEN_B, exchange(client, "1B 50 41 53 53 01 30 30 37 02 62 0D", 5));
            assertTrue(emulator.command("state").contains("\"pulses\":[0,0,0,0,0,0,1,0"), emulator.command("state"));
        }
    }

    @Test
    void shouldAnswerForAllSlotsInOrder() throws IOException {
        final String all =
                "1 A\r\n2 A\r\n3 A\r\n4 A\r\n5 NONE\r\n6 NONE\r\n7 A\r\n8 NONE\r\n9 NONE\r\n10 NONE\r\n11 NONE\r\n"
                        + "12 NONE\r\n13 NONE\r\n14 NONE\r\n15 NONE\r\n16 NONE\r\n";
        try (SwitchEmulator emulator = emulator();
                Socket client = connect(emulator)) {
            // Vectors 4 and 5.
            assertEquals(all, text(exchange(client, "1B 50 41 53 53 01 61 02 71 0D", all.length())));
            exchange(client, CARD_7_TO_B, 5);
            assertEquals(all, text(exchange(client, "1B 50 41 53 53 01 41 02 41 0D", all.length())));
            assertEquals('A', position(emulator, 7));
        }
    }

    @Test
    void shouldCarryOutAStaleHalfFrameAtALoneCarriageReturn() throws IOException {
        try (SwitchEmulator emulator = emulator();
                Socket client = connect(emulator)) {
            // Vector 18: why nobody may flush with CR.
            assertEquals("", exchange(client, HALF, 0));
            assertEquals(SEVEN_B, exchange(client, "0D", 5));
            assertEquals('B', position(emulator, 7));
        }
    }

    @Test
    void shouldLoseTheSecondFrameWhileBusyIfToldSo() throws IOException {
        try (SwitchEmulator emulator = emulator();
                Socket client = connect(emulator)) {
            emulator.command("drop-while-busy on");
            // Vector 19, the other way.
            assertEquals(SEVEN_B, exchange(client, CARD_7_TO_B + " " + QUERY_7, 5));
        }
    }

    @Test
    void shouldTakeAFrameByteByByte() throws IOException {
        try (SwitchEmulator emulator = emulator();
                Socket client = connect(emulator)) {
            // Vector 20.
            final byte[] frame = octets(QUERY_7);
            for (int i = 0; i < frame.length - 1; i++) {
                client.getOutputStream().write(frame[i]);
            }
            assertEquals(SEVEN_A, exchange(client, "0D", 5));
        }
    }

    @Test
    void shouldSpeakTheSameOverASerialLine() throws IOException {
        final Path line = folder.resolve("kab");
        try (SwitchEmulator emulator = new SwitchEmulator(0, line, 1, 1, 2, 3, 4, 7)) {
            for (final List<String> each : List.of(List.of(CARD_7_TO_B, SEVEN_B), List.of(QUERY_7, SEVEN_B))) {
                // Opened anew each time: a driver may come and go.
                try (RandomAccessFile serial = new RandomAccessFile(line.toFile(), "rw")) {
                    serial.write(octets(each.get(0)));
                    final byte[] answer = new byte[5];
                    serial.readFully(answer);
                    assertArrayEquals(octets(each.get(1)), answer);
                }
            }
            assertEquals('B', position(emulator, 7));
        }
    }

    private static SwitchEmulator emulator() throws IOException {
        return new SwitchEmulator(0, null, 1, 1, 2, 3, 4, 7);
    }

    private static Socket connect(SwitchEmulator emulator) throws IOException {
        final Socket socket = new Socket("127.0.0.1", emulator.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends, and reads so many bytes and whatever comes on top of them within a moment. */
    private static String exchange(Socket client, String in, int expected) throws IOException {
        client.getOutputStream().write(octets(in));
        final InputStream from = client.getInputStream();
        client.setSoTimeout(60_000);
        final ByteArrayOutputStream got = new ByteArrayOutputStream();
        got.writeBytes(from.readNBytes(expected));
        client.setSoTimeout(SILENCE_MS);
        try {
            for (int octet = from.read(); octet >= 0; octet = from.read()) {
                got.write(octet);
            }
        } catch (SocketTimeoutException e) {
            // Silence, as it must be.
        }
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(got.toByteArray());
    }

    private static char position(SwitchEmulator emulator, int slot) {
        final String state = emulator.command("state");
        return state.charAt(state.indexOf("positions\":\"") + "positions\":\"".length() + slot - 1);
    }

    private static byte[] octets(String hex) {
        return hex.isEmpty() ? new byte[0] : HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    private static String text(String hex) {
        return new String(octets(hex), StandardCharsets.US_ASCII);
    }
}
