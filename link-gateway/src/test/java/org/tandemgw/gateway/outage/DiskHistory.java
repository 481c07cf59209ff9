package org.tandemgw.gateway.outage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a power cut could have left of a folder, at some moment while a program wrote there.
 *
 * <p><b>How it is known.</b> The program is frozen again and again, and each time the folder is looked at: what programs
 * see is the page cache, that is the newest version of everything. A trace of its system calls tells when each
 * {@code fsync} and {@code fdatasync} was called and when it returned. The trace makes each of them last some tens of
 * milliseconds, as on a slow disk, so that there are several looks while a sync is under way, and much that is not durable.
 *
 * <p><b>What a cut can leave.</b> A sync that had returned before the cut covers everything that was written before it was
 * called, and nothing else is sure. So for a cut at look <i>k</i>, let <i>m</i> be the first look after the last returned
 * sync of a file was called. Then
 *
 * <ul>
 *   <li>each page of the file is what it was at any of the looks <i>m</i> to <i>k</i>, each for itself: the kernel writes
 *       pages back when and in what order it likes. (Some images are mixed by sectors of 512 bytes in place of pages.)
 *   <li>the length of the file is one that it had between <i>m</i> and <i>k</i>; pages behind are not there.
 *   <li>a file that was never synced may be empty, shorter, or zero where it had contents. What lay there before the first
 *       look is durable.
 *   <li>names (creation, rename, deletion) are all as they were at one look <i>d</i> between <i>m'</i> and <i>k</i>, where
 *       <i>m'</i> is the first look after the last returned sync of any folder was called: file systems with a journal
 *       keep the order of such changes. That a file was synced does not make its name durable. A file that did not exist at
 *       <i>d</i> is absent, one that was deleted after <i>d</i> is there, one renamed after <i>d</i> has its old name and
 *       the contents of its own pages.
 * </ul>
 *
 * <p>Only versions that were seen at a look are used: each is one that existed. A program that makes pages durable by
 * {@code msync} or {@code sync_file_range} alone would be wronged here; Tandem does not.
 */
public final class DiskHistory {
    private static final int SECTOR = 512;
    private static final String SLOW_SYNC_US = "40000";

    private final Path root;
    private final Path trace;
    private final List<DiskSnapshot> looks = new ArrayList<>();
    private SyncLog log;

    /**
     * Looks for the first time: what is there now, is durable.
     *
     * @param root the folder
     * @param trace where {@link #starter} has the calls written; not below root
     */
    public DiskHistory(Path root, Path trace) throws IOException {
        this.root = root;
        this.trace = trace;
        look();
    }

    /** What to put in front of the command that writes below the folder. */
    public List<String> starter() {
        final List<String> command = new ArrayList<>(SyncLog.starter(trace));
        command.addAll(List.of("-e", "inject=fsync,fdatasync:delay_exit=" + SLOW_SYNC_US));
        return command;
    }

    /** Looks; the program must be frozen. */
    public void look() throws IOException {
        looks.add(DiskSnapshot.of(root, looks.isEmpty() ? null : looks.get(looks.size() - 1)));
    }

    /** How often it has looked; a cut is possible at 1 to this less 1. */
    public int looks() {
        return looks.size();
    }

    /** The program has ended: the trace is complete. */
    public void ended() throws IOException {
        log = SyncLog.read(trace);
    }

    /**
     * Writes one of the folders that a cut at look {@code cut} can have left.
     *
     * @param into takes the place of the root; made here
     * @return in what the image differs from what programs saw at that moment
     */
    public String image(int cut, Random random, Path into) throws IOException {
        final int names = between(folderFloor(cut), cut, random);
        final DiskSnapshot named = looks.get(names);
        for (final String folder : named.folders().keySet()) {
            Files.createDirectories(into.resolve(root.relativize(Path.of(folder))));
        }
        Files.createDirectories(into);
        final StringBuilder told = new StringBuilder("cut at look " + cut + ", names of look " + names);
        for (final Map.Entry<String, DiskSnapshot.Content> file : named.files().entrySet()) {
            final String name =
                    log.nameAt(file.getKey(), named.beganUs(), looks.get(cut).endedUs());
            final List<DiskSnapshot.Content> versions =
                    versions(name, file.getValue().key(), cut);
            final Path target = into.resolve(root.relativize(Path.of(file.getKey())));
            final int changed = mix(versions, target, random);
            if (changed > 0) {
                told.append(", ").append(changed).append(" pages of ").append(target.getFileName());
            }
        }
        return told.toString();
    }

