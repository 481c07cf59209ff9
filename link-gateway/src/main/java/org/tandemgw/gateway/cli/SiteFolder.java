package org.tandemgw.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.tandemgw.gateway.control.ControlServer;
import org.tandemgw.profiles.yaml.Problems;
import org.tandemgw.profiles.yaml.Reading;

/**
 * The little that verbs need of a configuration: where its data is. Nothing else of the file is checked, and no secret is read: an operator may look and act
 * without the right to read secrets, and while somebody edits the file.
 */
final class SiteFolder {
    private SiteFolder() {}

    /** The folder that the file names as {@code data}. */
    static Path data(Path config) {
        return folder(config, "data", true);
    }

    /** The site's own profiles; null if it has none. */
    static Path profiles(Path config) {
        return folder(config, "profiles", false);
    }

    /** Where the MIB of this site hangs; null if the file does not say. */
    static String enterprise(Path config) {
        final Reading reading = Reading.of(readable(config), new Problems());
        return reading.root().present() && reading.root().has("snmp")
                ? reading.root().section("snmp").peek("enterprise")
                : null;
    }

    /** Where the running appliance listens. */
    static Path socket(Path config) {
        return data(config).resolve(ControlServer.SOCKET);
    }

    private static Path readable(Path config) {
        if (!Files.isReadable(config)) {
            throw Refusal.usage(
                    "cannot read the configuration " + config
                            + (Files.exists(config) ? ": not allowed" : ": there is no such file"),
                    "name another one with -c FILE");
        }
        return config;
    }

    private static Path folder(Path config, String key, boolean required) {
        final Problems problems = new Problems();
        final Reading reading = Reading.of(readable(config), problems);
        final String text = reading.root().present() ? reading.root().peek(key) : null;
        if (text == null && required) {
            throw Refusal.usage(
                    problems.isGood()
                            ? config + " does not say where its data is: 'data' is missing"
                            : problems.errors().get(0).oneLine(),
                    "tandem check " + config);
        }
        return text == null
                ? null
                : config.toAbsolutePath().getParent().resolve(text).normalize();
    }
}
