package org.tandemgw.gateway.cli;

import java.util.regex.Pattern;

/** What can be a name at all; whether it is one, the appliance or the disk knows. */
final class Names {
    private static final Pattern ACD = Pattern.compile("[A-Za-z0-9-]{1,32}");

    private Names() {}

    static void requireAcd(String name) {
        if (!ACD.matcher(name).matches()) {
            throw Refusal.usage("'" + name + "' cannot be the name of an ACD", "tandem status shows the ACDs");
        }
    }
}
