package org.tandemgw.gateway.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tandemgw.gateway.config.SwitchConfig.OnPartial;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.SwitchProfile;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.Section;

/** Reads {@code switches}: the trunk switches. */
final class SwitchReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
    private static final String EXAMPLE = "2026-11-21 jd";
    private static final Pattern CONFIRMED = Pattern.compile("\\d{4}-\\d{2}-\\d{2} +[^\\s].{0,79}");
    private static final int MOST_CARDS = 64;

    /** What is remembered of each has to find room in the control file. */
    private static final int MOST_SWITCHES = 4;

    private final HwProfiles profiles;
    private final SecretFiles secrets;
    private final Set<String> serverNames;
    private final SwitchPathsReader paths;
    private final Set<String> names = new HashSet<>();

    SwitchReader(HwProfiles profiles, SecretFiles secrets, Set<String> serverNames) {
        this.profiles = profiles;
        this.secrets = secrets;
        this.serverNames = serverNames;
        this.paths = new SwitchPathsReader(secrets);
    }

    List<SwitchConfig> read(Section root) {
        List<SwitchConfig> switches = new ArrayList<>();
        for (Section section : root.sections("switches")) {
            SwitchConfig read = trunkSwitch(section);
            if (read != null) {
                switches.add(read);
            }
        }
        if (switches.size() > MOST_SWITCHES) {
            root.reject("switches", "holds more than " + MOST_SWITCHES + " switches", "name at most " + MOST_SWITCHES);
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
        SwitchPathsReader.Paths ways = paths.read(section);
        Secret secret = secrets.read(section, "secret-file");
        String confirmed = section.text(
                "confirmed", null, CONFIRMED, "write the day and who has looked at the box, like \"2026-11-21 jd\"");
        List<Integer> cards = cards(section, profile);
        Map<String, String> positions = positions(section.section("positions"));
        Map<Integer, List<String>> circuits = circuits(section.section("circuits"), cards);
        Duration dwell = section.duration("dwell", Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(1));
        long movesPerHour = section.number("moves-per-hour", 12, 1, 1_000);
        OnPartial onPartial = section.word("on-partial", OnPartial.class, OnPartial.HOLD);
        if (profile != null) {
            checkAgainst(profile, section, secret);
        }
        if (profile == null || name == null || positions.size() != 2) {
            return null;
        }
        SwitchConfig config = new SwitchConfig(
                name,
                profile,
                ways.tcp(),
                ways.serial(),
                ways.snmp(),
                Optional.ofNullable(secret),
                Optional.ofNullable(confirmed),
                cards,
                positions.get("A"),
                positions.get("B"),
                circuits,
                dwell,
                (int) movesPerHour,
                onPartial,
                ways.dscp());
        warn(config, section);
        tryRules(config, section);
        return config;
    }

    /** The driver has the last word on what can be used; what it refuses is refused here, where there is a line to point at. */
    private static void tryRules(SwitchConfig config, Section section) {
        if (config.cards().isEmpty()
                || config.profile().password().used() && config.secret().isEmpty()) {
            return; // told already
        }
        try {
            SwitchRules.settings(config, true);
        } catch (IllegalArgumentException e) {
            section.reject("profile", "cannot be used: " + e.getMessage(), "correct the profile, or this section");
        }
    }

    /** What a person has to know before he relies on it. */
    private static void warn(SwitchConfig config, Section section) {
        if (config.confirmed().isEmpty() && !section.has("confirmed")) {
            section.warn(
                    "",
                    "is not confirmed: nothing is sent to it, not even a query",
                    "look at the type plate and at the hazards below, then write  confirmed: \"" + EXAMPLE + "\"");
        }
        if (config.confirmed().filter(SwitchReader::lies).isPresent()) {
            section.warn(
                    "confirmed",
                    "is no day that has been: " + config.confirmed().get(),
                    "write the day on which somebody looked, like \"" + EXAMPLE + "\"");
        }
        if (!config.profile().readBack()) {
            section.warn(
                    "profile",
                    "says  verify: none: no move can ever be proved, and no selection is ever OK",
                    "use a profile with a query, or watch the trunks themselves after each move");
        }
    }

    /** A day to come, or none of the calendar. Somewhere it is tomorrow already. */
    private static boolean lies(String confirmed) {
        try {
            return LocalDate.parse(confirmed.substring(0, EXAMPLE.indexOf(' ')))
                    .isAfter(LocalDate.now(ZoneOffset.UTC).plusDays(1));
        } catch (DateTimeParseException e) {
            return true;
        }
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

    private static void checkAgainst(SwitchProfile profile, Section section, Secret secret) {
        SwitchPathsReader.checkAgainst(profile, section);
        if (profile.password().used()) {
            section.require("secret-file");
        }
        if (secret != null && holdsForbidden(secret, profile.password().forbidden())) {
            section.reject(
                    "secret-file",
                    "names a file whose secret holds a byte that breaks the frame",
                    "change the password of the box: printable ASCII only");
        }
    }

    private static boolean holdsForbidden(Secret secret, Bytes forbidden) {
        return secret.value()
                .chars()
                .anyMatch(
                        c -> c > 0x7E || new String(forbidden.toArray(), StandardCharsets.ISO_8859_1).indexOf(c) >= 0);
    }

    /** In rising order; never empty in a good file. */
    private static List<Integer> cards(Section section, SwitchProfile profile) {
        List<String> words = section.list("cards", Function.identity(), "write card numbers, or  all");
        if (words.isEmpty() || words.equals(List.of("all"))) {
            return all(section, profile);
        }
        List<Integer> cards = section.list("cards", SwitchReader::card, "write card numbers, or  all");
        if (new HashSet<>(cards).size() != cards.size()) {
            section.reject("cards", "names a card twice", "name each card once");
        }
        if (cards.size() > MOST_CARDS) {
            section.reject("cards", "names more than " + MOST_CARDS + " cards", "describe them as several switches");
        }
        for (int card : cards) {
            if (profile != null
                    && (card < profile.cards().first() || card > profile.cards().last())) {
                section.reject(
                        "cards",
                        "names card " + card + ", which profile " + profile.name() + " does not have",
                        "its cards are " + profile.cards().first() + " to "
                                + profile.cards().last());
            }
        }
        return cards.stream().sorted().toList();
    }

    private static List<Integer> all(Section section, SwitchProfile profile) {
        if (profile == null) {
            return List.of();
        }
        int first = profile.cards().first();
        int last = profile.cards().last();
        if (last - first >= MOST_CARDS) {
            section.reject(
                    section.has("cards") ? "cards" : "",
                    "would mean all of " + first + " to " + last,
                    "name those that are yours, at most " + MOST_CARDS);
            return List.of();
        }
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static Integer card(String text) {
        if (!text.matches("\\d{1,4}")) {
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
            if (!card.matches("\\d{1,4}") || !cards.isEmpty() && !cards.contains(Integer.valueOf(card))) {
                section.reject(card, "is not one of the cards of this switch", "name a card of  cards:");
            } else {
                circuits.put(Integer.valueOf(card), trunks);
            }
        }
        return circuits;
    }
}
