package org.tandemgw.benchmarks.intake;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.ArchivingMediaDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/** Aeron in one process: from a publication to a subscriber (which keeps nothing), and to a recording of its archive. */
final class AeronPeers {
    private static final String IPC = "aeron:ipc?term-length=16m";
    private static final int STREAM = 1_001;
    private static final int POLL = 256;

    private AeronPeers() {}

    private static MediaDriver.Context driver(Path folder) {
        return new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("driver").toString())
                .dirDeleteOnStart(true)
                .threadingMode(ThreadingMode.SHARED);
    }

    /** Offers until it is taken: a subscriber or recorder that is behind holds the publisher up. */
    private static void offer(ExclusivePublication publication, UnsafeBuffer buffer, int at) {
        long position = publication.offer(buffer, at, BenchedDialect.LENGTH);
        while (position < 0) {
            if (position == ExclusivePublication.CLOSED || position == ExclusivePublication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException("the publication takes nothing more: " + position);
            }
            Thread.onSpinWait();
            Thread.yield();
            position = publication.offer(buffer, at, BenchedDialect.LENGTH);
        }
    }

    /** One publication, one thread that polls. */
    static final class Ipc implements Contender {
        private MediaDriver driver;
        private Aeron aeron;
        private ExclusivePublication publication;
        private Subscription subscription;
        private Thread reader;
        private UnsafeBuffer buffer;
        private long put;
        private volatile long read;
        private volatile boolean over;

        @Override
        public void open(Path folder) {
            driver = MediaDriver.launch(driver(folder));
            aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
            subscription = aeron.addSubscription(IPC, STREAM);
            publication = aeron.addExclusivePublication(IPC, STREAM);
            put = 0;
            read = 0;
            over = false;
            reader = new Thread(this::read, "reader");
            reader.start();
            while (!publication.isConnected()) {
                Thread.yield();
            }
        }

        private void read() {
            final FragmentHandler count = (bytes, offset, length, header) -> read = read + 1;
            while (!over) {
                if (subscription.poll(count, POLL) == 0) {
                    Thread.yield();
                }
            }
        }

        @Override
        public void put(byte[] stream, int first, int frames) {
            wrap(stream);
            for (int i = first; i < first + frames; i++) {
                offer(publication, buffer, i * BenchedDialect.LENGTH);
            }
            put += frames;
        }

        private void wrap(byte[] stream) {
            if (buffer == null || buffer.byteArray() != stream) {
                buffer = new UnsafeBuffer(stream);
            }
        }

        @Override
        public void finish() {
            while (read < put) {
                Thread.yield();
            }
        }

        @Override
        public void close() {
            over = true;
            try {
                reader.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            CloseHelper.closeAll(publication, subscription, aeron, driver);
        }
    }

    /** One publication that the archive records, as it comes: nothing is synced. */
    static final class Recording implements Contender {
        private ArchivingMediaDriver driver;
        private AeronArchive archive;
        private ExclusivePublication publication;
        private CountersReader counters;
        private int counter;
        private UnsafeBuffer buffer;

        @Override
        public void open(Path folder) {
            final Archive.Context recorder = new Archive.Context()
                    .aeronDirectoryName(folder.resolve("driver").toString())
                    .archiveDir(folder.resolve("archive").toFile())
                    .controlChannelEnabled(false)
                    .archiveClientContext(new AeronArchive.Context().controlResponseChannel("aeron:ipc"))
                    .replicationChannel("aeron:udp?endpoint=localhost:0")
                    .fileSyncLevel(0)
                    .threadingMode(ArchiveThreadingMode.SHARED);
            driver = ArchivingMediaDriver.launch(driver(folder).spiesSimulateConnection(true), recorder);
            archive = AeronArchive.connect(new AeronArchive.Context()
                    .aeronDirectoryName(folder.resolve("driver").toString())
                    .controlRequestChannel(recorder.localControlChannel())
                    .controlRequestStreamId(recorder.localControlStreamId())
                    .controlResponseChannel("aeron:ipc"));
            publication = archive.addRecordedExclusivePublication(IPC, STREAM);
            counters = archive.context().aeron().countersReader();
            counter = CountersReader.NULL_COUNTER_ID;
            while (counter == CountersReader.NULL_COUNTER_ID) {
                counter = RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archive.archiveId());
                Thread.yield();
            }
        }

        @Override
        public void put(byte[] stream, int first, int frames) {
            if (buffer == null || buffer.byteArray() != stream) {
                buffer = new UnsafeBuffer(stream);
            }
            for (int i = first; i < first + frames; i++) {
                offer(publication, buffer, i * BenchedDialect.LENGTH);
            }
        }

        @Override
        public void finish() {
            while (counters.getCounterValue(counter) < publication.position()) {
                Thread.yield();
            }
        }

        @Override
        public void close() {
            CloseHelper.closeAll(publication, archive, driver);
        }
    }
}
