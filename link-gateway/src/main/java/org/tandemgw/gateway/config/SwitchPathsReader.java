package org.tandemgw.gateway.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tandemgw.gateway.config.SwitchConfig.Flow;
import org.tandemgw.gateway.config.SwitchConfig.Parity;
import org.tandemgw.gateway.config.SwitchConfig.SerialLine;
import org.tandemgw.gateway.config.SwitchConfig.SnmpAgent;
import org.tandemgw.gateway.config.SwitchConfig.SnmpVersion;
import org.tandemgw.profiles.SwitchProfile;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Section;

/** Reads the ways to a trunk switch: {@code tcp}, {@code serial} and {@code snmp}. One box has one owner: no path is named twice. */
final class SwitchPathsReader {

    /** Speeds that every driver of a serial port knows; at others some say yes and run at none. */
    private static final List<Integer> SPEEDS =
            List.of(300, 600, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600);

    /** Old boxes know nothing better than the first of each. */
    private static final Pattern AUTH = Pattern.compile("MD5|SHA-1|SHA-256|SHA-512");

    private static final Pattern PRIV = Pattern.compile("DES|AES-128|AES-256");
    private static final Pattern DEVICE = Pattern.compile("/dev/[\\w./:-]{1,120}");

    private static final Set<String> LOOPBACK = Set.of(
            "localhost",
            "localhost.localdomain",
            "ip6-localhost",
            "ip6-loopback",
            "127.0.0.1",
            "::1",
            "0:0:0:0:0:0:0:1");

    private final SecretFiles secrets;
    private final Map<String, String> taken = new HashMap<>();

    SwitchPathsReader(SecretFiles secrets) {
        this.secrets = secrets;
    }

    /** The ways that were found. */
    record Paths(Optional<HostPort> tcp, Optional<SerialLine> serial, Optional<SnmpAgent> snmp, int dscp) {}

    Paths read(Section section) {
        HostPort tcp = section.address("tcp");
        Optional<SerialLine> serial = serial(section.section("serial"));
        Optional<SnmpAgent> snmp = snmp(section.section("snmp"));
        if (section.present() && !section.has("tcp") && !section.has("serial") && !section.has("snmp")) {
            section.reject(
                    "has none of tcp, serial and snmp",
                    "write one of them; tcp and serial may stand together as two paths to one box");
        }
        take(section, "tcp", tcp == null ? null : "tcp " + place(tcp));
        take(
                section.section("serial"),
                "device",
                serial.map(line -> device(line.device())).orElse(null));
        take(
                section.section("snmp"),
                "target",
                snmp.map(agent -> "snmp " + place(agent.target())).orElse(null));
        int dscp = Dscp.read(section);
        Dscp.refuse(section, section.has("tcp") ? null : "belongs to a switch on tcp", "remove it");
        Dscp.needsAddress(section, "tcp", dscp, tcp);
        return new Paths(Optional.ofNullable(tcp), serial, snmp, dscp);
    }

    private void take(Section section, String key, String path) {
        String by = path == null ? null : taken.putIfAbsent(path, section.path() + "." + key);
        if (by != null) {
            section.reject(
                    key, "is the way to another switch too: " + by, "one box is one switch, with all of its cards");
        }
    }

    /** The same for all names of one line: links below /dev/serial are usual. */
    private static String device(String device) {
        try {
            return Path.of(device).toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            return device.replaceAll("/+", "/"); // it is not there now; a start will say so
        }
    }

    /** The same for all names of this machine; others are not looked up. */
    private static String place(HostPort to) {
        final String host = to.host().toLowerCase(Locale.ROOT);
        return (LOOPBACK.contains(host) ? "127.0.0.1" : host) + ":" + to.port();
    }

    /** Whether the profile knows these ways. */
    static void checkAgainst(SwitchProfile profile, Section section) {
        SwitchProfile.Transports known = profile.transports();
        fits(profile, section, "tcp", known.tcp());
        fits(profile, section, "serial", known.serial());
        fits(profile, section, "snmp", known.snmp());
    }

    private static void fits(SwitchProfile profile, Section section, String key, boolean fits) {
        if (section.has(key) && !fits) {
            SwitchProfile.Transports known = profile.transports();
            String ways =
                    (known.tcp() ? " tcp:" : "") + (known.serial() ? " serial:" : "") + (known.snmp() ? " snmp:" : "");
            section.reject(
                    key, "does not fit profile " + profile.name(), "this profile knows" + ways.replace(":", ": "));
        }
    }

    private static Optional<SerialLine> serial(Section serial) {
        serial.require("device", "baud");
        String device = serial.text("device", null, DEVICE, "write a device such as /dev/ttyS0");
        Integer baud = serial.value("baud", null, SwitchPathsReader::speed, "write one of " + speeds());
        long bits = serial.number("bits", 8, 7, 8);
        Parity parity = serial.word("parity", Parity.class, Parity.NONE);
        long stop = serial.number("stop", 1, 1, 2);
        Flow flow = serial.word("flow", Flow.class, Flow.NONE);
        if (bits == 7 && parity == Parity.NONE && stop == 1) {
            serial.warn("bits", "is 7 without a parity bit, which is rare", "look into the setup menu of the box");
        }
        return device == null || baud == null
                ? Optional.empty()
                : Optional.of(new SerialLine(device, baud, (int) bits, parity, (int) stop, flow));
    }

    private static Integer speed(String text) {
        if (!text.matches("\\d{1,7}") || !SPEEDS.contains(Integer.valueOf(text))) {
            throw new IllegalArgumentException("is no usual speed of a serial line");
        }
        return Integer.valueOf(text);
    }

    private static String speeds() {
        return SPEEDS.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private Optional<SnmpAgent> snmp(Section snmp) {
        HostPort target = snmp.require("target").address("target");
        SnmpVersion version =
                snmp.word("version", SnmpVersion.class, snmp.has("user") ? SnmpVersion.V3 : SnmpVersion.V2C);
        boolean withUser = version == SnmpVersion.V3;
        if (withUser) {
            snmp.require("user", "auth-file", "priv-file");
        } else {
            snmp.require("community-file");
        }
        Secret community = secrets.read(snmp, "community-file");
        SnmpConfig.User user = new SnmpUserReader(secrets, AUTH, PRIV).read(snmp, "user");
        if (snmp.has("user") && !withUser) {
            snmp.reject("user", "belongs to version v3", "write  version: v3,  or remove it");
        } else if (snmp.has("community-file") && withUser) {
            snmp.reject("community-file", "belongs to version v2c", "remove it, or the user");
        }
        return target == null || (withUser ? user == null : community == null)
                ? Optional.empty()
                : Optional.of(
                        new SnmpAgent(target, version, Optional.ofNullable(community), Optional.ofNullable(user)));
    }
}
