package org.tandemgw.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder with everything that the reference configuration and the smallest one name beside themselves. */
public final class SiteFolder {

    /** The smallest file that is enough to run. */
    static final String SMALLEST = """
            data: data
            acds:
              - name: acd1
                profile: opaque-line
                legs:
                  - { connect: "10.1.1.10:5038" }
                  - { connect: "10.2.1.10:5038" }
            servers:
              - name: cms-east
                feed: { soupbintcp: { listen: "127.0.0.1:7001", user: east, secret-file: east.secret } }
              - name: cms-west
                feed: { soupbintcp: { listen: "127.0.0.1:7002", user: west, secret-file: west.secret } }
            """;

    private final Path folder;

    /** Writes them into this folder. */
    public SiteFolder(Path folder) throws IOException {
        this.folder = folder;
        for (String secret : new String[] {"acd", "east", "west", "watch", "kab", "community"}) {
            privateFile(secret + ".secret", "s3cr3t-" + secret.charAt(0) + "\n");
        }
        privateFile("noc.auth", "a long phrase\n");
        privateFile("noc.priv", "another phrase\n");
        for (String file : new String[] {"panel.crt", "panel.key", "users.yaml"}) {
            privateFile(file, "content\n");
        }
        Files.createDirectories(folder.resolve("profiles").resolve("acd"));
        Files.createDirectories(folder.resolve("scripts"));
        for (String script : new String[] {"look", "promote", "demote", "hook"}) {
            Path file = Files.writeString(folder.resolve("scripts").resolve(script), "#!/bin/sh\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** The text of docs/reference.yaml. */
    public static String reference() throws IOException {
        return Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "reference.yaml"));
    }

    /** A file that only its owner may read. */
    public Path privateFile(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("tandem.yaml"), text);
    }

    /** Reads this text as the configuration file. */
    public ConfigurationFile.Result read(String text) throws IOException {
        return ConfigurationFile.read(write(text));
    }

    Path path() {
        return folder;
    }
}
