package org.tandemgw.gateway.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip file that a support bundle is. Whatever goes into it is cleaned of secrets here, and nowhere else is it written to. Bounded: of a text that is too long
 * its end stays (newest lines are last), and when the whole is full, further texts are left out and named.
 */
public final class BundleFile implements AutoCloseable {
    /** Of one text, in characters. */
    public static final int LONGEST = 8 << 20;

    /** Of all texts. */
    public static final long MOST = 64L << 20;

    /**
     * What is in it.
     *
     * @param bytes as it is once unpacked
     */
    public record Part(String name, long bytes, String what) {}

    private final ZipOutputStream zip;
    private final Scrubber scrubber;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private long bytes;

    /** Writes to this stream. */
    public BundleFile(OutputStream out, Scrubber scrubber) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.scrubber = scrubber;
    }

    /** A text, in lines. */
    public void add(String name, String what, List<String> lines) throws IOException {
        add(name, what, String.join("\n", lines) + "\n");
    }

    /** A text. */
    public void add(String name, String what, String text) throws IOException {
        final String clean = scrubber.clean(text);
        final String kept = end(clean);
        final byte[] content = kept.getBytes(StandardCharsets.UTF_8);
        if (bytes + content.length > MOST) {
            leftOut.add(name + ": the bundle is full");
            return;
        }
        bytes += content.length;
        zip.putNextEntry(new ZipEntry(scrubber.clean(name)));
        zip.write(content);
        zip.closeEntry();
        parts.add(new Part(scrubber.clean(name), content.length, scrubber.clean(what)));
    }

    /** Something that cannot be had. */
    public void miss(String name, String why) {
        leftOut.add(scrubber.clean(name + ": " + why));
    }

    /** What is in it so far. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** What is not, each with its reason. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private static String end(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        final int from = text.indexOf('\n', text.length() - LONGEST) + 1;
        return "(the first " + from + " characters are left out)\n" + text.substring(from);
    }

    @Override
    public void close() throws IOException {
        zip.finish();
        zip.flush();
    }
}
