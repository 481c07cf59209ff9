package org.tandemgw.gateway.cli;

/** The version of this build, as its jar says. */
final class Version {
    private Version() {}

    static String current() {
        final String built = Version.class.getPackage().getImplementationVersion();
        return built == null ? "(built from classes)" : built;
    }
}
