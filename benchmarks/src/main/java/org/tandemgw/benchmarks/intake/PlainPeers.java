package org.tandemgw.benchmarks.intake;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** The least that anybody could do with as many bytes. */
final class PlainPeers {
    private PlainPeers() {}

    /** Chronicle Queue as it comes: one {@code writeBytes} a frame. */
    static final class WriteBytes implements Contender {
        private final Bytes<?> bytes = Bytes.allocateDirect(BenchedDialect.LENGTH);
        private ChronicleQueue queue;
        private ExcerptAppender appender;

        @Override
        public void open(Path folder) {
            queue = SingleChronicleQueueBuilder.binary(folder).build();
            appender = queue.createAppender();
        }

        @Override
        public void put(byte[] stream, int first, int frames) {
            for (int i = first; i < first + frames; i++) {
                bytes.clear();
                bytes.write(stream, i * BenchedDialect.LENGTH, BenchedDialect.LENGTH);
                appender.writeBytes(bytes);
            }
        }

        @Override
        public void close() {
            appender.close();
            queue.close();
        }
    }

    /** A mapped file: a length, published last, and the bytes. */
    static final class Mapped implements Contender {
        private static final int BLOCK = 64 << 20;
        private static final VarHandle LENGTHS =
                MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

        private FileChannel file;
        private MappedByteBuffer block;
        private long mapped;
        private int at;

        @Override
        public void open(Path folder) throws IOException {
            file = FileChannel.open(
                    folder.resolve("mapped"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            mapped = 0;
            map();
        }

        private void map() throws IOException {
            block = file.map(FileChannel.MapMode.READ_WRITE, mapped, BLOCK);
            mapped += BLOCK;
            at = 0;
        }

        @Override
        public void put(byte[] stream, int first, int frames) throws IOException {
            for (int i = first; i < first + frames; i++) {
                if (at + Integer.BYTES + BenchedDialect.LENGTH > BLOCK) {
                    map();
                }
                block.put(at + Integer.BYTES, stream, i * BenchedDialect.LENGTH, BenchedDialect.LENGTH);
                LENGTHS.setRelease((ByteBuffer) block, at, BenchedDialect.LENGTH);
                at += Integer.BYTES + BenchedDialect.LENGTH;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A file, one write and one {@code fdatasync} for each batch: what survives a power loss. */
    static final class SyncedFile implements Contender {
        private final ByteBuffer batch = ByteBuffer.allocateDirect(IntakeContender.BATCH * BenchedDialect.LENGTH);
        private FileChannel file;

        @Override
        public void open(Path folder) throws IOException {
            file = FileChannel.open(folder.resolve("synced"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }

        @Override
        public void put(byte[] stream, int first, int frames) throws IOException {
            batch.clear().put(stream, first * BenchedDialect.LENGTH, frames * BenchedDialect.LENGTH);
            batch.flip();
            while (batch.hasRemaining()) {
                file.write(batch);
            }
            file.force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
