package org.tandemgw.gateway.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tandemgw.gateway.config.SwitchConfig.Flow;
import org.tandemgw.gateway.config.SwitchConfig.OnPartial;
import org.tandemgw.gateway.config.SwitchConfig.Parity;
import org.tandemgw.gateway.config.SwitchConfig.SerialLine;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.SwitchProfile;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Section;

/** Reads {@code switches}: the trunk switches. */
final class SwitchReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
    private static final int MOST_CARDS = 255;

    private final HwProfiles profiles;
    private final SecretFiles secrets;
    private final Set<String> serverNames;
    private final Set<String> names = new HashSet<>();

    SwitchReader(HwProfiles profiles, SecretFiles secrets, Set<String> serverNames) {
        this.profiles = profiles;
        this.secrets = secrets;
        this.serverNames = serverNames;
    }

    List<SwitchConfig> read(Section root) {
        List<SwitchConfig> switches = new ArrayList<>();
        for (Section section : root.sections("switches")) {
            SwitchConfig read = trunkSwitch(section);
            if (read != null) {
                switches.add(read);
            }
        }
        return switches;
    }

    private SwitchConfig trunkSwitch(Section section) {
        section.require("name", "profile", "positions");
        String name = section.text("name", null, NAME, "letters, digits, '-', '_', '.', at most 32");
        if (name != null && !names.add(name)) {
            section.reject("name", "is the name of another switch too", "choose another");
        }
        SwitchProfile profile = profile(section);
        HostPort tcp = section.address("tcp");
        Optional<SerialLine> serial = serial(section.section("serial"));
        if (section.present() && !section.has("tcp") && !section.has("serial")) {
            section.reject("has neither tcp nor serial", "write one of them, or both as two paths to one box");
        }
        Secret secret = secrets.read(section, "secret-file");
        String confirmed = section.text("confirmed", null);
        if (section.present() && confirmed == null) {
            section.warn(
                    "",
                    "is not confirmed",
                    "until somebody confirms that the box is this profile, nothing is sent to it");
        }
        List<Integer> cards = cards(section);
        Map<String, String> positions = positions(section.section("positions"));
        Map<Integer, List<String>> circuits = circuits(section.section("circuits"), cards);
        Duration dwell = section.duration("dwell", Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(1));
        long movesPerHour = section.number("moves-per-hour", 12, 1, 1_000);
        OnPartial onPartial = section.word("on-partial", OnPartial.class, OnPartial.HOLD);
        if (profile != null) {
            checkAgainst(profile, section, secret, cards);
        }
        if (name == null || profile == null || positions.size() != 2) {
            return null;
        }
        return new SwitchConfig(
                name,
                profile,
                Optional.ofNullable(tcp),
                serial,
                Optional.ofNullable(secret),
                Optional.ofNullable(confirmed),
                cards,
                positions.get("A"),
                positions.get("B"),
                circuits,
                dwell,
                (int) movesPerHour,
                onPartial);
    }

    private SwitchProfile profile(Section section) {
        String name = section.text("profile", null);
        Optional<SwitchProfile> profile = profiles.trunkSwitch(name == null ? "" : name);
        if (name != null && profile.isEmpty()) {
            section.reject(
                    "profile",
                    "is not a known switch profile",
                    ProfileNames.remedy(name, profiles, ProfileAbout.Kind.SWITCH));
        }
        return profile.orElse(null);
    }

    private static void checkAgainst(SwitchProfile profile, Section section, Secret secret, List<Integer> cards) {
        if (section.has("tcp") && !profile.transports().tcp()) {
            section.reject(
                    "tcp",
                    "does not fit profile " + profile.name() + ", which has a serial line only",
                    "write  serial:");
        }
        if (section.has("serial") && !profile.transports().serial()) {
            section.reject(
                    "serial", "does not fit profile " + profile.name() + ", which has no serial line", "write  tcp:");
        }
        for (int card : cards) {
            if (card < profile.cards().first() || card > profile.cards().last()) {
                section.reject(
                        "cards",
                        "names card " + card + ", which profile " + profile.name() + " does not have",
                        "its cards are " + profile.cards().first() + " to "
                                + profile.cards().last());
            }
        }
        if (profile.password().used()) {
            section.require("secret-file");
        }
        if (secret != null && holdsForbidden(secret, profile.password().forbidden())) {
            section.reject(
                    "secret-file",
                    "names a file whose secret holds a byte that breaks the frame",
                    "change the password of the box");
        }
    }

    private static boolean holdsForbidden(Secret secret, Bytes forbidden) {
        return secret.value()
                .chars()
                .anyMatch(
                        c -> c > 0x7E || new String(forbidden.toArray(), StandardCharsets.ISO_8859_1).indexOf(c) >= 0);
    }

    private static Optional<SerialLine> serial(Section serial) {
        serial.require("device", "baud");
        String device = serial.text(
                "device", null, Pattern.compile("/dev/[\\w./-]{1,120}"), "write a device such as /dev/ttyS0");
        long baud = serial.number("baud", 0, 50, 4_000_000);
        long bits = serial.number("bits", 8, 7, 8);
        Parity parity = serial.word("parity", Parity.class, Parity.NONE);
        long stop = serial.number("stop", 1, 1, 2);
        Flow flow = serial.word("flow", Flow.class, Flow.NONE);
        return device == null
                ? Optional.empty()
                : Optional.of(new SerialLine(device, (int) baud, (int) bits, parity, (int) stop, flow));
    }

    private static List<Integer> cards(Section section) {
        List<String> words = section.list("cards", Function.identity(), "write card numbers, or  all");
        if (words.isEmpty() || words.equals(List.of("all"))) {
            return List.of();
        }
        List<Integer> cards = section.list("cards", SwitchReader::card, "write card numbers, or  all");
        if (new HashSet<>(cards).size() != cards.size()) {
            section.reject("cards", "names a card twice", "name each card once");
        }
        return cards;
    }

    private static Integer card(String text) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_CARDS) {
            throw new IllegalArgumentException("is not a card number");
        }
        return Integer.valueOf(text);
    }

    private Map<String, String> positions(Section section) {
        section.require("A", "B");
        Map<String, String> positions = new LinkedHashMap<>();
        for (String position : List.of("A", "B")) {
            String server = section.text(position, null);
            if (server != null && !serverNames.contains(server)) {
                section.reject(
                        position, "is not a server of this file", "there are: " + String.join(", ", serverNames));
            } else if (server != null && positions.containsValue(server)) {
                section.reject(position, "is at position A already", "each position names one of the two servers");
            } else if (server != null) {
                positions.put(position, server);
            }
        }
        return positions;
    }

    private static Map<Integer, List<String>> circuits(Section section, List<Integer> cards) {
        Map<Integer, List<String>> circuits = new LinkedHashMap<>();
        for (String card : section.names()) {
            List<String> trunks = section.list(card, Function.identity(), "write trunks as the ACD names them");
            if (!card.matches("\\d{1,3}") || !cards.isEmpty() && !cards.contains(Integer.valueOf(card))) {
                section.reject(card, "is not one of the cards of this switch", "name a card of  cards:");
            } else {
                circuits.put(Integer.valueOf(card), trunks);
            }
        }
        return circuits;
    }
}
