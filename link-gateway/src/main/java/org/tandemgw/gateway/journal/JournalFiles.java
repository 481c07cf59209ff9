package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Where journals lie: {@code data/journal/<acd>/<generation>/}. Any thread. */
public final class JournalFiles {
    private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern ACD = Pattern.compile("[A-Za-z0-9-]{1,32}");

    private JournalFiles() {}

    /** The folder of one generation, which need not exist. */
    public static Path directory(Path data, String acd, int generation) {
        return data.resolve("journal").resolve(acd).resolve(Integer.toString(generation));
    }

    /** Makes a folder of a journal, and those above it: frames hold telephone numbers, so others may not look, whatever the umask allows. */
    public static void make(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }

    /** The folder of the generation before that of {@code directory}; null if there is none. */
    static Path former(Path directory) {
        final int generation = Integer.parseInt(directory.getFileName().toString());
        for (int before = generation - 1; before > 0; before--) {
            final Path folder = directory.resolveSibling(Integer.toString(before));
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }

    /** Whether there is a later generation than that of {@code directory}. */
    static boolean hasLater(Path directory) {
        final Path acd = directory.toAbsolutePath().normalize().getParent();
        final int generation = Integer.parseInt(directory.getFileName().toString());
        return generations(acd.getParent().getParent(), acd.getFileName().toString()).stream()
                .anyMatch(each -> each > generation);
    }

    /**
     * The ACDs that have a journal, in alphabetical order. Other folders, such as {@code lost+found} where a file system of its
     * own is mounted there, are none of ours, and may not be readable.
     */
    public static List<String> acds(Path data) {
        return names(data.resolve("journal")).stream()
                .filter(name ->
                        ACD.matcher(name).matches() && !generations(data, name).isEmpty())
                .toList();
    }

    /** The folders that may be an ACD's, whether they can be looked into or not. */
    public static List<Path> folders(Path data) {
        final Path journals = data.resolve("journal");
        return names(journals).stream()
                .filter(name -> ACD.matcher(name).matches())
                .map(journals::resolve)
                .toList();
    }

    /** The generations of an ACD's journal, oldest first. */
    public static List<Integer> generations(Path data, String acd) {
        return names(data.resolve("journal").resolve(acd)).stream()
                .filter(name -> GENERATION.matcher(name).matches())
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    /**
     * How many bytes a folder really takes on disk. Asks {@code du}, because Java cannot: a process per call, so nothing
     * for a duty cycle. A disk that does not answer is waited for half a minute.
     */
    public static long diskBytes(Path folder) throws IOException {
        final Process du = new ProcessBuilder("du", "-s", "-B1", "--", folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = du.getInputStream()) {
            if (!du.waitFor(30, TimeUnit.SECONDS)) { // it says one line: no pipe gets full
                throw new IOException("du has not finished with " + folder + " in 30 s");
            }
            final String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            final int tab = said.indexOf('\t');
            if (tab < 0) {
                throw new IOException("du says nothing about " + folder);
            }
            return Long.parseLong(said.substring(0, tab));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while du counted " + folder, e);
        } finally {
            du.destroyForcibly();
        }
    }

    private static List<String> names(Path folder) {
        final List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, Files::isDirectory)) {
                found.forEach(path -> names.add(path.getFileName().toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        names.sort(null);
        return names;
    }
}
