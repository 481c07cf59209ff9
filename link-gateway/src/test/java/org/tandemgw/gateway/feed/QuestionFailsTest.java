package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.gateway.dialect.ami.AmiDialect;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;
import org.tandemgw.recovery.CallTable;

/** A client asks the table of the calls something at which the answering fails: he is told that nobody knows, and the next question is answered. */
@Timeout(300)
class QuestionFailsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldAnswerTheQuestionThatFailsAndTheNextOne() throws Exception {
        try (NativeRig rig = new NativeRig(folder, new Asking(), AmiCallDecoder::new)) {
            rig.start();
            try (Socket client =
                    new Socket(rig.address().getAddress(), rig.address().getPort())) {
                client.setSoTimeout(60_000);
                for (final String each : List.of("?!?", "!!?")) {
                    client.getOutputStream().write(each.getBytes(StandardCharsets.US_ASCII));
                    final byte[] answers = client.getInputStream().readNBytes(3);
                    assertEquals(
                            each.replace('?', 'y').replace('!', 'n'), new String(answers, StandardCharsets.US_ASCII));
                }
            }
        }
    }

    /** Each byte is a question: the answer to a question mark is y, a bang is no good question, and where there is no answer it says n. */
    private static final class Asking implements Dialect {
        private final Dialect ami = new AmiDialect(LinkFrameDecoder.Limits.WIDEST, 1, true, "on", List.of(), 10_000);

        @Override
        public NativeService service() {
            return client -> new NativeService.Conversation() {
                @Override
                public void begin() {
                    client.letIn();
                }

                @Override
                public void heard(byte[] bytes, int offset, int length) {
                    for (int i = offset; i < offset + length; i++) {
                        final boolean good = bytes[i] == '?';
                        final Function<CallTable, byte[]> question = table -> {
                            if (good) {
                                return new byte[] {'y'};
                            }
                            throw new IllegalArgumentException("a bang is no question");
                        };
                        client.ask(question, answer -> client.say(answer == null ? new byte[] {'n'} : answer));
                    }
                }

                @Override
                public void welcome() {
                    // Nobody waits for it.
                }

                @Override
                public boolean wants(byte[] frame, int offset, int length) {
                    return false;
                }

                @Override
                public boolean listens() {
                    return true;
                }

                @Override
                public void goOn() {
                    // Nothing is put off.
                }
            };
        }

        @Override
        public LinkFrameDecoder decoder(FrameSink sink) {
            return ami.decoder(sink);
        }

        @Override
        public LegFrames legFrames() {
            return ami.legFrames();
        }

        @Override
        public FrameIdentity identity() {
            return ami.identity();
        }

        @Override
        public LegSession.Plan session(String user, String secret) {
            return ami.session(user, secret);
        }
    }
}
