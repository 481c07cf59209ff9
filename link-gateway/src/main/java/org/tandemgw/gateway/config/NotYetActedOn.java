package org.tandemgw.gateway.config;

import org.tandemgw.profiles.yaml.Section;

/** Says of each section that is read and checked but has no effect yet that it has none, so that nobody believes himself protected. */
final class NotYetActedOn {

    private static final String NOT_YET = "is checked but not acted on in this version";

    private NotYetActedOn() {}

    static void warn(Section root) {
        warn(root, "panel", "nothing listens there");
        if (!root.has("switchover")) {
            for (Section server : root.sections("servers")) {
                warnUnswitched(server, "probes", "are not run");
                warnUnswitched(server, "promote", "is never run");
                warnUnswitched(server, "demote", "is never run");
            }
        }
    }

    private static void warn(Section section, String key, String consequence) {
        if (section.has(key)) {
            section.warn(key, NOT_YET, consequence);
        }
    }

    private static void warnUnswitched(Section server, String key, String what) {
        if (server.has(key)) {
            server.warn(
                    key, what + ", because the file has no  switchover:  section", "add one; see docs/switchover.md");
        }
    }
}
