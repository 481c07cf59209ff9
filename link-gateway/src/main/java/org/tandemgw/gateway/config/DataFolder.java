package org.tandemgw.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.tandemgw.profiles.yaml.Section;
import org.tandemgw.profiles.yaml.Values;

/** Reads {@code data} and says what can be known of that place before it is used. The folder itself need not exist yet. */
final class DataFolder {

    /** The longest path of a Unix domain socket, by the kernel. */
    private static final int LONGEST_SOCKET_PATH_BYTES = 107;

    /** So much above {@code min-free} is enough to run. */
    private static final long ENOUGH_BYTES = 64L << 20;

    private static final Set<String> FORGETFUL = Set.of("tmpfs", "ramfs");
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs");

    private final Section root;
    private final Path folder;

    DataFolder(Section root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** The folder, absolute; null when the file names none. */
    Path read(long minFreeBytes) {
        Path data = root.require("data").value("data", null, folder::resolve, "write the path of a folder");
        if (data == null) {
            return null;
        }
        Path normal = data.normalize();
        int socketBytes =
                normal.resolve(SiteConfiguration.SOCKET_NAME).toString().getBytes(StandardCharsets.UTF_8).length;
        if (socketBytes > LONGEST_SOCKET_PATH_BYTES) {
            root.reject(
                    "data",
                    "is too long: its control socket would have " + socketBytes + " bytes, " + LONGEST_SOCKET_PATH_BYTES
                            + " are possible",
                    "choose a shorter path");
        }
        if (Files.exists(normal) && !Files.isDirectory(normal)) {
            root.reject("data", "is not a folder", "name a folder");
            return normal;
        }
        existing(normal.resolve("journal")).ifPresent(place -> judge(place, minFreeBytes));
        return normal;
    }

    /** Usable space where the data will be; -1 when unknown. */
    static long usableBytes(Path data) {
        // Not by the file store: to find that, Java looks for the mount point, which fails in containers.
        return existing(data.resolve("journal"))
                .map(place -> place.toFile().getUsableSpace())
                .orElse(-1L);
    }

    /** The folder itself, or the nearest one above it that exists. */
    private static Optional<Path> existing(Path data) {
        Path place = data;
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        return Optional.ofNullable(place);
    }

    private void judge(Path place, long minFreeBytes) {
        if (!Files.isWritable(place)) {
            root.warn("data", "cannot be written by this user", "run Tandem as a user who may write " + place);
        }
        try {
            FileStore store = Files.getFileStore(place);
            if (FORGETFUL.contains(store.type())) {
                root.warn(
                        "data",
                        "is on " + store.type() + ": nothing survives a power loss or a reboot",
                        "choose a disk");
            } else if (REMOTE.contains(store.type())) {
                root.warn("data", "is on " + store.type() + ", where mapped files are not safe", "choose a local disk");
            }
        } catch (IOException e) {
            root.warn(
                    "data",
                    "is on a file system that does not tell its kind",
                    "make sure that it is a local disk, not memory and not a network");
        }
        final long usable = usableBytes(place);
        final long total = place.toFile().getTotalSpace();
        if (total > 0 && total <= minFreeBytes) {
            root.reject(
                    "data",
                    "is on a disk of " + Values.shownBytes(total) + ", and journal.min-free keeps "
                            + Values.shownBytes(minFreeBytes) + " of it free: nothing could ever be kept",
                    "choose a larger disk or lower journal.min-free");
        } else if (usable < minFreeBytes + ENOUGH_BYTES) {
            root.warn(
                    "data",
                    "has " + Values.shownBytes(usable) + " left, less than journal.min-free of "
                            + Values.shownBytes(minFreeBytes) + " and " + Values.shownBytes(ENOUGH_BYTES)
                            + " to run: old records are deleted, or the legs are not read until there is more",
                    "free some space or lower journal.min-free");
        }
    }
}
