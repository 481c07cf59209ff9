package org.tandemgw.gateway.control;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A part of an audit file. */
final class AuditBytes {
    private AuditBytes() {}

    /** From one place to another, or to the end if that comes first. */
    static byte[] read(Path file, long from, long to) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            final byte[] bytes = new byte[(int) Math.max(0, Math.min(to, in.length()) - from)];
            in.seek(from);
            in.readFully(bytes);
            return bytes;
        }
    }
}
