package org.tandemgw.profiles;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tandemgw.profiles.SwitchProfile.Evidence;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.Section;

/** From the root section of a trunk switch's profile to its record; what it answers is read by {@link SwitchReplyReader}. */
final class SwitchProfileReader {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Section root;
    private final ProfileAbout about;

    SwitchProfileReader(Section root, ProfileAbout about) {
        this.root = root;
        this.about = about;
    }

    SwitchProfile read() {
        root.require("models", "transports", "frame", "cards", "positions", "reply");
        SwitchProfile.Cards cards = cards(root.section("cards"));
        Map<String, Bytes> positions = positions(root.section("positions"));
        SwitchProfile.Password password = password(root.section("password"));
        boolean readBack = root.word("verify", Verify.class, Verify.READ_BACK) == Verify.READ_BACK;
        return new SwitchProfile(
                about,
                root.list("models", Function.identity(), "write what stands on the box"),
                transports(root.section("transports")),
                password,
                frame(root.section("frame"), cards, password, readBack),
                cards,
                positions,
                new SwitchReplyReader(root.section("reply"), cards).read(),
                timing(root.section("timing")),
                readBack,
                root.flag("drops-input-while-busy", true));
    }

    /** What a section says that it rests on; the careful answer where it says nothing. */
    static Evidence evidence(Section section) {
        return section.word("evidence", Evidence.class, Evidence.ASSUMED);
    }

    private static SwitchProfile.Transports transports(Section section) {
        boolean tcp = section.flag("tcp", false);
        boolean serial = section.flag("serial", false);
        boolean snmp = section.flag("snmp", false);
        if (section.present() && !tcp && !serial && !snmp) {
            section.reject("names no way to reach the box", "write  tcp: on,  serial: on  or  snmp: on");
        }
        if (snmp && (tcp || serial)) {
            section.reject(
                    "snmp",
                    "cannot stand beside tcp or serial, whose frames are bytes",
                    "write a profile of its own for the SNMP side of this box");
        }
        return new SwitchProfile.Transports(
                tcp,
                serial,
                snmp,
                (int) section.number("port", 0, 1, 65_535),
                section.word("connection", Connection.class, Connection.PER_COMMAND) == Connection.PERSISTENT,
                (int) section.number("sessions", 1, 1, 100),
                evidence(section));
    }

    private static SwitchProfile.Password password(Section section) {
        boolean used = section.flag("used", false);
        Bytes forbidden = section.bytes("forbidden");
        return new SwitchProfile.Password(used, forbidden == null ? Bytes.parse("") : forbidden, evidence(section));
    }

    private static SwitchProfile.Frame frame(
            Section section, SwitchProfile.Cards cards, SwitchProfile.Password password, boolean readBack) {
        section.require("select");
        if (readBack) {
            section.require("query");
        }
        Bytes select = section.bytes("select");
        Bytes query = section.bytes("query");
        boolean manyCards = cards.first() != cards.last();
        if (select != null && !select.toString().contains("{position}")) {
            section.reject(
                    "select", "does not hold {position}", "a command names an absolute position, never a toggle");
        }
        if (query != null && query.toString().contains("{position}")) {
            section.reject("query", "holds {position}", "a query must not name one: it might be obeyed");
        }
        lacks(section, "select", select, "{card}", manyCards, "a command names one card");
        lacks(section, "query", query, "{card}", manyCards, "a query names one card");
        lacks(section, "select", select, "{password}", password.used(), "the password rides in each frame");
        lacks(section, "query", query, "{password}", password.used(), "the password rides in each frame");
        return new SwitchProfile.Frame(select, Optional.ofNullable(query), evidence(section));
    }

    private static void lacks(Section section, String key, Bytes frame, String part, boolean needed, String because) {
        if (needed && frame != null && !frame.toString().contains(part)) {
            section.reject(key, "does not hold " + part, because);
        }
    }

    private static SwitchProfile.Cards cards(Section section) {
        section.require("first", "last");
        long first = section.number("first", 1, 0, 4_080);
        long last = section.number("last", 1, 0, 4_080);
        if (last < first) {
            section.reject("last", "is below first", "write the highest card number");
        }
        return new SwitchProfile.Cards(
                (int) first,
                (int) last,
                section.text("all", ""),
                section.flag("all-is-atomic", false),
                evidence(section));
    }

    private static Map<String, Bytes> positions(Section section) {
        section.require("A", "B");
        Map<String, Bytes> positions = new LinkedHashMap<>();
        for (String name : section.names()) {
            Bytes bytes = section.bytes(name);
            if (bytes != null && positions.containsValue(bytes)) {
                section.reject(name, "is called like another position", "a command that means both is a toggle");
            } else if (bytes != null) {
                positions.put(name, bytes);
            }
        }
        return positions;
    }

    private static SwitchProfile.Timing timing(Section section) {
        SwitchProfile.Timing timing = new SwitchProfile.Timing(
                duration(section, "connect", 3_000),
                duration(section, "first-byte", 1_500),
                duration(section, "quiet", 150),
                duration(section, "whole-reply", 3_000),
                pause(section, "gap", 250),
                pause(section, "settle", 400),
                duration(section, "read-back", 3_000),
                (int) section.number("retries", 2, 0, 10),
                pause(section, "backoff", 500),
                pause(section, "backoff-max", 2_000),
                duration(section, "poll", 30_000),
                duration(section, "poll-after-move", 5_000),
                pause(section, "after-move", 60_000),
                duration(section, "poll-max", 600_000),
                duration(section, "late", 10_000),
                evidence(section));
        atLeast(section, "whole-reply", timing.wholeReply(), "first-byte", timing.firstByte());
        atLeast(section, "backoff-max", timing.backoffMax(), "backoff", timing.backoff());
        atLeast(section, "poll-max", timing.pollMax(), "poll", timing.poll());
        atLeast(section, "late", timing.late(), "first-byte", timing.firstByte());
        return timing;
    }

    private static void atLeast(Section section, String key, Duration value, String least, Duration other) {
        if (value.compareTo(other) < 0) {
            section.reject(
                    section.has(key) ? key : least,
                    "makes " + key + " shorter than " + least,
                    "write both, " + key + " the longer one");
        }
    }

    private static Duration pause(Section section, String key, long defMs) {
        return section.duration(key, Duration.ofMillis(defMs), Duration.ZERO, LONGEST);
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
