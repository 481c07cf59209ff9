package org.tandemgw.profiles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;
import org.tandemgw.profiles.yaml.Reading;

/**
 * All hardware profiles that a site can name: those shipped with Tandem and those in a folder of the site's own, which has the
 * same three folders {@code acd}, {@code switch} and {@code server}. Immutable once loaded.
 */
public final class HwProfiles {

    /** The profiles in this module's folder {@code profiles}; a test keeps the two alike. */
    static final List<String> SHIPPED = List.of(
            "acd/asterisk-ami",
            "acd/avaya-cdr",
            "acd/avaya-cdr-59-character",
            "acd/avaya-cdr-expanded",
            "acd/avaya-cdr-int-isdn",
            "acd/avaya-cdr-printer",
            "acd/avaya-cdr-teleseer",
            "acd/avaya-spi-relay",
            "acd/csta-xml",
            "acd/csta-xml-switch-first",
            "acd/freeswitch-esl",
            "acd/opaque-length",
            "acd/opaque-line",
            "server/generic",
            "server/rhel-cms-r21",
            "switch/blackbox-nbs-snmp",
            "switch/dataprobe-k16",
            "switch/esl-7183");

    private static final int MOST_FILES_IN_A_FOLDER = 200;

    private final Map<String, AcdProfile> acds = new TreeMap<>();
    private final Map<String, ServerProfile> servers = new TreeMap<>();
    private final Map<String, SwitchProfile> switches = new TreeMap<>();

    private HwProfiles() {}

    /**
     * Loads what is shipped, and the site's own.
     *
     * @param folder the site's folder, if it has one
     * @param problems what is wrong with the site's files
     * @return the profiles that could be loaded
     */
    public static HwProfiles load(Optional<Path> folder, Problems problems) {
        HwProfiles profiles = new HwProfiles();
        profiles.acds.putAll(Shipped.ALL.acds);
        profiles.servers.putAll(Shipped.ALL.servers);
        profiles.switches.putAll(Shipped.ALL.switches);
        folder.ifPresent(f -> profiles.addFolder(f, problems));
        return profiles;
    }

    /** What is shipped, read once and only when first needed. */
    private static final class Shipped {
        static final HwProfiles ALL = load();

        private static HwProfiles load() {
            HwProfiles profiles = new HwProfiles();
            Problems problems = new Problems();
            for (String path : SHIPPED) {
                profiles.add(path, "shipped", shipped(path), problems);
            }
            if (!problems.isGood()) {
                throw new IllegalStateException("a shipped profile is broken:\n" + problems);
            }
            return profiles;
        }
    }

    private static byte[] shipped(String path) {
        try (InputStream in = HwProfiles.class.getResourceAsStream("/hw-profiles/" + path + ".yaml")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addFolder(Path folder, Problems problems) {
        boolean any = false;
        for (ProfileAbout.Kind kind : ProfileAbout.Kind.values()) {
            Path subfolder = folder.resolve(word(kind));
            if (Files.isDirectory(subfolder)) {
                any = true;
                addFiles(subfolder, word(kind), problems);
            }
        }
        if (!any) {
            wrong(
                    problems,
                    folder,
                    "has none of the folders acd, switch and server",
                    "put profiles into such a folder");
        }
    }

    private void addFiles(Path subfolder, String kind, Problems problems) {
        try (Stream<Path> files = Files.list(subfolder)) {
            List<Path> found = files.filter(f -> f.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MOST_FILES_IN_A_FOLDER + 1L)
                    .toList();
            if (found.size() > MOST_FILES_IN_A_FOLDER) {
                wrong(
                        problems,
                        subfolder,
                        "holds more than " + MOST_FILES_IN_A_FOLDER + " profiles",
                        "keep what you use");
                return;
            }
            for (Path file : found) {
                addFile(file, kind, problems);
            }
        } catch (IOException e) {
            wrong(problems, subfolder, "cannot be listed", "let the user running Tandem read it");
        }
    }

    private void addFile(Path file, String kind, Problems problems) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ".yaml".length());
        try (InputStream in = Files.newInputStream(file)) {
            add(kind + "/" + name, file.toString(), in.readNBytes(Reading.SIZE_LIMIT_BYTES + 1), problems);
        } catch (IOException e) {
            wrong(problems, file, "cannot be read", "let the user running Tandem read it");
        }
    }

    private void add(String path, String source, byte[] content, Problems problems) {
        Problems found = new Problems();
        Reading reading = Reading.of(source.equals("shipped") ? path + ".yaml" : source, content, found);
        ProfileReader reader = new ProfileReader(reading.root(), source, content);
        String name = path.substring(path.indexOf('/') + 1);
        ProfileAbout.Kind kind =
                ProfileAbout.Kind.valueOf(path.substring(0, path.indexOf('/')).toUpperCase(Locale.ROOT));
        ProfileAbout about = reader.about(kind);
        boolean taken = of(kind).containsKey(name);
        Runnable keep =
                switch (kind) {
                    case ACD -> keeping(acds, name, reader.acd(about));
                    case SERVER -> keeping(servers, name, reader.server(about));
                    case SWITCH -> keeping(switches, name, new SwitchProfileReader(reading.root(), about).read());
                };
        reading.finish();
        if (reading.root().present() && !about.name().isEmpty() && !about.name().equals(name)) {
            reading.root()
                    .reject("name", "differs from the name of its file", "call the file " + about.name() + ".yaml");
        } else if (taken) {
            reading.root().reject("name", "is already the name of a shipped profile", "choose another name");
        }
        found.errors().forEach(problems::add);
        if (found.isGood()) {
            keep.run();
        }
    }

    private static <T> Runnable keeping(Map<String, T> profiles, String name, T profile) {
        return () -> profiles.put(name, profile);
    }

    private Map<String, ?> of(ProfileAbout.Kind kind) {
        return switch (kind) {
            case ACD -> acds;
            case SERVER -> servers;
            case SWITCH -> switches;
        };
    }

    private static void wrong(Problems problems, Path file, String wrong, String remedy) {
        problems.add(new Problem(Problem.Severity.ERROR, file.toString(), 0, "", "", wrong, remedy));
    }

    private static String word(ProfileAbout.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The profile of an ACD's dialect.
     *
     * @param name as the configuration names it
     * @return the profile, if there is one
     */
    public Optional<AcdProfile> acd(String name) {
        return Optional.ofNullable(acds.get(name));
    }

    /**
     * The profile of a kind of server.
     *
     * @param name as the configuration names it
     * @return the profile, if there is one
     */
    public Optional<ServerProfile> server(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    /**
     * The profile of a kind of trunk switch.
     *
     * @param name as the configuration names it
     * @return the profile, if there is one
     */
    public Optional<SwitchProfile> trunkSwitch(String name) {
        return Optional.ofNullable(switches.get(name));
    }

    /**
     * The names of all profiles of a kind.
     *
     * @param kind which
     * @return the names, sorted
     */
    public List<String> names(ProfileAbout.Kind kind) {
        return List.copyOf(of(kind).keySet());
    }

    /**
     * What every profile says about itself.
     *
     * @return ACDs, switches and servers in this order, by name
     */
    public List<ProfileAbout> abouts() {
        return Stream.of(
                        acds.values().stream().map(AcdProfile::about),
                        switches.values().stream().map(SwitchProfile::about),
                        servers.values().stream().map(ServerProfile::about))
                .flatMap(Function.identity())
                .toList();
    }
}
