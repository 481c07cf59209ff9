package org.tandemgw.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.tandemgw.profiles.yaml.Section;

/** Reads the files that {@code …-file} keys name. What a file holds never appears in a problem. */
final class SecretFiles {

    private static final int LONGEST_BYTES = 1_024;
    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.GROUP_WRITE);

    private final Path folder;

    SecretFiles(Path folder) {
        this.folder = folder;
    }

    /** The secret, its line end removed; null when the key is absent or the file cannot be used. */
    Secret read(Section section, String key) {
        Path file = path(section, key);
        if (file == null || !isPrivate(section, key, file)) {
            return null;
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST_BYTES + 1);
        } catch (IOException e) {
            section.reject(key, "names a file that cannot be read", "let the user running Tandem read it");
            return null;
        }
        String value = withoutLineEnd(new String(bytes, StandardCharsets.UTF_8));
        if (value.isEmpty() || bytes.length > LONGEST_BYTES) {
            section.reject(
                    key,
                    bytes.length == 0 || value.isEmpty()
                            ? "names an empty file"
                            : "names a file that is too long for a secret",
                    "put the secret alone into it, on one line");
            return null;
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            section.reject(
                    key,
                    "names a file with more than one line or with control characters",
                    "put the secret alone into it, on one line");
            return null;
        }
        return new Secret(file, value);
    }

    /** A private file that is only checked here and read elsewhere, such as a TLS key; null when it cannot be used. */
    Path privateFile(Section section, String key) {
        Path file = path(section, key);
        return file != null && isPrivate(section, key, file) ? file : null;
    }

    /** A file that anybody may read; null when the key is absent or the file cannot be read. */
    Path publicFile(Section section, String key) {
        Path file = path(section, key);
        return file != null && isThere(section, key, file) ? file : null;
    }

    private Path path(Section section, String key) {
        return section.value(key, null, folder::resolve, "write the name of a file");
    }

    private static boolean isPrivate(Section section, String key, Path file) {
        if (!isThere(section, key, file)) {
            return false;
        }
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(TOO_OPEN);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                section.reject(key, "names a file that others may read or change", "chmod 600 " + file);
                return false;
            }
        } catch (IOException | UnsupportedOperationException e) {
            section.reject(key, "names a file whose permissions cannot be read", "keep secrets on a local file system");
            return false;
        }
        return true;
    }

    private static boolean isThere(Section section, String key, Path file) {
        if (!Files.exists(file)) {
            section.reject(key, "names a file that does not exist", "create " + file);
            return false;
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            section.reject(key, "names a file that cannot be read", "let the user running Tandem read it");
            return false;
        }
        return true;
    }

    private static String withoutLineEnd(String text) {
        String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
    }
}
