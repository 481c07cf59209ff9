package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.TcpTableLine.End;

/** The kernel's table of TCP sockets, as Linux prints it on a little-endian machine. */
@Tag("chance")
class TcpTableTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String V4 =
            "   2: 0101010A:1B59 1401010A:BC8C 01 003F8800:00000000 01:00000000 00000000     0        0 570246 2 0000000091dead7e 20 0 0 11 -1\n";
    private static final String MAPPED =
            "   3: 0000000000000000FFFF00000101010A:1B59 0000000000000000FFFF00001401010A:BC8D 01 00000007:00000000 01:00000000 00000000     0        0 99 2 0 20\n";
    private static final String V6 =
            "   4: B80D0120000000000000000001000000:1B59 B80D0120000000000000000002000000:C000 08 00000001:00000000 01:00000000 00000000     0        0 100 2 0 20\n";
    private static final String TIME_WAIT =
            "   5: 0101010A:1B59 1401010A:BC8C 06 00000000:00000000 03:000010D1 00000000     0        0 0 3 0\n";

    private final TcpTableLine line = new TcpTableLine();

    @TempDir
    Path folder;

    private boolean parse(String text) {
        final byte[] bytes = ("...." + text.strip()).getBytes(StandardCharsets.US_ASCII);
        return line.parse(bytes, 4, bytes.length - 4);
    }

    private static End end(String address, int port) throws IOException {
        return End.of(new InetSocketAddress(InetAddress.getByName(address), port));
    }

    @Test
    void shouldTellWhoseQueueItIsAndHowLong() throws IOException {
        assertTrue(parse(V4));
        assertEquals(0x3F8800, line.unacknowledged());
        assertEquals(570246, line.inode());
        assertTrue(line.isBetween(end("10.1.1.1", 7001), end("10.1.1.20", 48268)));
        assertFalse(line.isBetween(end("10.1.1.20", 48268), end("10.1.1.1", 7001)), "the other end");
        assertFalse(line.isBetween(end("10.1.1.2", 7001), end("10.1.1.20", 48268)), "another address of ours");
        assertFalse(line.isBetween(end("10.1.1.1", 7001), end("10.1.1.21", 48268)), "another peer");
    }

    @Test
    void shouldTakeAMappedAddressForWhatItIs() throws IOException {
        assertTrue(parse(MAPPED));
        assertEquals(7, line.unacknowledged());
        assertTrue(line.isBetween(end("10.1.1.1", 7001), end("10.1.1.20", 48269)));
    }

    @Test
    void shouldReadIpv6AndAPeerThatOnlyReads() throws IOException {
        assertTrue(parse(V6));
        assertEquals(1, line.unacknowledged());
        assertTrue(line.isBetween(end("2001:db8::1", 7001), end("2001:db8::2", 49152)));
    }

    @Test
    void shouldLeaveOutWhatIsNoLivingConnection() {
        assertFalse(parse(TIME_WAIT));
        assertFalse(parse(HEAD));
        assertFalse(parse("   0: 00000000:07E8 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1593 1 0"));
        assertFalse(parse(V4.replace("570246", "0")), "nobody owns it");
        for (int length = 0; length < V4.indexOf("570246"); length++) {
            assertFalse(parse(V4.substring(0, length)), "cut after " + length);
        }
    }

    @Test
    void shouldReadBothTablesWhateverTheirLength() throws IOException {
        final Path first = Files.writeString(folder.resolve("tcp"), HEAD + (V4 + TIME_WAIT).repeat(5_000));
        final Path second = Files.writeString(folder.resolve("tcp6"), HEAD + MAPPED + V6);
        final List<Long> inodes = new ArrayList<>();
        new TcpTables(List.of(first, second)).read(each -> inodes.add(each.inode()));
        assertEquals(5_002, inodes.size());
        assertEquals(List.of(570246L, 99L, 100L), inodes.subList(4_999, 5_002));
    }

    @Test
    void shouldReadNoFurtherThanWanted() throws IOException {
        final Path first = Files.writeString(folder.resolve("tcp6"), HEAD + MAPPED + V6);
        final List<Long> inodes = new ArrayList<>();
        new TcpTables(List.of(first, folder.resolve("never looked for"))).read(each -> {
            inodes.add(each.inode());
            return false;
        });
        assertEquals(List.of(99L), inodes);
    }

    @Test
    void shouldDoWithoutIpv6ButNotWithoutAnyTable() throws IOException {
        final Path first = Files.writeString(folder.resolve("tcp"), HEAD + V4);
        final List<Long> inodes = new ArrayList<>();
        new TcpTables(List.of(first, folder.resolve("tcp6"))).read(each -> inodes.add(each.inode()));
        assertEquals(List.of(570246L), inodes);
        final TcpTables none = new TcpTables(List.of(folder.resolve("no"), folder.resolve("tcp6")));
        assertThrows(IOException.class, () -> none.read(each -> true));
    }

    @Test
    void shouldNotStumbleOverAnything() {
        final Seed seed = new Seed();
        final Random random = seed.random();
        final byte[] good = (V4 + MAPPED).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = good.clone();
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            final int from = random.nextInt(bytes.length);
            line.parse(bytes, from, random.nextInt(bytes.length - from + 1));
        }
    }
}
