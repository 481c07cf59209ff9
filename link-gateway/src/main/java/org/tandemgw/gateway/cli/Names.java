package org.tandemgw.gateway.cli;

import java.util.regex.Pattern;

/** What can be a name at all; whether it is one, the appliance or the disk knows. */
final class Names {
    private static final Pattern ACD = Pattern.compile("[A-Za-z0-9-]{1,32}");

    private static final Pattern SWITCH = Pattern.compile("[A-Za-z0-9_.-]{1,32}");

    private Names() {}

    static void requireSwitch(String name) {
        if (!SWITCH.matcher(name).matches()) {
            throw Refusal.usage(
                    "'" + name + "' cannot be the name of a switch or a position", "tandem trunks show  names them");
        }
    }

    static void requireServer(String name) {
        if (!SWITCH.matcher(name).matches()) {
            throw Refusal.usage("'" + name + "' cannot be the name of a server", "tandem status  names them");
        }
    }

    static void requireAcd(String name) {
        if (!ACD.matcher(name).matches()) {
            throw Refusal.usage("'" + name + "' cannot be the name of an ACD", "tandem status shows the ACDs");
        }
    }
}
