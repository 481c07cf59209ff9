package org.tandemgw.abswitch.link;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gets jSerialComm's native part from its jar into a directory that only we can write, and has it loaded from there and from
 * nowhere else.
 *
 * <p>Left to itself the library looks for its native part below {@code java.io.tmpdir} in a directory that everybody may write,
 * and before that it deletes what it finds there, following links: whoever has an account on the machine could have us run
 * his code or delete our files. It reads the three properties below once, when its class is initialised; for that moment they all
 * point into our directory.
 */
final class SerialLibrary {
    private static final String FILE = "libjSerialComm.so";
    private static final int OTHERS_WRITE = 0002;
    private static final int GROUP_OR_OTHERS_WRITE = 0022;
    private static final int STICKY = 01000;
    private static final Map<String, String> FOLDERS = Map.of(
            "amd64", "x86_64", "x86_64", "x86_64", "aarch64", "armv8_64", "arm", "armv7hf", "ppc64le", "ppc64le");

    private static boolean loaded;

    private SerialLibrary() {}

    /**
     * Loads it, once in the life of the process.
     *
     * @param directory ours; made if it is not there, in a directory that is
     * @throws IOException with a sentence, if that is not safe or does not work
     */
    static synchronized void load(Path directory) throws IOException {
        if (loaded) {
            return;
        }
        final String folder = FOLDERS.get(System.getProperty("os.arch").toLowerCase(Locale.ROOT));
        if (!System.getProperty("os.name").equals("Linux") || folder == null) {
            throw new IOException("serial lines work on Linux on x86_64, aarch64, arm and ppc64le only");
        }
        final Path ours = directory.toAbsolutePath().normalize();
        check(ours);
        extract(folder, ours);
        initialise(ours);
        loaded = true;
    }

    /** Makes it if it is not there; refuses it with a sentence if anybody else can write there. */
    static void check(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is to hold the native part of the serial driver, and is no directory");
        }
        if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(ourselves(directory))
                || (mode(directory) & GROUP_OR_OTHERS_WRITE) != 0) {
            throw new IOException(directory + " is to hold the native part of the serial driver, and others can write"
                    + " there: chown it to the user that runs Tandem, and chmod 700");
        }
        for (Path above = directory.toRealPath().getParent(); above != null; above = above.getParent()) {
            if ((mode(above) & OTHERS_WRITE) != 0 && (mode(above) & STICKY) == 0) {
                throw new IOException(directory + " is to hold the native part of the serial driver, and everybody can"
                        + " write in " + above + " above it: chmod o-w");
            }
        }
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }

    /** Whoever owns what we make. */
    private static UserPrincipal ourselves(Path directory) throws IOException {
        final Path probe = Files.createTempFile(directory, "who", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** Always anew: what lies there may be of another version. A process that has the old one mapped keeps it. */
    private static void extract(String folder, Path directory) throws IOException {
        final Path target = Files.createDirectories(directory.resolve("Linux").resolve(folder));
        final Path fresh = target.resolve("new.so");
        try (InputStream packed = SerialPort.class.getResourceAsStream("/Linux/" + folder + "/" + FILE)) {
            final byte[] library = packed.readAllBytes();
            SignalsLeftAlone.by(library);
            Files.deleteIfExists(fresh); // what a killed start left
            Files.write(fresh, library);
        }
        Files.move(fresh, target.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void initialise(Path directory) throws IOException {
        final Map<String, String> before = new TreeMap<>();
        for (final String key : List.of("jSerialComm.library.path", "java.io.tmpdir", "user.home")) {
            before.put(key, System.getProperty(key));
            System.setProperty(key, directory.toString());
        }
        try {
            SerialPort.getVersion();
        } catch (LinkageError e) {
            throw new IOException(
                    "the native part of the serial driver in " + directory + " could not be loaded"
                            + " (is that file system mounted noexec?): "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        } finally {
            before.forEach((key, value) -> {
                if (value == null) {
                    System.clearProperty(key);
                } else {
                    System.setProperty(key, value);
                }
            });
        }
    }
}
