package org.tandemgw.gateway.outage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, small enough to be filled in seconds. Needs root. */
public final class SmallDisk implements AutoCloseable {
    private static final String BALLAST = "ballast";
    private static final long MIB = 1L << 20;

    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** What it is made of. */
    public enum Kind {
        /** Memory: a page that finds no room faults at once. */
        TMPFS,
        /** A real file system over a file: space is given when a page is first touched, or later. */
        EXT4
    }

    /**
     * Mounts one.
     *
     * @param mount a folder, made if it is not there
     * @throws IOException where that is not allowed, with what the tool said
     */
    public static SmallDisk mount(Kind kind, int mebibytes, Path mount) throws IOException, InterruptedException {
        Files.createDirectories(mount);
        if (kind == Kind.TMPFS) {
            run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", mount.toString());
        } else {
            final Path image = mount.resolveSibling(mount.getFileName() + ".img");
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(mebibytes * MIB);
            }
            run("mkfs.ext4", "-q", "-m", "0", "-F", image.toString());
            run("mount", "-o", "loop", image.toString(), mount.toString());
        }
        return new SmallDisk(mount);
    }

    /**
     * What a power cut would leave of an {@link Kind#EXT4} at this moment: a copy of the device without what only the page
     * cache has. Whoever writes there has to be frozen; a copy into which the kernel wrote meanwhile is made again.
     *
     * @param image where the copy goes; made new
     */
    public void copyDevice(Path image) throws IOException, InterruptedException {
        final Path device = mount.resolveSibling(mount.getFileName() + ".img");
        do {
            run("cp", "--sparse=always", device.toString(), image.toString());
        } while (Files.mismatch(device, image) >= 0);
    }

    /** Mounts such a copy: the file system recovers as after a power cut. */
    public static SmallDisk mountCopy(Path image, Path mount) throws IOException, InterruptedException {
        Files.createDirectories(mount);
        run("mount", "-o", "loop", image.toString(), mount.toString());
        return new SmallDisk(mount);
    }

    /** Makes durable what {@link #fillBut} took. */
    public void syncBallast() throws IOException, InterruptedException {
        for (final String ballast : new String[] {BALLAST, BALLAST + "-0"}) {
            if (Files.exists(mount.resolve(ballast))) {
                run("sync", mount.resolve(ballast).toString());
            }
        }
    }

    /** Bytes that are free. */
    public long freeBytes() {
        return mount.toFile().getUsableSpace();
    }

    /** Another process takes all that is free but so many bytes, at once. */
    public void fillBut(long bytes) throws IOException, InterruptedException {
        final long mebibytes = (freeBytes() - bytes) / MIB;
        if (bytes > 0 && mebibytes > 0) {
            run("fallocate", "-l", mebibytes + "MiB", mount.resolve(BALLAST).toString());
        } else {
            // dd ends with an error when nothing is left, which is what is wanted.
            new ProcessBuilder("dd", "if=/dev/zero", "bs=64k", "of=" + mount.resolve(BALLAST + "-0"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /** Gives back what {@link #fillBut} took. */
    public void release() throws IOException {
        Files.deleteIfExists(mount.resolve(BALLAST));
        Files.deleteIfExists(mount.resolve(BALLAST + "-0"));
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", mount.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
