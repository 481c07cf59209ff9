package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.paritytrading.nassau.soupbintcp.SoupBinTCP;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClient;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClientStatusListener;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SoupBinTCP client that others wrote: it must need nothing but the protocol. */
class ThirdPartyClientTest {
    @TempDir
    Path data;

    @Test
    void shouldReceiveReturnAtASequenceAndLogOut() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(30).start()) {
            final Nassau first = new Nassau(rig, "", 1);
            first.readUntil(20);
            first.client.close();
            rig.append(30);
            final Nassau second = new Nassau(rig, "acd1", 21);
            second.readUntil(40);
            assertEquals("acd1", second.session);
            assertEquals(21, second.sequence);
            assertEquals("frame 21", second.messages.get(0));
            assertEquals("frame 60", second.messages.get(39));
            second.client.logout();
            second.readToEnd();
            assertEquals(40, second.messages.size());
            FeedRig.await().until(() -> rig.events.lines().contains("ended cms-east acd1 logout"));
        }
    }

    @Test
    void shouldUnderstandARefusal() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(30).start()) {
            final Nassau ahead = new Nassau(rig, "acd1", 1_000);
            ahead.readToEnd();
            assertEquals(SoupBinTCP.LOGIN_REJECT_CODE_SESSION_NOT_AVAILABLE, ahead.rejected);
        }
    }

    private static final class Nassau implements SoupBinTCPClientStatusListener {
        final SoupBinTCPClient client;
        final List<String> messages = new ArrayList<>();
        String session;
        long sequence;
        byte rejected;

        Nassau(FeedRig rig, String session, long sequence) throws IOException {
            final SocketChannel channel = SocketChannel.open(rig.address());
            client = new SoupBinTCPClient(
                    channel,
                    buffer -> messages.add(
                            StandardCharsets.US_ASCII.decode(buffer).toString()),
                    this);
            final SoupBinTCP.LoginRequest request = new SoupBinTCP.LoginRequest();
            request.username = SoupPackets.ascii(SoupPackets.padRight(FeedRig.USER, 6));
            request.password = SoupPackets.ascii(SoupPackets.padRight(FeedRig.PASSWORD, 10));
            request.requestedSession = SoupPackets.ascii(SoupPackets.padRight(session, 10));
            request.requestedSequenceNumber = SoupPackets.ascii(String.format("%20d", sequence));
            client.login(request);
        }

        void readUntil(int count) throws IOException {
            while (messages.size() < count && client.receive() >= 0) {
                client.keepAlive();
            }
        }

        void readToEnd() throws IOException {
            readUntil(Integer.MAX_VALUE);
            client.close();
        }

        @Override
        public void heartbeatTimeout(SoupBinTCPClient session) {
            throw new AssertionError("the gateway was silent");
        }

        @Override
        public void loginAccepted(SoupBinTCPClient from, SoupBinTCP.LoginAccepted payload) {
            session = new String(payload.session, StandardCharsets.US_ASCII).strip();
            sequence = Long.parseLong(new String(payload.sequenceNumber, StandardCharsets.US_ASCII).strip());
        }

        @Override
        public void loginRejected(SoupBinTCPClient from, SoupBinTCP.LoginRejected payload) {
            rejected = payload.rejectReasonCode;
        }

        @Override
        public void endOfSession(SoupBinTCPClient from) {
            throw new AssertionError("a stream that goes on for ever has no end of session");
        }
    }
}
