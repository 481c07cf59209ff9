package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tandemgw.profiles.AcdProfile;
import org.tandemgw.profiles.Framing;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Section;

/** Reads {@code acds}: 1 to 8 ACDs with two legs each. */
final class AcdReader {

    /** It becomes part of a line that is sent: nothing in it may end that line. */
    private static final Pattern USER = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private static final int MOST_ACDS = 8;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,5}");

    /** Sessions of this form carry recoveries. */
    private static final Pattern RECOVERY_SESSION = Pattern.compile("[Rr]\\d+");

    private final HwProfiles profiles;
    private final SecretFiles secrets;
    private final Listeners listeners;
    private final Set<String> names = new HashSet<>();

    AcdReader(HwProfiles profiles, SecretFiles secrets, Listeners listeners) {
        this.profiles = profiles;
        this.secrets = secrets;
        this.listeners = listeners;
    }

    List<AcdConfig> read(Section root) {
        List<AcdConfig> acds = new ArrayList<>();
        List<Section> sections = root.require("acds").sections("acds");
        for (Section section : sections) {
            AcdConfig acd = acd(section);
            if (acd != null) {
                acds.add(acd);
            }
        }
        if (root.has("acds") && sections.isEmpty() || sections.size() > MOST_ACDS) {
            root.reject("acds", "holds " + sections.size() + " ACDs", "a site has 1 to " + MOST_ACDS);
        }
        return acds;
    }

    private AcdConfig acd(Section section) {
        section.require("name", "profile", "legs");
        String name =
                section.text("name", null, NAME, "at most 6 letters, digits or '-', because it is a session name");
        if (name != null && !names.add(name.toLowerCase(Locale.ROOT))) {
            section.reject(
                    "name", "is the name of another ACD too", "choose another; upper and lower case do not differ");
        }
        if (name != null && RECOVERY_SESSION.matcher(name).matches()) {
            section.reject("name", "is kept for the sessions of recoveries", "choose a name other than R and digits");
        }
        AcdProfile profile = profile(section);
        AcdConfig.Mode mode = section.word("mode", AcdConfig.Mode.class, AcdConfig.Mode.MERGE);
        checkMode(section, mode, profile);
        Duration silence = section.durationOrOff(
                "silence",
                profile == null ? Duration.ZERO : profile.silence(),
                Duration.ofSeconds(1),
                Duration.ofDays(1));
        List<LegConfig> legs = legs(section, profile);
        List<String> devices = MonitoredDevices.read(section, profile);
        return name == null || profile == null || legs.size() != 2
                ? null
                : new AcdConfig(name, profile, mode, silence, legs, devices);
    }

    private AcdProfile profile(Section section) {
        String name = section.text("profile", null);
        Optional<AcdProfile> profile = profiles.acd(name == null ? "" : name);
        if (name != null && profile.isEmpty()) {
            section.reject(
                    "profile",
                    "is not a known ACD profile",
                    ProfileNames.remedy(name, profiles, ProfileAbout.Kind.ACD));
        }
        return profile.orElse(null);
    }

    private static void checkMode(Section section, AcdConfig.Mode mode, AcdProfile profile) {
        if (profile == null) {
            return;
        }
        if (mode == AcdConfig.Mode.RELAY && !profile.relay()) {
            section.reject("mode", "is not possible with profile " + profile.name(), "write  mode: merge");
        } else if (mode == AcdConfig.Mode.RELAY) {
            relayedLegs(section);
        } else if (!profile.canMerge() && profile.relay()) {
            section.reject(
                    section.has("mode") ? "mode" : "profile",
                    "cannot be merged: profile " + profile.name()
                            + " does not say what a frame and its identity are, as nobody has made that public",
                    "write  mode: relay : each leg is then passed through to one server. Guessing would lose calls");
        } else if (!profile.canMerge()) {
            section.reject(
                    section.has("mode") ? "mode" : "profile",
                    "cannot be merged: profile " + profile.name() + " does not say what a frame and its identity are",
                    "use a profile that does; guessing would lose calls");
        } else if (!keepsDelimiter(profile)) {
            section.reject(
                    "profile",
                    "leaves the delimiter out of its frames (keep: off), which is not built in this version",
                    "write  keep: on  in profile " + profile.name());
        }
    }

    private static void relayedLegs(Section section) {
        for (Section leg : section.sections("legs")) {
            if (leg.has("listen")) {
                leg.reject(
                        "listen",
                        "is not possible with mode: relay, where the ACD is dialled when its server has come",
                        "write  connect:");
            }
        }
    }

    private static boolean keepsDelimiter(AcdProfile profile) {
        return profile.framing()
                .map(framing -> !(framing instanceof Framing.Delimiter delimiter) || delimiter.keep())
                .orElse(true);
    }

    private List<LegConfig> legs(Section section, AcdProfile profile) {
        List<Section> sections = section.sections("legs");
        if (section.has("legs") && sections.size() != 2) {
            section.reject(
                    "legs",
                    "holds " + sections.size() + (sections.size() == 1 ? " leg" : " legs")
                            + "; single and dual links mixed lose data",
                    "write exactly two");
        }
        List<LegConfig> legs = new ArrayList<>();
        for (Section leg : sections) {
            LegConfig read = leg(leg, legs.size() + 1, profile);
            if (read != null) {
                legs.add(read);
            }
        }
        warnOfOnePath(sections, legs);
        return legs;
    }

    private LegConfig leg(Section leg, int number, AcdProfile profile) {
        HostPort connect = leg.address("connect");
        HostPort listen = leg.address("listen");
        String bind = leg.ipAddress("bind");
        List<Cidr> allow = leg.list("allow", Cidr::parse, "write address blocks such as \"10.1.1.0/24\"");
        Credentials credentials = credentials(leg, profile);
        int dscp = Dscp.read(leg);
        if (!leg.present()) {
            return null;
        }
        if (leg.has("connect") == leg.has("listen")) {
            leg.reject("needs either connect or listen", "connect where we dial the ACD, listen where it dials us");
            return null;
        }
        if (leg.has("bind") && leg.has("listen")) {
            leg.reject("bind", "belongs to a leg that dials", "listen names the local address already");
        }
        if (leg.has("allow") && leg.has("connect")) {
            leg.reject("allow", "belongs to a leg that listens", "remove it");
        }
        if (listen != null && allow.isEmpty()) {
            leg.warn("listen", "lets anybody dial in who reaches it", "name the ACD's addresses under allow:");
        }
        checkSession(leg, profile);
        Dscp.needsAddress(leg, "connect", dscp, connect);
        listeners.take(Listeners.Transport.TCP, listen, leg, "listen");
        return new LegConfig(
                number,
                Optional.ofNullable(connect),
                Optional.ofNullable(listen),
                Optional.ofNullable(bind),
                allow,
                Optional.ofNullable(credentials),
                dscp);
    }

    private Credentials credentials(Section leg, AcdProfile profile) {
        String user = leg.text("user", null, USER, "printable characters, at most 100");
        Secret secret = secrets.read(leg, "secret-file");
        if (leg.has("user") != leg.has("secret-file")) {
            leg.require("user", "secret-file");
        }
        boolean needed = profile != null && profile.session().needsCredentials();
        if (needed) {
            leg.require("user", "secret-file");
        } else if (profile != null && leg.has("user") && !profile.session().takesCredentials()) {
            leg.warn("user", "is not used: profile " + profile.name() + " has no login", "remove user and secret-file");
        }
        return user == null || secret == null ? null : new Credentials(user, secret);
    }

    private static void checkSession(Section leg, AcdProfile profile) {
        if (profile == null) {
            return;
        }
        if (leg.has("connect") && !profile.session().gatewayMayDial()) {
            leg.reject("connect", "does not fit profile " + profile.name() + ": that ACD dials in", "write  listen:");
        }
        if (leg.has("listen") && !profile.session().acdMayDial()) {
            leg.reject("listen", "does not fit profile " + profile.name() + ": that ACD is dialled", "write  connect:");
        }
    }

    private static void warnOfOnePath(List<Section> sections, List<LegConfig> legs) {
        if (legs.size() == 2
                && legs.get(0).connect().isPresent()
                && legs.get(0).connect().equals(legs.get(1).connect())) {
            sections.get(1).warn("connect", "is the address of leg 1 too", "two legs on one path fail together");
        }
    }
}
