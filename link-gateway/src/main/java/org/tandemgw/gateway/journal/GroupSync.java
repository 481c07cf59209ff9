package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread {@code sync-<acd>} of one journal: as long as something is unsynced, one {@code fdatasync} of the roll file is
 * under way, and whatever is appended meanwhile goes with the next. On Linux that call writes the file's dirty pages
 * however they became dirty, so those of Chronicle's mapping too. A sync that fails is the end of the journal: the kernel
 * may have dropped the pages, and a second attempt would lie.
 */
final class GroupSync implements Runnable {
    /** The journal's side of it. */
    interface Target {
        /** The last sequence appended. */
        long appended();

        /** Everything up to here survives a power loss. */
        void synced(long sequence);

        /** Called before the roll file; for what else has to be durable with it. */
        void forceBeside() throws IOException;

        /** The thread ends here. */
        void syncFailed(Throwable why);
    }

    private final Target target;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Path> newFiles = new ConcurrentLinkedQueue<>();
    private FileChannel file;
    private long synced;
    private volatile boolean idle;
    private volatile boolean closing;

    GroupSync(String acd, Target target) {
        this.target = target;
        this.thread = new Thread(this, "sync-" + acd);
        thread.setDaemon(true);
    }

    /** Begins; what is there already is synced. */
    void start(long syncedAlready) {
        synced = syncedAlready;
        thread.start();
    }

    /** Intake, before the first record of a new roll file counts as appended. */
    void newFile(Path path) {
        newFiles.add(path);
    }

    /** Intake, after each batch. */
    void signal() {
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** Syncs what there is and ends the thread. */
    void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                final boolean last = closing;
                final long appended = target.appended();
                if (appended > synced) {
                    force();
                    synced = appended;
                    target.synced(synced);
                } else if (last) {
                    break;
                } else {
                    await();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            target.syncFailed(e);
        } finally {
            closeFile();
        }
    }

    private void await() {
        idle = true;
        if (target.appended() == synced && !closing) {
            LockSupport.park(this);
        }
        idle = false;
    }

    private void force() throws IOException {
        target.forceBeside();
        for (Path next = newFiles.poll(); next != null; next = newFiles.poll()) {
            if (file != null) {
                file.force(false);
                file.close();
            }
            file = FileChannel.open(next, StandardOpenOption.WRITE);
            file.force(true);
            forceDirectory(next.getParent());
        }
        if (file != null) {
            file.force(false);
        }
    }

    /** Makes what other processes left in a file durable. */
    static void forceFile(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the names in a folder durable. */
    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void closeFile() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                target.syncFailed(e);
            }
        }
    }
}
