package org.tandemgw.gateway.feed;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordKind;

/**
 * Decides where a native client begins, who cannot say what he has: behind what he is known to have, less a few records that are sent again, and never across
 * a break that a new connection has shown already. The feed's thread only.
 */
final class NativeDesk {
    /** What is no frame is rare. */
    private static final int MOST_LOOKED_AT = 1_000;

    private final FeedDesk desk;
    private final NativeSettings settings;
    private final ServerFeed feed;
    private final Map<String, String> secrets = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final JournalRecord record = new JournalRecord();

    NativeDesk(FeedDesk desk, NativeSettings settings) {
        this.desk = desk;
        this.settings = settings;
        this.feed = desk.feeds().get(0);
        follow();
    }

    /** Whoever logs in from now on is held against what the desk has now. */
    void follow() {
        secrets.clear();
        desk.settings().observers().forEach((user, secret) -> secrets.put(bytesOf(user), bytesOf(secret)));
        secrets.put(bytesOf(desk.settings().user()), bytesOf(desk.settings().password()));
    }

    ServerFeed feed() {
        return feed;
    }

    /** Its user. */
    String server() {
        return bytesOf(desk.settings().user());
    }

    /** Whether anybody has to know anything. */
    boolean asksForSecret() {
        return !desk.settings().password().isEmpty();
    }

    /** What the user has to know; of one who does not exist nobody can. */
    String secret(String user) {
        final byte[] unguessable = new byte[32];
        random.nextBytes(unguessable);
        final String nobodys = HexFormat.of().formatHex(unguessable);
        return secrets.getOrDefault(user, nobodys);
    }

    /** Seats a user who has proved himself; null if what he should begin with goes away time and again. */
    Granted grant(FeedConnection connection, String user) {
        final boolean observer = !user.equals(server());
        final boolean tail = observer || settings.live() || feed.status().hold() < 0;
        for (int look = 0; look < FeedDesk.LOOKS; look++) {
            final JournalReader reader = feed.journal().newReader();
            final long first = tail ? feed.journal().readable() + 1 : behind(reader);
            if (reader.seek(first)) {
                return seat(connection, new Granted(user, observer, 0, feed, reader, first), tail);
            }
            reader.close();
        }
        return null;
    }

    private Granted seat(FeedConnection connection, Granted granted, boolean tail) {
        final long cursor = had();
        final long oldest = feed.journal().oldest();
        desk.seat(connection, granted, false);
        if (!tail) {
            feed.had(Math.min(cursor, feed.journal().readable()));
            if (cursor + 1 < oldest) {
                desk.events()
                        .serverLost(desk.settings().server(), feed.journal().acd(), cursor + 1, oldest - 1);
            }
        }
        return granted;
    }

    /** The record that a client begins with who has everything through the cursor. */
    private long behind(JournalReader reader) {
        final LinkJournal journal = feed.journal();
        final long cursor = Math.min(had(), journal.readable());
        long first = Math.max(journal.oldest(), cursor + 1 - settings.resend());
        if (!reader.seek(first)) {
            return first;
        }
        boolean more = reader.next(record);
        while (more && (record.sequence() <= cursor || record.kind() != RecordKind.FRAME)) {
            if (NativeForm.breaks(record.kind())) {
                first = record.sequence() + 1;
            }
            more = reader.next(record);
        }
        return first;
    }

    /** When the first frame from this record on came, UTC; now, if there is none, or none near. */
    long nextFrameNs(long start) {
        try (JournalReader reader = feed.journal().newReader()) {
            boolean more = reader.seek(start) && reader.next(record);
            for (int look = 0; more && look < MOST_LOOKED_AT; look++) {
                if (record.kind() == RecordKind.FRAME) {
                    return record.atNs();
                }
                more = reader.next(record);
            }
            return desk.utcNs();
        }
    }

    /** Of a generation that was never fed to him he has what it has in common with the one before. */
    private long had() {
        return feed.shared() == ServerFeed.FED ? feed.status().hold() : feed.shared();
    }

    /** Each byte one character. */
    private static String bytesOf(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
