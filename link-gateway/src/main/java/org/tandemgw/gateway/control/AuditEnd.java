package org.tandemgw.gateway.control;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the chain of the audit files ends, read from the files each time: there is more than one writer, and none of them remembers anything.
 *
 * @param number of the last line that has one; 0 if none was found
 * @param hash of the last line, whatever it is
 * @param torn true if the last line was not written to its end
 */
record AuditEnd(long number, String hash, boolean torn) {
    private static final int ENOUGH = 1 << 12;
    private static final AuditEnd EMPTY = new AuditEnd(0, AuditLine.NOTHING_BEFORE, false);

    /** Of this file, or, where it has nothing yet, of the one that was set aside last. */
    static AuditEnd of(Path audit) throws IOException {
        if (Files.exists(audit) && Files.size(audit) > 0) {
            return ofFile(audit);
        }
        final List<Path> aside = setAside(audit);
        return aside.isEmpty() ? EMPTY : ofFile(aside.get(aside.size() - 1));
    }

    /** The files that were set aside, the oldest first. */
    static List<Path> setAside(Path audit) throws IOException {
        if (!Files.isDirectory(audit.getParent())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(audit.getParent())) {
            return files.filter(each -> each.getFileName().toString().matches("audit-.*\\.jsonl"))
                    .sorted(Comparator.comparing(each -> each.getFileName().toString()))
                    .toList();
        }
    }

    /** Reads as much of the end as it takes to see a whole last line, or all of it. */
    private static AuditEnd ofFile(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            for (long wanted = ENOUGH; ; wanted *= 8) {
                final byte[] end = new byte[(int) Math.min(in.length(), wanted)];
                in.seek(in.length() - end.length);
                in.readFully(end);
                final List<AuditLine> lines = AuditLine.of(end);
                if (lines.size() > 1 || end.length == in.length()) {
                    return of(lines);
                }
            }
        }
    }

    private static AuditEnd of(List<AuditLine> lines) {
        if (lines.isEmpty()) {
            return EMPTY;
        }
        final AuditLine last = lines.get(lines.size() - 1);
        long number = 0;
        for (final AuditLine line : lines) {
            number = Math.max(number, line.number());
        }
        return new AuditEnd(number, last.hash(), !last.ended());
    }
}
