package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server connects again: because it was cut off, because its leg was, or because it is somebody else. */
@Timeout(300)
class ServerComesAgainTest {
    private static final int KIB = 1 << 10;

    @TempDir
    private Path data;

    @Test
    void shouldLoseNoSessionToWhoConnectsAndSaysNothing() throws Exception {
        try (RelayRig rig = new RelayRig(data);
                RelayRig.Wire wire = rig.wire(1, 5)) {
            final Talker scanner = new Talker(rig.serverComes(1), 0, 0);
            wire.acd().sayUpTo(KIB);
            wire.server().sayUpTo(KIB);
            await().until(() -> wire.server().heard() == KIB && wire.acd().heard() == KIB);
            scanner.close();
            final Talker another = new Talker(rig.serverComes(1), 0, 0);
            wire.acd().sayUpTo(2 * KIB);
            await().until(() -> wire.server().heard() == 2 * KIB);
            assertFalse(wire.server().heardEnd());
            assertEquals(0, another.heard());
            another.close();
            assertEquals(1, rig.leg(1).sessions());
        }
    }

    @Test
    void shouldGiveTheLegToANewerConnectionThatSpeaks() throws Exception {
        try (RelayRig rig = new RelayRig(data);
                RelayRig.Wire old = rig.wire(1, 5)) {
            old.server().sayUpTo(KIB);
            await().until(() -> old.acd().heard() == KIB);
            final Talker server = new Talker(rig.serverComes(1), 100, 200).sayUpTo(10 * KIB);
            try (Talker acd = new Talker(rig.acdAnswers(1), 200, 100).sayUpTo(10 * KIB)) {
                await().until(() -> server.heard() == 10 * KIB && acd.heard() == 10 * KIB);
                assertEquals(-1, server.firstOther());
                assertEquals(-1, acd.firstOther());
                await().until(() -> old.server().heardEnd() && old.acd().heardEnd());
                assertEquals(1, rig.leg(1).replaced());
            }
            server.close();
        }
    }

    @Test
    void shouldGiveTheLegToWhoWaitsWhenTheFirstHasGone() throws Exception {
        try (RelayRig rig = new RelayRig(data);
                RelayRig.Wire old = rig.wire(1, 5)) {
            final Talker server = new Talker(rig.serverComes(1), 100, 200);
            old.server().close();
            try (Talker acd = new Talker(rig.acdAnswers(1), 200, 100)) {
                acd.sayUpTo(KIB);
                await().until(() -> server.heard() == KIB);
            }
            server.close();
        }
    }

    /** It has seen the end, keeps that connection, and waits on another one for the ACD to speak first. */
    @Test
    void shouldGiveTheLegToWhoComesAgainWithoutHavingClosed() throws Exception {
        try (RelayRig rig = new RelayRig(data);
                RelayRig.Wire old = rig.wire(1, 5)) {
            old.acd().sayUpTo(KIB).andEnd();
            await().until(() -> old.server().heardEnd());
            assertEquals(KIB, old.server().heard());
            final Talker server = new Talker(rig.serverComes(1), 100, 200);
            try (Talker acd = new Talker(rig.acdAnswers(1), 200, 100)) {
                acd.sayUpTo(KIB);
                await().until(() -> server.heard() == KIB);
            }
            server.close();
        }
    }

    /**
     * How CMS dials (documented as 5 tries at the first address 30 s apart, then 2 at the survivable one, then from the start; it stays where it is until that link drops),
     * a thousand times as fast.
     */
    @Test
    void shouldBeFoundAgainByACmsThatDialsAsItIsDocumented() throws Exception {
        try (RelayRig rig = new RelayRig(data);
                RelayRig.Wire two = rig.wire(2, 22);
                ServerSocket survivable = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Cms cms = new Cms(rig.relay().listeningPort(1), survivable.getLocalPort())) {
            final Socket first = answer(rig.acdAnswers(1));
            await().until(() -> cms.tries.equals(List.of("first up")));
            rig.acdLeaves(1);
            first.setSoLinger(true, 0);
            first.close();
            final Socket surviving = answer(survivable.accept());
            await().until(() -> cms.tries.contains("survivable up"));
            assertEquals(List.of("first up", "first", "first", "first", "first", "first", "survivable up"), cms.tries);
            assertTrue(rig.leg(1).ofAcd(), rig.leg(1).toString());

            rig.acdReturns(1);
            surviving.close();
            try (Socket again = answer(rig.acdAnswers(1))) {
                await().until(() -> cms.tries.size() == 8 && cms.tries.get(7).equals("first up"));
                assertTrue(rig.leg(1).isUp() && again.isConnected());
            }
            two.acd().sayUpTo(KIB);
            await().until(() -> two.server().heard() == KIB);
            assertEquals(1, rig.leg(2).sessions());
        }
    }

    private static Socket answer(Socket session) throws IOException {
        session.getOutputStream().write('A');
        return session;
    }

    /** Dials, and holds what is accepted by the session beyond TCP. */
    private static final class Cms implements AutoCloseable {
        private static final long APART_NS = 30_000_000;

        private final List<String> tries = new CopyOnWriteArrayList<>();
        private final int first;
        private final int survivable;
        private final Thread dialling;
        private volatile Socket link;
        private volatile boolean closed;

        private Cms(int first, int survivable) {
            this.first = first;
            this.survivable = survivable;
            dialling = new Thread(this::dial, "cms");
            dialling.start();
        }

        private void dial() {
            while (!closed) {
                if (!tried("first", first, 5)) {
                    tried("survivable", survivable, 2);
                }
            }
        }

        /** True once a link has been up and has dropped. */
        private boolean tried(String name, int port, int times) {
            for (int i = 0; i < times && !closed; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    link = socket;
                    if (socket.getInputStream().read() == 'A') {
                        tries.add(name + " up");
                        while (socket.getInputStream().read() >= 0) {
                            // Stays until it drops.
                        }
                        return true;
                    }
                    tries.add(name);
                } catch (SocketException e) {
                    if (tries.isEmpty() || !tries.get(tries.size() - 1).equals(name + " up")) {
                        tries.add(name);
                    }
                } catch (IOException e) {
                    tries.add(name + " " + e);
                }
                LockSupport.parkNanos(APART_NS);
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            link.close();
            await().until(() -> !dialling.isAlive());
        }
    }
}
