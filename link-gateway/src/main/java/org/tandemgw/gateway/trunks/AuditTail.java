package org.tandemgw.gateway.trunks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.abswitch.Move;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * What the audit file says was last sent to trunk switches: the second witness, should the control file have forgotten it. Read
 * once, at the start, before anything is sent. Bounded: the last {@link #MOST_BYTES}, of the file set aside last as well.
 */
final class AuditTail {
    static final int MOST_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTail.class);
    private static final String COMMAND = "\"action\":\"trunk command";

    /** What is heard of one switch: the newest epoch, and what was sent when, the oldest first. */
    record Heard(long epoch, List<Move> moves) {}

    /** Of a line, what matters here. */
    private record Line(Instant at, String object, long epoch, boolean automatic, String wanted) {}

    private final Map<String, Heard> heard = new HashMap<>();

    private AuditTail() {}

    /** Below this data folder; nothing where there is no such file, or it cannot be read, which is logged. */
    static AuditTail read(Path data) {
        final AuditTail tail = new AuditTail();
        try {
            final Path aside = newestSetAside(data);
            if (aside != null) {
                tail.readEnd(aside);
            }
            tail.readEnd(data.resolve(AuditFile.NAME));
        } catch (IOException e) {
            LOG.warn("the audit file cannot be read for what was sent to trunk switches: {}", e.toString());
        }
        return tail;
    }

    /** Null if nothing is heard of this switch. */
    Heard of(String name) {
        return heard.get(name);
    }

    private static Path newestSetAside(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return null;
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(each -> each.getFileName().toString().matches("audit-.*\\.jsonl"))
                    .max((a, b) -> a.getFileName().compareTo(b.getFileName()))
                    .orElse(null);
        }
    }

    private void readEnd(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return;
        }
        final byte[] bytes;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            final long from = Math.max(0, file.length() - MOST_BYTES);
            bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
        }
        // A first line cut in two, or a last one that a power loss tore, is no JSON and is passed over.
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(COMMAND))
                .forEach(this::take);
    }

    private void take(String text) {
        final Line line;
        try {
            line = JsonRecords.read(text, Line.class);
        } catch (JsonFormatException e) {
            return;
        }
        final String object = line.object();
        final int card = object == null ? -1 : object.lastIndexOf("/card-");
        if (card < 0 || line.at() == null || line.wanted() == null) {
            return;
        }
        final String name = object.substring(0, card);
        final Heard before = heard.getOrDefault(name, new Heard(0, List.of()));
        final List<Move> moves = new ArrayList<>(before.moves());
        try {
            moves.add(new Move(
                    line.at(),
                    Integer.parseInt(object.substring(card + "/card-".length())),
                    line.wanted(),
                    line.automatic()));
        } catch (NumberFormatException e) {
            return;
        }
        final int tooMany = Math.max(0, moves.size() - TrunkMemories.MOST_MOVES);
        heard.put(
                name,
                new Heard(Math.max(before.epoch(), line.epoch()), List.copyOf(moves.subList(tooMany, moves.size()))));
    }
}
