package org.tandemgw.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * What operators have taken out and not put back: legs ({@code acd1/leg-1}) and paused ACDs ({@code acd1}), one a line in
 * {@code data/holds}. It survives a restart. One thread at a time.
 */
final class OperatorHolds {
    private final Path file;
    private final Set<String> held = new TreeSet<>();

    OperatorHolds(Path data) throws IOException {
        this.file = data.resolve("holds");
        if (Files.exists(file)) {
            held.addAll(Files.readAllLines(file));
        }
    }

    boolean contains(String object) {
        return held.contains(object);
    }

    /** Takes out or puts back. What could not be written is not remembered either. */
    void set(String object, boolean hold) throws IOException {
        final Set<String> next = new TreeSet<>(held);
        if (hold ? next.add(object) : next.remove(object)) {
            write(next);
            held.clear();
            held.addAll(next);
        }
    }

    private void write(Set<String> objects) throws IOException {
        final Path next = file.resolveSibling("holds.new");
        final byte[] lines = String.join("\n", objects).getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(lines));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
