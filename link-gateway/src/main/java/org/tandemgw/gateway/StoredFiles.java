package org.tandemgw.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tandemgw.gateway.feed.FeedStatus;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RollFile;
import org.tandemgw.gateway.journal.UnreadGeneration;
import org.tandemgw.gateway.recovery.RecoverySession;
import org.tandemgw.gateway.space.Deletion;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.gateway.space.SpaceFacts.Journal;
import org.tandemgw.gateway.space.SpaceFacts.Use;

/** The files of all journals: what the space plan is told of them, and how one goes. Thread {@code space}. */
final class StoredFiles {
    /** Per journal and look; what is not seen in this look is seen in a later one. */
    private static final int FILES_PER_LOOK = 64;

    /** How one file goes. */
    private interface Drop {
        void run() throws IOException;
    }

    private final Path data;
    private final List<LinkJournal> open;
    private final Supplier<List<FeedStatus>> feeds;
    private final Function<String, List<RecoverySession>> recoveries;
    private final Map<String, Drop> drops = new HashMap<>();

    /** @param recoveries of an ACD: what is kept of its calls for who takes over */
    StoredFiles(
            Path data,
            List<LinkJournal> open,
            Supplier<List<FeedStatus>> feeds,
            Function<String, List<RecoverySession>> recoveries) {
        this.data = data;
        this.open = open;
        this.feeds = feeds;
        this.recoveries = recoveries;
    }

    /** Looks. */
    List<Journal> look(long nowUtcNs) {
        drops.clear();
        final List<FeedStatus> fed = feeds.get();
        final List<Journal> all = new ArrayList<>();
        for (final LinkJournal journal : open) {
            final List<RollFile> files = journal.rollFiles(FILES_PER_LOOK);
            files.forEach(file ->
                    drops.put(key(journal.acd(), journal.generation(), file.cycle()), () -> journal.drop(file)));
            final Stream<Holder> servers = fed.stream()
                    .filter(feed -> feed.acd().equals(journal.acd()))
                    .map(feed -> new Holder(feed.server(), feed.hold(), feed.connected()));
            final List<Holder> holders =
                    Stream.concat(servers, recovering(journal.acd(), nowUtcNs)).toList();
            all.add(new Journal(
                    journal.acd(),
                    journal.generation(),
                    true,
                    facts(files, journal.last(), journal.readable(), nowUtcNs),
                    holders));
        }
        for (final UnreadGeneration unread : UnreadGeneration.find(data, open)) {
            final List<RollFile> files = unread.rollFiles(FILES_PER_LOOK);
            files.forEach(
                    file -> drops.put(key(unread.acd(), unread.generation(), file.cycle()), () -> unread.drop(file)));
            all.add(new Journal(unread.acd(), unread.generation(), false, facts(files, -1, -1, nowUtcNs), List.of()));
        }
        return all;
    }

    /** A recovery session misses what it needs, by its own name: a server that is not in control, so that for want of space it goes before anything pauses. */
    private Stream<Holder> recovering(String acd, long nowUtcNs) {
        return recoveries.apply(acd).stream()
                .filter(session -> session.needs(nowUtcNs) != Long.MAX_VALUE)
                .map(session -> new Holder(session.name(), session.needs(nowUtcNs) - 1, false, true));
    }

    private static List<File> facts(List<RollFile> files, long last, long readable, long nowUtcNs) {
        return files.stream()
                .map(file -> new File(
                        file.cycle(),
                        file.first(),
                        file.last(),
                        file.firstAtNs(),
                        file.lastAtNs(),
                        file.bytes(),
                        use(file, last, readable, nowUtcNs)))
                .toList();
    }

    private static Use use(RollFile file, long last, long readable, long nowUtcNs) {
        if (file.finished()) {
            return Use.FINISHED;
        }
        final boolean synced = file.last() == last && last <= readable;
        return synced && nowUtcNs / 1_000_000 >= file.endMs() ? Use.OVER : Use.APPENDED_TO;
    }

    /** Carries out a deletion that was decided on what the last look saw. */
    void drop(Deletion deletion) throws IOException {
        drops.get(key(deletion.acd(), deletion.generation(), deletion.file().cycle()))
                .run();
    }

    private static String key(String acd, int generation, int cycle) {
        return acd + "/" + generation + "/" + cycle;
    }
}
