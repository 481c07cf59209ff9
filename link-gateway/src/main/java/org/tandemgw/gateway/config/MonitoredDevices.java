package org.tandemgw.gateway.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tandemgw.profiles.AcdProfile;
import org.tandemgw.profiles.Framing;
import org.tandemgw.profiles.yaml.Section;

/** Reads {@code devices} of an ACD: what it is asked to monitor, where its dialect has monitors. */
final class MonitoredDevices {
    private static final int MOST = 2_000;
    private static final Pattern DEVICE = Pattern.compile("[!-~]{1,100}");
    private static final String REMEDY =
            "write the numbers of queues and telephones as the ACD has them, such as [\"8000\", \"2001\"]";

    private MonitoredDevices() {}

    static List<String> read(Section acd, AcdProfile profile) {
        boolean monitors = profile != null
                && profile.framing().orElse(null) instanceof Framing.BuiltIn builtIn
                && builtIn.codec() == Framing.Codec.CSTA_XML;
        List<String> devices = acd.list("devices", MonitoredDevices::device, REMEDY);
        if (profile != null && !monitors) {
            if (acd.has("devices")) {
                acd.reject(
                        "devices",
                        "does not go with profile " + profile.name() + ", which has no monitors",
                        "remove it");
            }
            return List.of();
        }
        if (!monitors) {
            return devices;
        }
        acd.require("devices");
        if (acd.has("devices") && devices.isEmpty() || devices.size() > MOST) {
            acd.reject("devices", "holds " + devices.size() + " devices", "1 to " + MOST + " can be monitored");
        }
        Set<String> seen = new HashSet<>();
        devices.stream()
                .filter(device -> !seen.add(device))
                .findFirst()
                .ifPresent(twice -> acd.reject(
                        "devices", "has " + twice + " twice", "write each once: it would be monitored twice"));
        return devices;
    }

    private static String device(String text) {
        if (!DEVICE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "is no number of a device: printable characters without space, at most 100");
        }
        return text;
    }
}
