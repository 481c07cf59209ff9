package org.tandemgw.gateway.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.config.NotifyConfig;
import org.tandemgw.gateway.time.SystemClock;

/** Handing over a message fails by a fault of our own, or for want of memory. */
@Timeout(600)
class BrokenReceiverTest {
    private static final Instant AT = Instant.parse("2026-11-21T06:00:00Z");

    @TempDir
    Path folder;

    @Test
    void shouldSayThatItIsUnreachableAndTryAgain() throws Exception {
        final AtomicInteger sends = new AtomicInteger();
        final Receiver receiver = new Receiver() {
            @Override
            public void send(Message message, long dropped) {
                if (sends.incrementAndGet() == 1) {
                    throw new NoClassDefFoundError("of a damaged installation");
                }
            }

            @Override
            public void close() {}
        };
        final MessageQueue queue = new MessageQueue(folder.resolve("x.queue"));
        queue.append(number -> new Message(number, "selfTest", AT, "text", null));
        try (TargetLine line =
                new TargetLine("x", NotifyConfig.Kind.SYSLOG_UDP, 1, receiver, queue, new SystemClock())) {
            line.start();
            Awaitility.await().until(() -> line.status().sent() == 1);
            assertEquals(1, line.status().failed());
        }
    }
}
