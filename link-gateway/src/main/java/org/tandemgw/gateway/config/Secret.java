package org.tandemgw.gateway.config;

import java.nio.file.Path;

/** The content of a secret file, kept out of every message, record text and log. Immutable. */
public final class Secret {

    private final Path file;
    private final String value;

    Secret(Path file, String value) {
        this.file = file;
        this.value = value;
    }

    /** @return the file it was read from, absolute */
    public Path file() {
        return file;
    }

    /** @return the secret itself; for the one place that sends or compares it */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.file.equals(file) && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    @Override
    public String toString() {
        return "(secret in " + file.getFileName() + ")";
    }
}
