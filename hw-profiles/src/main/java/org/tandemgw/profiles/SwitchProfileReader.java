package org.tandemgw.profiles;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.Section;

/** From the root section of a trunk switch's profile to its record. */
final class SwitchProfileReader {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String FORMS = "write forms: line, line-lfcr, bare, bitmap";

    private final Section root;
    private final ProfileAbout about;

    SwitchProfileReader(Section root, ProfileAbout about) {
        this.root = root;
        this.about = about;
    }

    SwitchProfile read() {
        root.require("models", "transports", "frame", "cards", "positions");
        return new SwitchProfile(
                about,
                root.list("models", Function.identity(), "write what stands on the box"),
                transports(root.section("transports")),
                password(root.section("password")),
                frame(root.section("frame")),
                cards(root.section("cards")),
                positions(root.section("positions")),
                reply(root.section("reply")),
                timing(root.section("timing")),
                root.word("verify", Verify.class, Verify.READ_BACK) == Verify.READ_BACK);
    }

    private static SwitchProfile.Transports transports(Section section) {
        boolean tcp = section.flag("tcp", false);
        boolean serial = section.flag("serial", false);
        if (section.present() && !tcp && !serial) {
            section.reject("names no way to reach the box", "write  tcp: on  or  serial: on");
        }
        return new SwitchProfile.Transports(
                tcp,
                serial,
                (int) section.number("port", 0, 1, 65_535),
                section.word("connection", Connection.class, Connection.PER_COMMAND) == Connection.PERSISTENT,
                (int) section.number("sessions", 1, 1, 100));
    }

    private static SwitchProfile.Password password(Section section) {
        boolean used = section.flag("used", false);
        Bytes forbidden = section.bytes("forbidden");
        return new SwitchProfile.Password(used, forbidden == null ? Bytes.parse("") : forbidden);
    }

    private static SwitchProfile.Frame frame(Section section) {
        section.require("select", "query");
        Bytes select = section.bytes("select");
        if (select != null
                && !(select.toString().contains("{card}") && select.toString().contains("{position}"))) {
            section.reject(
                    "select",
                    "does not hold {card} and {position}",
                    "a command names an absolute position of one card");
        }
        return new SwitchProfile.Frame(select, section.bytes("query"));
    }

    private static SwitchProfile.Cards cards(Section section) {
        section.require("first", "last");
        long first = section.number("first", 1, 0, 255);
        long last = section.number("last", 1, 0, 255);
        if (last < first) {
            section.reject("last", "is below first", "write the highest card number");
        }
        return new SwitchProfile.Cards(
                (int) first, (int) last, section.text("all", ""), section.flag("all-is-atomic", false));
    }

    private static Map<String, Bytes> positions(Section section) {
        section.require("A", "B");
        Map<String, Bytes> positions = new LinkedHashMap<>();
        for (String name : section.names()) {
            Bytes bytes = section.bytes(name);
            if (bytes != null) {
                positions.put(name, bytes);
            }
        }
        return positions;
    }

    private static SwitchProfile.Reply reply(Section section) {
        List<SwitchProfile.Form> parsers = section.list("parsers", SwitchProfileReader::form, FORMS);
        return new SwitchProfile.Reply(
                parsers,
                duration(section, "quiet", 150),
                (int) section.sizeBytes("limit", 4_096, 16, 65_536),
                section.list("busy", Function.identity(), "write replies"),
                section.flag("echo", false),
                section.flag("optional", true));
    }

    private static SwitchProfile.Form form(String text) {
        return Arrays.stream(SwitchProfile.Form.values())
                .filter(form -> Section.wordOf(form).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not a known form of reply"));
    }

    private static SwitchProfile.Timing timing(Section section) {
        return new SwitchProfile.Timing(
                duration(section, "connect", 3_000),
                duration(section, "first-byte", 1_500),
                duration(section, "whole-reply", 3_000),
                duration(section, "gap", 250),
                duration(section, "settle", 400),
                duration(section, "read-back", 3_000),
                duration(section, "read-back-all", 8_000),
                duration(section, "poll", 30_000),
                (int) section.number("retries", 2, 0, 10));
    }

    private static Duration duration(Section section, String key, long defMs) {
        return section.duration(key, Duration.ofMillis(defMs), Duration.ofMillis(1), LONGEST);
    }

    private enum Verify {
        READ_BACK,
        NONE
    }

    private enum Connection {
        PER_COMMAND,
        PERSISTENT
    }
}
