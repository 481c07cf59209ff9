package org.tandemgw.gateway.reload;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.tandemgw.gateway.config.AcdConfig;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.config.Credentials;
import org.tandemgw.gateway.config.FeedConfig;
import org.tandemgw.gateway.config.LegConfig;
import org.tandemgw.gateway.config.NotifyConfig;
import org.tandemgw.gateway.config.ProbeConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchoverConfig;
import org.tandemgw.profiles.AcdProfile;
import org.tandemgw.profiles.ServerProfile;
import org.tandemgw.profiles.SwitchProfile;
import org.tandemgw.profiles.yaml.HostPort;

/** How the records of a configuration lie under the keys of its file. Pure. */
final class Outline {
    /** Where the component has another name than the key; empty: what is in it lies directly there. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("SiteConfiguration.logLevel", "log.level"),
            Map.entry("SiteConfiguration.metrics", "metrics.listen"),
            Map.entry("SiteConfiguration.notifiers", "notify"),
            Map.entry("LegConfig.credentials", ""),
            Map.entry("SoupBinTcp.credentials", ""),
            Map.entry("SoupBinTcp.catchUpPerSecond", "catch-up"),
            Map.entry("Native.credentials", ""),
            Map.entry("NotifyConfig.kind", "transport"),
            Map.entry("Credentials.secret", "secret-file"),
            Map.entry("ProbeConfig.community", "community-file"),
            Map.entry("JournalConfig.minFreeBytes", "min-free"),
            Map.entry("SwitchConfig.secret", "secret-file"),
            Map.entry("SwitchConfig.positionA", "positions.A"),
            Map.entry("SwitchConfig.positionB", "positions.B"),
            Map.entry("SnmpAgent.community", "community-file"),
            Map.entry("SnmpAgent.user", ""),
            Map.entry("SnmpConfig.users", "v3-users"),
            Map.entry("User.authSecret", "auth-file"),
            Map.entry("User.privSecret", "priv-file"),
            Map.entry("CallRecordsConfig.audience", "for"),
            Map.entry("SwitchoverConfig.configured", "(section)"),
            Map.entry("Drill.schedule", ""),
            Map.entry("History.mostBytes", "at-most"),
            Map.entry("PanelConfig.certificate", "tls.cert"),
            Map.entry("PanelConfig.key", "tls.key"));

    private static final Pattern HUMP = Pattern.compile("([a-z])([A-Z])");

    private Outline() {}

    /** The key of a component, or an empty text if it has none of its own. */
    static String key(Record of, RecordComponent component) {
        final String named = NAMES.get(of.getClass().getSimpleName() + "." + component.getName());
        if (named != null) {
            return named;
        }
        if (of instanceof FeedConfig.Native played && component.getName().equals("place")) {
            return played.dial() ? "connect" : "listen";
        }
        if (component.getName().equals("target")) {
            return target(of);
        }
        return HUMP.matcher(component.getName()).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
    }

    /** What is named by a word of its own for each kind. */
    private static String target(Record of) {
        if (of instanceof ProbeConfig probe) {
            return word(probe.kind());
        }
        if (of instanceof ActionConfig action) {
            return word(action.kind());
        }
        if (of instanceof NotifyConfig notify) {
            return notify.kind() == NotifyConfig.Kind.WEBHOOK ? "webhook" : "syslog";
        }
        return "target";
    }

    /** What is no key: where the file lies, how it reads, what is told by another key, and what only a number of place. */
    static boolean isNoKey(Record of, RecordComponent component) {
        final String name = component.getName();
        return switch (of.getClass().getSimpleName()) {
            case "SiteConfiguration" -> name.equals("file") || name.equals("fileDigest");
            case "LegConfig" -> name.equals("number");
            case "SoupBinTcp" -> name.equals("acds");
            case "Native", "Relay" -> name.equals("acd");
            case "ProbeConfig" -> name.equals("kind");
            case "ActionConfig" ->
                name.equals("kind")
                        || name.equals("on") && ((ActionConfig) of).on().isEmpty();
            default -> false;
        };
    }

    /** The name that an element of a list goes by; null: its place. */
    static String name(Object element) {
        if (element instanceof AcdConfig each) {
            return each.name();
        }
        if (element instanceof ServerConfig each) {
            return each.name();
        }
        if (element instanceof ProbeConfig each) {
            return each.name();
        }
        if (element instanceof SwitchConfig each) {
            return each.name();
        }
        if (element instanceof FeedConfig each) {
            return String.join("+", each.acds());
        }
        if (element instanceof Credentials each) {
            return each.user();
        }
        if (element instanceof SnmpConfig.User each) {
            return each.name();
        }
        if (element instanceof SnmpConfig.Manager each) {
            return each.target().toString();
        }
        if (element instanceof LegConfig each) {
            return Integer.toString(each.number());
        }
        return null;
    }

    /** The word between an element of {@code feeds} and its keys; empty: there is none. */
    static String form(Object element) {
        return element instanceof FeedConfig
                ? element.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                : "";
    }

    /** Records that are one value. */
    static boolean isOneValue(Object value) {
        return !(value instanceof Record)
                || value instanceof HostPort
                || value instanceof AcdProfile
                || value instanceof ServerProfile
                || value instanceof SwitchProfile
                || value instanceof FeedConfig.Native.Place
                || value instanceof SwitchoverConfig.FailBack
                || value instanceof SwitchoverConfig.Weekly;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A key behind another. */
    static String join(String path, String key) {
        return key.isEmpty() ? path : path.isEmpty() ? key : path + "." + key;
    }
}
