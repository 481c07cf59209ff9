package org.tandemgw.gateway.recovery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the recovery sessions of one ACD, beside its table: {@code recovery-begun-<epoch>} until the server is told to start, {@code recovery-<epoch>} from then on, and
 * {@code recovery-<epoch>.fetched} once it was sent to its end. Whoever changes any of them is the table's thread, or comes before it.
 */
final class RecoveryFiles {
    static final String WAITING = "recovery-begun-";
    static final String GIVEN = "recovery-";

    private static final Logger LOG = LoggerFactory.getLogger(RecoveryFiles.class);
    private static final String ASIDE = "recovery.unusable";
    private static final String PART = "recovery.part";
    private static final String FETCHED = ".fetched";

    private final Path folder;

    RecoveryFiles(Path folder) {
        this.folder = folder;
    }

    /** Those that may be there of one attempt. */
    static List<Path> of(Path folder, long epoch) {
        return Stream.of(GIVEN, WAITING)
                .map(prefix -> folder.resolve(name(prefix, epoch)))
                .filter(Files::exists)
                .toList();
    }

    /** How many of its frames were lost when it was sent to its end; -1: it was not. */
    static long lostWhenFetched(Path folder, long epoch) {
        try {
            return Long.parseLong(Files.readString(folder.resolve(name(GIVEN, epoch) + FETCHED))
                    .strip());
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private static String name(String prefix, long epoch) {
        return String.format("%s%019d", prefix, epoch);
    }

    Path path(String prefix, long epoch) {
        return folder.resolve(name(prefix, epoch));
    }

    Path part() {
        return folder.resolve(PART);
    }

    long roomBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** The newest that can be used; null: there is none. */
    FrameList newest(String prefix) {
        FrameList newest = null;
        for (final Path file : all(prefix)) {
            try {
                newest = FrameList.open(file);
            } catch (IOException e) {
                LOG.warn(
                        "{} cannot be used, so that the server which took over is not told of the calls again: {}",
                        file,
                        e.toString());
                putAside(file);
            }
        }
        return newest;
    }

    /** It may be whole, and only not be opened just now; the last such file is kept. */
    private void putAside(Path file) {
        try {
            Files.move(file, folder.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be put aside: {}", file, e.toString());
        }
    }

    /** Under another name, in one step. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** It was sent to its end. */
    void fetched(long epoch, long lost) throws IOException {
        Files.writeString(folder.resolve(name(GIVEN, epoch) + FETCHED), lost + "\n");
    }

    /** Oldest first. */
    private List<Path> all(String prefix) {
        try (Stream<Path> names = Files.list(folder)) {
            final List<Path> all = new ArrayList<>(
                    names.filter(file -> file.getFileName().toString().matches(prefix + "[0-9]{19}"))
                            .toList());
            all.sort(Comparator.naturalOrder());
            return all;
        } catch (IOException e) {
            LOG.warn("{} cannot be looked through for recovery sessions: {}", folder, e.toString());
            return List.of();
        }
    }

    /** What is not of these goes, and what was half written. */
    void tidy(Collection<Path> kept) {
        final List<Path> gone = new ArrayList<>(all(GIVEN));
        gone.addAll(all(WAITING));
        gone.removeAll(kept);
        final List<Path> notes = new ArrayList<>();
        gone.forEach(file -> notes.add(file.resolveSibling(file.getFileName() + FETCHED)));
        gone.addAll(notes);
        gone.add(part());
        for (final Path file : gone) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("{} cannot be deleted: {}", file, e.toString());
            }
        }
    }
}
