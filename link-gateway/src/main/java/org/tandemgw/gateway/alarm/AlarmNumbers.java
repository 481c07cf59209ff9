package org.tandemgw.gateway.alarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The next alarm number, on its own in a small file that is overwritten in place: that works on a full disk too. Written at each start, so that it has its
 * place, and with each new alarm. Written twice, so that of a torn write the higher one counts.
 */
final class AlarmNumbers {
    private static final Pattern CONTENT = Pattern.compile("(\\d{18})\\D(\\d{18})\\D");

    private final Path path;

    AlarmNumbers(Path path) {
        this.path = path;
    }

    /** The next number as it was last written; 1 if none ever was. */
    long read() throws IOException {
        if (!Files.exists(path)) {
            return 1;
        }
        final Matcher content = CONTENT.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
        return content.lookingAt() ? Math.max(Long.parseLong(content.group(1)), Long.parseLong(content.group(2))) : 1;
    }

    void write(long next) throws IOException {
        final String content = String.format("%018d %018d%n", next, next);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }
}
