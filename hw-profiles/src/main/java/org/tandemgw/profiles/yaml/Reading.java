package org.tandemgw.profiles.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One reading of one file: hands out its root {@link Section}, collects the problems, remembers which keys were asked for, and
 * at the end reports the keys that nobody knows.
 */
public final class Reading {

    /** A longer file is refused unread. */
    public static final int SIZE_LIMIT_BYTES = 256 * 1024;

    private final String file;
    private final Problems problems;
    private final SortedSet<String> asked = new TreeSet<>();
    private final List<Section> sections = new ArrayList<>();
    private byte[] read = new byte[0];
    private YamlNode node;
    private Section root;

    private Reading(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param problems where everything that is wrong goes
     * @return the reading, whose root is absent when the file could not be read
     */
    public static Reading of(Path file, Problems problems) {
        Reading reading = new Reading(file.toString(), problems);
        byte[] bytes = null;
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe would be waited for.
            reading.error(0, "", "", "is not a file", "name a file");
            reading.take(bytes);
            return reading;
        }
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(SIZE_LIMIT_BYTES + 1);
        } catch (NoSuchFileException e) {
            reading.error(0, "", "", "does not exist", "name an existing file");
        } catch (IOException | RuntimeException e) {
            reading.error(0, "", "", "cannot be read", "name a file that the user running Tandem may read");
        }
        reading.take(bytes);
        return reading;
    }

    /**
     * Reads a document from memory.
     *
     * @param name what messages call it
     * @param bytes its content, UTF-8
     * @param problems where everything that is wrong goes
     * @return the reading
     */
    public static Reading of(String name, byte[] bytes, Problems problems) {
        Reading reading = new Reading(name, problems);
        reading.take(bytes);
        return reading;
    }

    private void take(byte[] bytes) {
        read = bytes == null ? read : bytes;
        if (bytes != null && bytes.length > SIZE_LIMIT_BYTES) {
            error(0, "", "", "is larger than " + SIZE_LIMIT_BYTES / 1024 + " KiB", "such a file holds something else");
        } else if (bytes != null) {
            node = decode(bytes);
        }
        root = new Section(this, node, "", "");
    }

    private YamlNode decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            int errorsBefore = problems.errors().size();
            YamlNode node = new YamlReader(this).read(text.startsWith("\uFEFF") ? text.substring(1) : text);
            if (node == null && problems.errors().size() == errorsBefore || node != null && node.isEmpty()) {
                error(1, "", "", "is empty", "write at least the required keys");
                return null;
            }
            return node;
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            error(line, "", "", "is not UTF-8 here", "save the file as UTF-8");
            return null;
        }
    }

    /** @return the outermost section */
    public Section root() {
        return root;
    }

    /** @return the SHA-256 of exactly the bytes that were read, as 64 hex digits, as {@code sha256sum} prints it */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @return the outermost value; null when the file could not be read */
    YamlNode node() {
        return node;
    }

    /** @return the name of the file, as messages show it */
    public String file() {
        return file;
    }

    /** @return where the problems go */
    public Problems problems() {
        return problems;
    }

    /**
     * Every key path that was asked for, places in lists written {@code []} and free names {@code *}.
     *
     * @return the paths, sorted
     */
    public SortedSet<String> asked() {
        return Collections.unmodifiableSortedSet(asked);
    }

    /** Reports every key that nobody has asked for. To be called once, after everything has been asked. */
    public void finish() {
        List.copyOf(sections).forEach(Section::reportUnknownKeys);
    }

    void opened(Section section) {
        sections.add(section);
    }

    void asked(String pattern) {
        asked.add(pattern);
    }

    void error(int line, String key, String value, String wrong, String remedy) {
        problems.add(new Problem(Problem.Severity.ERROR, file, line, key, value, wrong, remedy));
    }

    void warning(int line, String key, String value, String wrong, String remedy) {
        problems.add(new Problem(Problem.Severity.WARNING, file, line, key, value, wrong, remedy));
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
