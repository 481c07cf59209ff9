package org.tandemgw.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tandemgw.gateway.feed.NativeSettings;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Nearest;
import org.tandemgw.profiles.yaml.Section;

/** Reads the feeds of one server: the short form {@code feed} or the long form {@code feeds}. */
final class FeedReader {

    static final Pattern SOUPBINTCP_USER = Pattern.compile("[A-Za-z0-9_-]{1,6}");
    private static final Pattern CATCH_UP = Pattern.compile("[1-9][0-9]{0,8}/s");
    private static final int LONGEST_PASSWORD_BYTES = 10;
    private static final long RESEND = 100;

    private final List<AcdConfig> acds;
    private final Set<String> acdNames;
    private final SecretFiles secrets;
    private final Listeners listeners;
    private final Set<String> legsTaken = new HashSet<>();

    FeedReader(List<AcdConfig> acds, Set<String> acdNames, SecretFiles secrets, Listeners listeners) {
        this.acds = acds;
        this.acdNames = acdNames;
        this.secrets = secrets;
        this.listeners = listeners;
    }

    List<FeedConfig> read(Section server) {
        List<FeedConfig> feeds = new ArrayList<>();
        Section shortForm = server.section("feed");
        FeedConfig.SoupBinTcp all =
                soupBinTcp(shortForm.require("soupbintcp").section("soupbintcp"), named(AcdConfig.Mode.MERGE));
        List<Section> longForm = server.sections("feeds");
        if (server.present() && server.has("feed") == server.has("feeds")) {
            server.reject(
                    "needs either feed or feeds", "feed carries all ACDs on one port, feeds has an entry for each ACD");
            return feeds;
        }
        if (all != null) {
            feeds.add(all);
        }
        String relayed = String.join(", ", named(AcdConfig.Mode.RELAY));
        if (server.has("feed") && !relayed.isEmpty()) {
            server.reject(
                    "feed",
                    "does not carry " + relayed + ", whose legs are passed through (mode: relay)",
                    "write feeds, with an entry for each ACD, and  relay: { listen: ..., leg: ... }  for that one");
        }
        Set<String> fed = new HashSet<>();
        for (Section entry : longForm) {
            FeedConfig feed = entry(entry, fed);
            if (feed != null) {
                feeds.add(feed);
            }
        }
        if (server.has("feeds")) {
            missing(server, fed, AcdConfig.Mode.MERGE, "every merged ACD is fed to both servers");
            missing(
                    server,
                    fed,
                    AcdConfig.Mode.RELAY,
                    "each server has one leg of a relayed ACD: add  relay: { listen: ..., leg: ... }");
        }
        return feeds;
    }