    /** Where to begin: the first look after the last sync of a folder that had returned. */
    private int folderFloor(int cut) {
        long beganUs = -1;
        for (final SyncLog.Sync sync : log.syncs()) {
            if (sync.endedUs() <= looks.get(cut).beganUs()
                    && looks.get(cut).folders().containsKey(sync.file())) {
                beganUs = Math.max(beganUs, sync.beganUs());
            }
        }
        return firstLookAfter(beganUs, cut);
    }

    /** The versions that each page may have, oldest first; begins with null if the file may be empty. */
    private List<DiskSnapshot.Content> versions(String name, Object key, int cut) {
        long beganUs = -1;
        for (final SyncLog.Sync sync : log.syncs()) {
            if (sync.endedUs() <= looks.get(cut).beganUs()
                    && log.nameAt(sync.file(), sync.beganUs(), looks.get(cut).endedUs())
                            .equals(name)) {
                beganUs = Math.max(beganUs, sync.beganUs());
            }
        }
        final List<DiskSnapshot.Content> versions = new ArrayList<>();
        for (int look = firstLookAfter(beganUs, cut); look <= cut; look++) {
            final DiskSnapshot.Content content = find(look, name, key, cut);
            if (content != null) {
                versions.add(content);
            } else if (beganUs < 0 && look == 0) {
                versions.add(null);
            }
        }
        return versions;
    }

    private DiskSnapshot.Content find(int look, String name, Object key, int cut) {
        final DiskSnapshot then = looks.get(look);
        for (final Map.Entry<String, DiskSnapshot.Content> file : then.files().entrySet()) {
            if (file.getValue().key().equals(key)
                    && log.nameAt(file.getKey(), then.beganUs(), looks.get(cut).endedUs())
                            .equals(name)) {
                return file.getValue();
            }
        }
        return null;
    }

    private int firstLookAfter(long us, int cut) {
        int look = 0;
        while (us >= 0 && look < cut && looks.get(look).beganUs() < us) {
            look++;
        }
        return look;
    }

    /** Writes the file; how many pages differ from the newest version. */
    private static int mix(List<DiskSnapshot.Content> versions, Path target, Random random) throws IOException {
        final DiskSnapshot.Content newest = versions.get(versions.size() - 1);
        final DiskSnapshot.Content lengthOf = pick(versions, random, random.nextInt(4));
        final long length = lengthOf == null ? 0 : lengthOf.length();
        final int style = random.nextInt(4);
        final boolean sectors = random.nextInt(4) == 0;
        int changed = 0;
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final byte[] page = new byte[DiskSnapshot.PAGE];
            for (final int number : pages(versions)) {
                final long at = (long) number * DiskSnapshot.PAGE;
                for (int sector = 0; sector < page.length; sector += sectors ? SECTOR : page.length) {
                    final DiskSnapshot.Content from = pick(versions, random, style);
                    final byte[] bytes = from == null ? new byte[page.length] : from.page(number);
                    System.arraycopy(bytes, sector, page, sector, sectors ? SECTOR : page.length);
                }
                changed += java.util.Arrays.equals(page, newest.page(number)) && at < length ? 0 : 1;
                if (at < length) {
                    out.write(ByteBuffer.wrap(page, 0, (int) Math.min(page.length, length - at)), at);
                }
            }
            if (out.size() < length) {
                out.write(ByteBuffer.allocate(1), length - 1);
            }
        }
        return changed;
    }

    /** All pages that any version has, in order. */
    private static Iterable<Integer> pages(List<DiskSnapshot.Content> versions) {
        final Map<Integer, Boolean> numbers = new HashMap<>();
        for (final DiskSnapshot.Content version : versions) {
            if (version != null) {
                version.pages().keySet().forEach(number -> numbers.put(number, true));
            }
        }
        return new java.util.TreeSet<>(numbers.keySet());
    }

    /** 0: any version; 1: nearly always the oldest; 2: nearly always the newest; 3: the newest or the oldest. */
    private static DiskSnapshot.Content pick(List<DiskSnapshot.Content> versions, Random random, int style) {
        final int newest = versions.size() - 1;
        final boolean rarely = random.nextInt(12) == 0;
        return versions.get(
                switch (style) {
                    case 1 -> rarely ? newest : 0;
                    case 2 -> rarely ? 0 : newest;
                    case 3 -> random.nextBoolean() ? newest : 0;
                    default -> random.nextInt(newest + 1);
                });
    }

    /** Often one of the ends. */
    private static int between(int least, int most, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + random.nextInt(most - least + 1);
        };
    }
}
