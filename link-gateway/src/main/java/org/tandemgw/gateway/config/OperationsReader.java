package org.tandemgw.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tandemgw.gateway.config.Listeners.Transport;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Section;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.Media;
import org.tandemgw.recovery.MediaRule;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.Treatment;

/** Reads what operators see: {@code snmp}, {@code metrics}, {@code panel}, {@code notify}; and {@code network}, {@code recovery}. */
final class OperationsReader {

    private static final Pattern AUTH = Pattern.compile("SHA-256|SHA-384|SHA-512");
    private static final Pattern PRIV = Pattern.compile("AES-128|AES-192|AES-256");

    private static final Pattern TRANSPORT = Pattern.compile("udp|tcp");

    private static final int MOST_MANAGERS = 16;
    private static final int MOST_TARGETS = 16;

    private final SecretFiles secrets;
    private final Listeners listeners;
    private final Actions actions;
    private final Set<String> serverNames;

    OperationsReader(SecretFiles secrets, Listeners listeners, Actions actions, Set<String> serverNames) {
        this.secrets = secrets;
        this.listeners = listeners;
        this.actions = actions;
        this.serverNames = serverNames;
    }

    Optional<SnmpConfig> snmp(Section section) {
        HostPort listen = section.require("listen").address("listen");
        listeners.take(Transport.UDP, listen, section, "listen");
        String enterprise = section.text(
                "enterprise",
                SnmpConfig.PLAYPEN,
                SnmpConfig.ENTERPRISE,
                "write an identifier below 1.3.6.1.4.1, like " + SnmpConfig.PLAYPEN);
        List<SnmpConfig.User> users = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Section user : section.sections("v3-users")) {
            user.require("name", "auth-file", "priv-file");
            SnmpConfig.User read = new SnmpUserReader(secrets, AUTH, PRIV).read(user, "name");
            if (read != null) {
                users.add(read);
                if (!known.add(read.name())) {
                    user.reject("name", "is the name of another user too", "choose another");
                }
            }
        }
        List<String> communities = section.list("communities", Function.identity(), "write community names");
        known.addAll(communities);
        if (!communities.isEmpty()) {
            section.warn("communities", "lets SNMPv2c in, which sends its community in the clear", "prefer v3-users");
        }
        List<SnmpConfig.Manager> managers = new ArrayList<>();
        for (Section manager : section.sections("managers")) {
            HostPort target = manager.require("target", "user").address("target");
            String user = manager.text("user", null);
            boolean inform = manager.flag("inform", true);
            if (user != null && !known.contains(user)) {
                manager.reject("user", "is none of v3-users and communities", "add it there");
            }
            if (target != null && user != null) {
                managers.add(new SnmpConfig.Manager(target, user, inform));
            }
        }
        if (managers.size() > MOST_MANAGERS) {
            section.reject("managers", "are more than " + MOST_MANAGERS, "let some of them be told by others");
        }
        if (section.present() && users.isEmpty() && communities.isEmpty()) {
            section.warn("needs v3-users", "nobody may ask the agent", "name at least one of v3-users");
        }
        return listen == null
                ? Optional.empty()
                : Optional.of(new SnmpConfig(listen, enterprise, users, communities, managers));
    }

    Optional<HostPort> metrics(Section section) {
        HostPort listen = section.require("listen").address("listen");
        listeners.take(Transport.TCP, listen, section, "listen");
        return Optional.ofNullable(listen);
    }

    Optional<PanelConfig> panel(Section section) {
        HostPort listen = section.require("listen").address("listen");
        listeners.take(Transport.TCP, listen, section, "listen");
        Section tls = section.section("tls").require("cert", "key");
        Path certificate = secrets.publicFile(tls, "cert");
        Path key = secrets.privateFile(tls, "key");
        Path users = secrets.privateFile(section, "users-file");
        return listen == null
                ? Optional.empty()
                : Optional.of(new PanelConfig(
                        listen,
                        Optional.ofNullable(certificate),
                        Optional.ofNullable(key),
                        Optional.ofNullable(users)));
    }

    List<NotifyConfig> notify(Section root) {
        List<NotifyConfig> notify = new ArrayList<>();
        for (Section section : root.sections("notify")) {
            HostPort syslog = section.address("syslog");
            String webhook = actions.url(section, "webhook");
            String transport = section.text("transport", "udp", TRANSPORT, "write udp or tcp");
            if (section.present() && section.has("syslog") == section.has("webhook")) {
                section.reject("needs either syslog or webhook", "write one of them in each entry");
            } else if (section.has("webhook") && section.has("transport")) {
                section.reject("transport", "is for syslog", "leave it out; a webhook goes over TCP");
            } else if (syslog != null && transport != null) {
                notify.add(new NotifyConfig(
                        transport.equals("tcp") ? NotifyConfig.Kind.SYSLOG_TCP : NotifyConfig.Kind.SYSLOG_UDP,
                        syslog.toString()));
            } else if (webhook != null) {
                if (!UrlAddress.isSecure(webhook)) {
                    section.warn("webhook", "goes in clear text over the network", "prefer https");
                }
                notify.add(new NotifyConfig(NotifyConfig.Kind.WEBHOOK, webhook));
            }
        }
        if (notify.size() > MOST_TARGETS) {
            root.reject("notify", "has more than " + MOST_TARGETS + " entries", "let some of them be told by others");
        }
        if (notify.stream().distinct().count() < notify.size()) {
            root.reject("notify", "names a target twice", "leave one of them out");
        }
        return notify;
    }

    NetworkConfig network(Section section) {
        List<String> gateways = section.list("gateways", OperationsReader::host, "write addresses without ports");
        Section netTest = section.section("net-test");
        Map<String, String> neighbours = new LinkedHashMap<>();
        for (String server : netTest.names()) {
            String neighbour = netTest.host(server);
            if (!serverNames.contains(server)) {
                netTest.reject(
                        server,
                        "is under a name that is not a server of this file",
                        "there are: " + String.join(", ", serverNames));
            } else if (neighbour != null) {
                neighbours.put(server, neighbour);
            }
        }
        return new NetworkConfig(gateways, neighbours);
    }

    private static String host(String text) {
        if (!HostPort.isHost(text)) {
            throw new IllegalArgumentException("is neither a host name nor an IP address");
        }
        return text;
    }

    RecoveryConfig recovery(Section section) {
        Section media = section.section("media");
        Map<Media, MediaRule> rules = new LinkedHashMap<>();
        for (Media medium : Media.values()) {
            boolean mail = medium == Media.MAIL;
            rules.put(
                    medium,
                    media.value(
                            medium.word(),
                            RecoveryPolicy.usual(medium),
                            text -> rule(text, mail),
                            mail ? "write on, off or assigned" : "write on or off"));
        }
        Section states = section.section("states");
        Map<CallState, Treatment> treatments = new LinkedHashMap<>();
        for (CallState state : CallState.values()) {
            treatments.put(
                    state,
                    states.value(
                            state.word(),
                            RecoveryPolicy.usual(state),
                            OperationsReader::treatment,
                            "write recover, keep or leave"));
        }
        return new RecoveryConfig(rules, treatments);
    }

    private static MediaRule rule(String text, boolean mail) {
        if (mail && text.equals("assigned")) {
            return MediaRule.ASSIGNED;
        }
        return switch (text) {
            case "on", "true" -> MediaRule.ON;
            case "off", "false" -> MediaRule.OFF;
            default -> throw new IllegalArgumentException("is not a word known here");
        };
    }

    private static Treatment treatment(String text) {
        for (Treatment each : Treatment.values()) {
            if (each.word().equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("is not a word known here");
    }
}
