package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.ServerProfile;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Section;

/** Reads {@code servers}: exactly two, with feeds, probes and what promotes and demotes them. */
final class ServerReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
    private static final Pattern OID = Pattern.compile("\\.?[0-2](\\.\\d{1,10}){1,63}");
    private static final Duration TICK = Duration.ofMillis(10);

    private final HwProfiles profiles;
    private final SecretFiles secrets;
    private final FeedReader feeds;
    private final Actions actions;
    private final Set<String> acdNames;
    private final Set<String> names = new HashSet<>();

    ServerReader(HwProfiles profiles, SecretFiles secrets, FeedReader feeds, Actions actions, Set<String> acdNames) {
        this.profiles = profiles;
        this.secrets = secrets;
        this.feeds = feeds;
        this.actions = actions;
        this.acdNames = acdNames;
    }

    List<ServerConfig> read(Section root) {
        List<ServerConfig> servers = new ArrayList<>();
        List<Section> sections = root.require("servers").sections("servers");
        if (root.has("servers") && sections.size() != 2) {
            root.reject(
                    "servers",
                    "holds " + sections.size() + (sections.size() == 1 ? " server" : " servers"),
                    "write exactly two");
        }
        for (Section section : sections) {
            ServerConfig server = server(section);
            if (server != null) {
                servers.add(server);
            }
        }
        if (servers.size() == 2) {
            checkPair(sections.get(1), servers.get(0).profile(), servers.get(1).profile());
        }
        return servers;
    }

    private ServerConfig server(Section section) {
        section.require("name");
        String name = section.text(
                "name", null, NAME, "letters, digits, '-', '_', '.', at most 32, beginning with a letter or digit");
        if (name != null && !names.add(name.toLowerCase(Locale.ROOT))) {
            section.reject(
                    "name",
                    "is the name of the other server too",
                    "choose another; upper and lower case do not differ");
        }
        String kind = section.text("profile", "generic");
        Optional<ServerProfile> profile = profiles.server(kind);
        if (profile.isEmpty()) {
            section.reject(
                    "profile",
                    "is not a known server profile",
                    ProfileNames.remedy(kind, profiles, ProfileAbout.Kind.SERVER));
        }
        List<FeedConfig> fed = feeds.read(section);
        List<ProbeConfig> probes = probes(section);
        Optional<ActionConfig> promote = actions.read(section.section("promote"));
        Optional<ActionConfig> demote = actions.read(section.section("demote"));
        return name == null || profile.isEmpty()
                ? null
                : new ServerConfig(name, profile.get(), fed, probes, promote, demote);
    }

    private static void checkPair(Section second, ServerProfile one, ServerProfile two) {
        if (!one.pairsWith(two) || !two.pairsWith(one)) {
            second.reject(
                    "profile",
                    "does not pair with " + one.name() + ", the profile of the first server",
                    "a supported pair has the same release on both sides");
        } else if (!one.release().equals(two.release())) {
            second.warn("profile", "has another release than " + one.name(), "use the same release on both servers");
        }
    }

    private List<ProbeConfig> probes(Section server) {
        List<ProbeConfig> probes = new ArrayList<>();
        Set<String> probeNames = new HashSet<>();
        for (Section section : server.sections("probes")) {
            ProbeConfig probe = probe(section);
            if (probe == null) {
                continue;
            }
            if (!probeNames.add(probe.name())) {
                section.reject("name", "is the name of another probe of this server", "choose another");
            }
            probes.add(probe);
        }
        return probes;
    }

    private ProbeConfig probe(Section section) {
        section.require("name");
        String name = section.text("name", null, NAME, "letters, digits, '-', '_', '.', at most 32");
        Duration every = section.duration("every", Duration.ofSeconds(1), TICK, Duration.ofHours(1));
        Duration timeout = section.duration("timeout", Duration.ofMillis(500), TICK, Duration.ofMinutes(5));
        long failures = section.number("failures", 3, 1, 1_000);
        Duration retry = section.duration("retry", Duration.ofMillis(200), Duration.ZERO, Duration.ofMinutes(5));
        HostPort secondPath = section.address("second-path");
        boolean hold = section.flag("hold", false);
        String oid = section.text("oid", null, OID, "write numbers with dots, such as 1.3.6.1.2.1.1.3.0");
        Secret community = secrets.read(section, "community-file");
        int dscp = Dscp.read(section);
        Target target = target(section);
        if (timeout.compareTo(every) >= 0) {
            String key = section.has("timeout") ? "timeout" : "every";
            section.reject(key, "leaves no pause between looks", "timeout must be less than every");
        }
        if (target == null) {
            return null;
        }
        belongsTo(section, "hold", target.kind == ProbeConfig.Kind.TCP, "tcp");
        boolean addressed = target.kind != ProbeConfig.Kind.FEED && target.kind != ProbeConfig.Kind.EXEC;
        belongsTo(section, "second-path", addressed, "tcp, icmp, http, sip or snmp");
        Dscp.refuse(section, notOurs(target.kind), "remove it, or use a probe of kind tcp, http, sip or snmp");
        boolean snmp = target.kind == ProbeConfig.Kind.SNMP;
        belongsTo(section, "oid", snmp, "snmp");
        belongsTo(section, "community-file", snmp, "snmp");
        if (snmp) {
            section.require("oid", "community-file");
        }
        return name == null
                ? null
                : new ProbeConfig(
                        name,
                        target.kind,
                        target.text,
                        every,
                        timeout,
                        (int) failures,
                        retry,
                        Optional.ofNullable(secondPath),
                        hold,
                        Optional.ofNullable(oid),
                        Optional.ofNullable(community),
                        dscp);
    }

    /** Why nobody can mark what this kind sends; null: it can be marked. */
    private static String notOurs(ProbeConfig.Kind kind) {
        return switch (kind) {
            case TCP, HTTP, SIP, SNMP -> null;
            case ICMP -> "cannot be: echo requests are sent by Java, which does not mark them";
            case FEED -> "belongs to the feed that this probe reads from";
            case EXEC -> "cannot be: the program sends what it sends";
        };
    }

    private record Target(ProbeConfig.Kind kind, String text) {}

    private Target target(Section section) {
        HostPort tcp = section.address("tcp");
        String icmp = section.host("icmp");
        String http = actions.url(section, "http");
        SipTarget sip = section.value("sip", null, SipTarget::parse, "write host:port, or host:port;transport=tcp");
        HostPort snmp = section.address("snmp");
        String feed = section.text("feed", null);
        String exec = actions.program(section, "exec");
        if (feed != null && !acdNames.contains(feed)) {
            section.reject("feed", "is not an ACD of this file", "name the ACD whose feed tells");
        }
        Object[] values = {tcp, icmp, http, sip, snmp, feed, exec};
        ProbeConfig.Kind[] kinds = ProbeConfig.Kind.values();
        List<ProbeConfig.Kind> found = Arrays.stream(kinds)
                .filter(kind -> section.has(Section.wordOf(kind)))
                .toList();
        if (section.present() && found.size() != 1) {
            section.reject("needs exactly one way to look", "write one of tcp, icmp, http, sip, snmp, feed, exec");
            return null;
        }
        if (found.isEmpty()) {
            return null;
        }
        // The values stand in the order of the enum: tcp, icmp, http, sip, snmp, feed, exec.
        Object value = values[found.get(0).ordinal()];
        return value == null ? null : new Target(found.get(0), value.toString());
    }

    private static void belongsTo(Section section, String key, boolean fits, String kind) {
        if (section.has(key) && !fits) {
            section.reject(key, "belongs to a probe of kind " + kind, "remove it");
        }
    }
}