    private void missing(Section server, Set<String> fed, AcdConfig.Mode mode, String remedy) {
        String missing = named(mode).stream().filter(acd -> !fed.contains(acd)).collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            server.reject("feeds", "has no entry for " + missing, remedy);
        }
    }

    private List<String> named(AcdConfig.Mode mode) {
        return acds.stream()
                .filter(acd -> acd.mode() == mode)
                .map(AcdConfig::name)
                .toList();
    }

    private FeedConfig entry(Section entry, Set<String> fed) {
        String acd = entry.require("acd").value("acd", null, knownAcd(), "name an ACD of this file");
        if (acd != null && !fed.add(acd)) {
            entry.reject("acd", "has an entry already", "one feed for each ACD and server");
        }
        FeedConfig soup = soupBinTcp(entry.section("soupbintcp"), acd == null ? List.of() : List.of(acd));
        FeedConfig nativeFeed = nativeFeed(entry.section("native"), acd);
        FeedConfig relay = relay(entry.section("relay"), acd);
        long kinds = List.of("soupbintcp", "native", "relay").stream()
                .filter(entry::has)
                .count();
        if (entry.present() && kinds != 1) {
            entry.reject("needs exactly one of soupbintcp, native and relay", "write one of them beside acd");
            return null;
        }
        checkMode(entry, acd, entry.has("relay"));
        return soup != null ? soup : nativeFeed != null ? nativeFeed : relay;
    }

    private void checkMode(Section entry, String name, boolean relay) {
        acds.stream().filter(acd -> acd.name().equals(name)).findFirst().ifPresent(acd -> {
            boolean relayed = acd.mode() == AcdConfig.Mode.RELAY;
            if (relay && !relayed) {
                entry.reject(
                        "relay",
                        "belongs to an ACD of mode relay, and " + name + " is merged",
                        "write soupbintcp in place of relay");
            } else if (!relay && relayed) {
                entry.reject(
                        entry.has("native") ? "native" : "soupbintcp",
                        "is not possible for " + name
                                + ": its legs are passed through (mode: relay), and there is no stream to be fed from",
                        "write  relay: { listen: ..., leg: ... }");
            }
        });
    }

    private Function<String, String> knownAcd() {
        return text -> {
            if (!acdNames.contains(text)) {
                throw new IllegalArgumentException("is not an ACD of this file"
                        + Nearest.to(text, acdNames)
                                .map(near -> ", did you mean " + near + "?")
                                .orElse(""));
            }
            return text;
        };
    }

    private FeedConfig.SoupBinTcp soupBinTcp(Section soup, List<String> carried) {
        soup.require("listen", "user", "secret-file");
        HostPort listen = soup.address("listen");
        Credentials credentials = soupBinTcpCredentials(soup);
        FeedConfig.OnLost onLost = soup.word("on-lost", FeedConfig.OnLost.class, FeedConfig.OnLost.REJECT);
        long catchUp = catchUp(soup);
        int dscp = Dscp.read(soup);
        listeners.take(Listeners.Transport.TCP, listen, soup, "listen");
        return listen == null || credentials == null
                ? null
                : new FeedConfig.SoupBinTcp(carried, listen, credentials, onLost, catchUp, dscp);
    }

    private static long catchUp(Section soup) {
        return soup.value(
                "catch-up",
                0L,
                text -> {
                    if (!CATCH_UP.matcher(text).matches()) {
                        throw new IllegalArgumentException("is not a number of records a second");
                    }
                    return Long.parseLong(text.substring(0, text.length() - 2));
                },
                "write a number from 1 to 999999999 and /s, as in 50000/s; leave the key out for no limit");
    }

    /** A user and password that fit the fields of a SoupBinTCP login. */
    Credentials soupBinTcpCredentials(Section section) {
        String user = section.text(
                "user",
                null,
                SOUPBINTCP_USER,
                "at most 6 letters, digits, '-' or '_', because a login has no room for more");
        Secret secret = secrets.read(section, "secret-file");
        if (secret != null && !fitsPassword(secret.value())) {
            section.reject(
                    "secret-file",
                    "names a file whose secret is longer than " + LONGEST_PASSWORD_BYTES
                            + " bytes, not ASCII, or begins or ends with a blank",
                    "a login has room for " + LONGEST_PASSWORD_BYTES + " bytes, padded with blanks");
            return null;
        }
        return user == null || secret == null ? null : new Credentials(user, secret);
    }

    private static boolean fitsPassword(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES
                && value.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                && value.strip().equals(value);
    }

    private FeedConfig nativeFeed(Section section, String acd) {
        HostPort listen = section.address("listen");
        HostPort connect = section.address("connect");
        String user = section.text("user", null);
        Secret secret = secrets.read(section, "secret-file");
        FeedConfig.From from = section.word("from", FeedConfig.From.class, FeedConfig.From.CURSOR);
        long resend = section.number("resend", RESEND, 0, NativeSettings.MOST_RESENT);
        int dscp = Dscp.read(section);
        listeners.take(Listeners.Transport.TCP, listen, section, "listen");
        if (!section.present()) {
            return null;
        }
        if (section.has("connect") == section.has("listen")) {
            section.reject(
                    "needs either listen or connect", "listen where the server dials in, connect where we dial it");
        }
        if (section.has("user") != section.has("secret-file")) {
            section.require("user", "secret-file");
        }
        acds.stream().filter(a -> a.name().equals(acd)).findFirst().ifPresent(a -> checkNative(section, a));
        Optional<Credentials> credentials =
                user == null || secret == null ? Optional.empty() : Optional.of(new Credentials(user, secret));
        HostPort address = listen == null ? connect : listen;
        return acd == null || address == null
                ? null
                : new FeedConfig.Native(
                        acd,
                        new FeedConfig.Native.Place(address, section.has("connect")),
                        credentials,
                        from,
                        (int) resend,
                        dscp);
    }

    private static void checkNative(Section section, AcdConfig acd) {
        String profile = acd.profile().name();
        if (!acd.profile().nativeFeed()) {
            section.reject(
                    "is not possible with profile " + profile
                            + ": nobody has written how Tandem would play such an ACD",
                    "write soupbintcp in place of native");
        } else if (acd.profile().session().login().isPresent()
                && acd.profile().session().needsCredentials()) {
            section.require("user", "secret-file");
            if (section.has("connect")) {
                section.reject(
                        "connect",
                        "is not possible with profile " + profile + ": who wants to be fed has to log in",
                        "write listen, and let the server dial in");
            }
        } else if (section.has("connect") && acd.profile().session().login().isPresent()) {
            section.reject(
                    "connect",
                    "is not possible with profile " + profile + ": who wants to be fed has to begin a session",
                    "write listen, and let the server dial in");
        } else if (!section.has("user") && acd.profile().session().takesCredentials()) {
            section.warn(
                    "listen",
                    "lets anybody begin a session who reaches it, and be taken for the server: no password is asked for",
                    "name user and secret-file, or let only the server through to that port");
        } else if (section.has("user") && !acd.profile().session().takesCredentials()) {
            section.warn(
                    "user",
                    "is never asked for: profile " + profile
                            + " has no login, and whoever connects is taken for the server",
                    "leave user and secret-file out, and let only the server through to that port");
        }
    }

    private FeedConfig relay(Section section, String acd) {
        section.require("listen", "leg");
        HostPort listen = section.address("listen");
        long leg = section.number("leg", 0, 1, 2);
        List<Cidr> allow = section.list("allow", Cidr::parse, "write address blocks such as \"10.1.1.20/32\"");
        listeners.take(Listeners.Transport.TCP, listen, section, "listen");
        if (!section.present()) {
            return null;
        }
        if (listen != null && allow.isEmpty()) {
            section.warn("listen", "lets anybody dial in who reaches it", "name the server's addresses under allow:");
        }
        if (acd != null && leg > 0 && !legsTaken.add(acd + "/" + leg)) {
            section.reject(
                    "leg",
                    "is passed through to the other server already",
                    "each server has a leg of its own: write  leg: " + (3 - leg));
        }
        return acd == null || listen == null || leg == 0 ? null : new FeedConfig.Relay(acd, listen, (int) leg, allow);
    }
}
