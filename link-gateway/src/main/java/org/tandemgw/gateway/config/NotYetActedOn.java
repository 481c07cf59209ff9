package org.tandemgw.gateway.config;

import org.tandemgw.profiles.yaml.Section;

/** Says of each section that is read and checked but has no effect yet that it has none, so that nobody believes himself protected. */
final class NotYetActedOn {

    private static final String NOT_YET = "is checked but not acted on in this version";

    private NotYetActedOn() {}

    static void warn(Section root) {
        warn(
                root,
                "switchover",
                "no server is switched, not even by hand; both servers get the stream all the same, and trunks move only by  tandem trunks select");
        warn(root, "network", "no diagnosis is made");
        warn(root, "recovery", "no calls are recovered");
        warn(root, "snmp", "no agent answers and no notification is sent");
        warn(root, "metrics", "nothing listens there");
        warn(root, "panel", "nothing listens there");
        warn(root, "notify", "nothing is sent; alarms stand in  tandem alarms  only");
        if (root.section("switchover").has("hooks")) {
            warn(root.section("switchover"), "hooks", "no hook is called");
        }
        for (Section server : root.sections("servers")) {
            warn(server, "promote", "it is never run");
            warn(server, "demote", "it is never run");
        }
    }

    private static void warn(Section section, String key, String consequence) {
        if (section.has(key)) {
            section.warn(key, NOT_YET, consequence);
        }
    }
}
