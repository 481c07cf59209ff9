package org.tandemgw.gateway.leg;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One leg against real sockets. */
@Timeout(600)
class LegSessionTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private MultiThreadIoEventLoopGroup group;
    private ServerSocket acd;
    private AcdLeg leg;

    @BeforeEach
    void openAcd() throws IOException {
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        acd = new ServerSocket(0, 8, LOOPBACK);
        acd.setSoTimeout(60_000);
    }

    @AfterEach
    void closeAll() throws Exception {
        if (leg != null) {
            onLoop(() -> leg.close(LegState.DOWN, "the test ends"));
        }
        acd.close();
        group.shutdownGracefully(0, 2, java.util.concurrent.TimeUnit.SECONDS).sync();
    }

    @Test
    void shouldDialFromItsOwnAddressAndDialAgainAfterACut() throws Exception {
        start(dialling(SessionScript.SILENT, InetAddress.getByName("127.0.0.2")));
        try (Socket first = acd.accept()) {
            assertEquals("127.0.0.2", first.getInetAddress().getHostAddress());
            say(first, "frame");
            awaitTold("bytes frame");
        }
        awaitTold("disconnected closed by the ACD");
        try (Socket second = acd.accept()) {
            say(second, "again");
            awaitTold("bytes again");
        }
        assertTrue(leg.sessions() >= 2);
    }

    @Test
    void shouldPlayTheOpeningDialogueBeforeTheSessionCounts() throws Exception {
        final SessionScript script = new SessionScript(
                List.of(
                        new SessionScript.Step(new byte[0], bytes("abac>"), 5_000),
                        new SessionScript.Step(bytes("hello\n"), new byte[0], 0),
                        new SessionScript.Step(new byte[0], bytes("ok\n"), 5_000)),
                bytes("ping\n"),
                50);
        start(dialling(script, null));
        try (Socket socket = acd.accept()) {
            say(socket, "abab");
            say(socket, "ac>");
            assertEquals("hello\n", hear(socket, 6));
            assertEquals(LegState.LOGIN, leg.state());
            say(socket, "ok\nframe one");
            awaitTold("bytes frame one");
            assertEquals(List.of("connected", "bytes frame one"), told);
            assertEquals("ping\nping\n", hear(socket, 10));
        }
    }

    @Test
    void shouldGiveUpOnAnAcdThatDoesNotAnswer() throws Exception {
        final SessionScript script =
                new SessionScript(List.of(new SessionScript.Step(new byte[0], bytes("banner"), 50)), new byte[0], 0);
        start(dialling(script, null));
        try (Socket socket = acd.accept()) {
            assertEquals(-1, socket.getInputStream().read());
        }
        await().until(() -> leg.lastError().contains("\"banner\"") && leg.failures() > 0);
        assertEquals(List.of(), told);
    }

    @Test
    void shouldStayDownWhileBusiedOutAndDialWhenReleased() throws Exception {
        start(dialling(SessionScript.SILENT, null));
        final Socket first = acd.accept();
        awaitTold("connected");
        onLoop(() -> leg.close(LegState.BUSIED_OUT, "busied out"));
        assertEquals(-1, first.getInputStream().read());
        assertEquals(LegState.BUSIED_OUT, leg.state());
        assertEquals(List.of("connected", "disconnected busied out"), told);
        acd.setSoTimeout(600); // twice the first redial
        org.junit.jupiter.api.Assertions.assertThrows(java.net.SocketTimeoutException.class, acd::accept);
        acd.setSoTimeout(60_000);
        onLoop(leg::open);
        acd.accept().close();
    }

    @Test
    void shouldLetASpeakingConnectionReplaceAHalfOpenOneButNotASilentOne() throws Exception {
        start(listening(address -> true));
        final InetSocketAddress port = awaitListening();
        try (Socket halfOpen = new Socket()) {
            halfOpen.connect(port);
            awaitTold("connected");
            try (Socket silent = new Socket();
                    Socket speaking = new Socket()) {
                silent.connect(port);
                say(halfOpen, "one");
                awaitTold("bytes one");
                assertEquals(0, leg.replaced());
                speaking.connect(port);
                assertEquals(-1, silent.getInputStream().read(), "the newer candidate takes the older one's place");
                say(speaking, "two");
                awaitTold("bytes two");
                assertEquals(-1, halfOpen.getInputStream().read());
            }
        }
        assertEquals(1, leg.replaced());
        assertEquals(
                List.of(
                        "connected",
                        "bytes one",
                        "disconnected a newer connection took its place",
                        "connected",
                        "bytes two"),
                List.copyOf(told).subList(0, 5));
    }

    @Test
    void shouldTakeTheConnectionThatWaitsWhenTheSilentOneIsDropped() throws Exception {
        start(listening(address -> true));
        final InetSocketAddress port = awaitListening();
        try (Socket halfOpen = new Socket();
                Socket waiting = new Socket()) {
            halfOpen.connect(port);
            awaitTold("connected");
            waiting.connect(port);
            say(halfOpen, "one"); // read after the second was accepted: it waits by then
            awaitTold("bytes one");
            await().until(() -> {
                onLoop(() -> leg.drop("silent"));
                return told.stream().filter("connected"::equals).count() == 2;
            });
            assertEquals(-1, halfOpen.getInputStream().read());
            say(waiting, "two");
            awaitTold("bytes two");
        }
    }

    @Test
    void shouldNotBeHeldInLoginByAPeerThatSpeaksInDrops() throws Exception {
        final SessionScript script =
                new SessionScript(List.of(new SessionScript.Step(new byte[0], bytes("banner"), 400)), new byte[0], 0);
        start(dialling(script, null));
        try (Socket socket = acd.accept()) {
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                try {
                    say(socket, "x");
                    return false;
                } catch (IOException e) {
                    return true; // it has hung up
                }
            });
        }
        assertTrue(leg.lastError().contains("banner"), leg.lastError());
    }

    @Test
    void shouldRefuseStrangers() throws Exception {
        start(listening(address -> address.getHostAddress().equals("127.0.0.31")));
        final InetSocketAddress port = awaitListening();
        try (Socket stranger = new Socket()) {
            stranger.bind(new InetSocketAddress("127.0.0.32", 0));
            stranger.connect(port);
            assertEquals(-1, stranger.getInputStream().read());
        }
        await().until(() -> leg.refused() == 1);
        try (Socket friend = new Socket()) {
            friend.bind(new InetSocketAddress("127.0.0.31", 0));
            friend.connect(port);
            awaitTold("connected");
        }
    }

    @Test
    void shouldSayThatItsAddressIsNotHereAndGoOnTrying() throws Exception {
        start(dialling(SessionScript.SILENT, InetAddress.getByName("192.0.2.77")));
        await().untilAsserted(() -> assertTrue(leg.addressMissing() && leg.failures() >= 2, leg.lastError()));
        assertTrue(leg.lastError().contains("assign"), leg.lastError());
    }

    @Test
    void shouldRedialWithinAQuarterSecondThenSlowDownToFiveSeconds() {
        final Redial redial = new Redial(new Random(1));
        long ceiling = 250;
        for (int i = 0; i < 20; i++) {
            final long delay = redial.nextDelayMs();
            assertTrue(delay <= ceiling && delay >= ceiling / 2, i + ": " + delay);
            ceiling = Math.min(5_000, 2 * ceiling);
        }
        redial.succeeded();
        assertTrue(redial.nextDelayMs() <= 250);
        ceiling = 5_000;
        for (int i = 0; i < 8; i++) {
            redial.refused();
            final long delay = redial.nextDelayMs();
            assertTrue(delay <= ceiling && delay >= ceiling / 2, i + ": " + delay);
            ceiling = Math.min(60_000, 2 * ceiling);
        }
    }

    private LegSettings dialling(SessionScript script, InetAddress bind) {
        return new LegSettings(
                1, new InetSocketAddress(LOOPBACK, acd.getLocalPort()), bind, null, address -> false, script, 2_000);
    }

    @Test
    void shouldKeepWhatIsNotTakenAndReadNothingMoreUntilToldTo() throws Exception {
        start(listening(any -> true));
        final InetSocketAddress address = awaitListening();
        try (Socket first = new Socket(address.getAddress(), address.getPort())) {
            awaitTold("connected");
            takes = 3;
            say(first, "abcdef");
            awaitTold("bytes abc");
            onLoop(leg::hold);
            say(first, "ghi");
            first.shutdownOutput();
            // The ACD dials again; what it says must not end the session whose last bytes nobody has read.
            try (Socket second = new Socket(address.getAddress(), address.getPort())) {
                say(second, "new");
                takes = 100;
                onLoop(leg::goOn);
                awaitTold("bytes def");
                awaitTold("bytes ghi");
                awaitTold("bytes new");
                assertEquals(
                        List.of(
                                "connected",
                                "bytes abc",
                                "bytes def",
                                "bytes ghi",
                                "disconnected",
                                "connected",
                                "bytes new"),
                        // By its own end, or by the newer connection, whichever a busy machine reads first.
                        told.stream()
                                .map(each -> each.startsWith("disconnected") ? "disconnected" : each)
                                .toList());
            }
        }
    }

    /** What a session makes of what the ACD says is its own affair: where it fails, it ends, and the leg dials again. */
    @Test
    void shouldEndTheSessionThatFailsAndNothingElse() throws Exception {
        for (final String failing : List.of("begin", "offer", "begun", "heard", "keepAlive", "askAgain")) {
            told.clear();
            final boolean[] fails = {true};
            start(new LegSettings(
                    1,
                    new InetSocketAddress(LOOPBACK, acd.getLocalPort()),
                    null,
                    null,
                    address -> false,
                    out -> {
                        final String now = fails[0] ? failing : "nothing";
                        fails[0] = false;
                        return new FailingSession(now);
                    },
                    2_000));
            try (Socket socket = acd.accept()) {
                if (!failing.equals("begin")) {
                    say(socket, "abc");
                }
                if (failing.equals("askAgain")) {
                    awaitTold("bytes abc");
                    onLoop(leg::askAgain);
                }
                await().until(() -> leg.lastError().contains("odd: " + failing));
            }
            try (Socket socket = acd.accept()) {
                told.clear();
                say(socket, "again");
                awaitTold("bytes again");
                onLoop(() -> leg.close(LegState.DOWN, "next"));
            }
        }
    }

    private static final class FailingSession implements LegSession {
        private final String failing;
        private boolean ready;

        FailingSession(String failing) {
            this.failing = failing;
            at("begin");
        }

        private void at(String what) {
            if (what.equals(failing)) {
                throw new IllegalArgumentException("odd: " + what);
            }
        }

        @Override
        public int offer(byte[] buffer, int offset, int length) {
            at("offer");
            ready = true;
            return 0;
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public int step() {
            return ready ? 1 : 0;
        }

        @Override
        public long timeoutMs() {
            return 60_000;
        }

        @Override
        public String awaited() {
            return "a word";
        }

        @Override
        public String refusal() {
            return "";
        }

        @Override
        public void begun(Listing listing) {
            at("begun");
        }

        @Override
        public void heard(byte[] buffer, int offset, int length) {
            at("heard");
        }

        @Override
        public void askAgain() {
            at("askAgain");
        }

        @Override
        public long keepAliveEveryMs() {
            return failing.equals("keepAlive") ? 20 : 0;
        }

        @Override
        public void keepAlive() {
            at("keepAlive");
        }
    }

    private LegSettings listening(Predicate<InetAddress> mayDial) {
        return new LegSettings(2, null, null, new InetSocketAddress(LOOPBACK, 0), mayDial, SessionScript.SILENT, 2_000);
    }

    private void start(LegSettings settings) throws Exception {
        leg = new AcdLeg("acd1", settings, group.next(), new Telling(), new Random(7));
        onLoop(leg::open);
    }

    private InetSocketAddress awaitListening() {
        await().until(() -> leg.listeningPort() != 0);
        return new InetSocketAddress(LOOPBACK, leg.listeningPort());
    }

    private void onLoop(Runnable task) throws ExecutionException, InterruptedException {
        group.next().submit(task).get();
    }

    private void awaitTold(String what) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> told.contains(what));
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(bytes(text));
    }

    private static String hear(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private volatile int takes = Integer.MAX_VALUE;

    private final class Telling implements LegListener {
        @Override
        public void connected(int number) {
            told.add("connected");
        }

        @Override
        public void disconnected(int number, String why) {
            told.add("disconnected " + why);
        }

        @Override
        public int bytes(int number, byte[] buffer, int offset, int length) {
            final int taken = Math.min(length, takes);
            if (taken > 0) {
                told.add("bytes " + new String(buffer, offset, taken, StandardCharsets.ISO_8859_1));
                leg.heard(buffer, offset, taken);
            }
            return taken;
        }

        @Override
        public void batchEnd() {
            // nothing is batched here
        }

        @Override
        public LegSession.Listing listing(int number) {
            return null; // this dialect lists nothing
        }
    }
}
