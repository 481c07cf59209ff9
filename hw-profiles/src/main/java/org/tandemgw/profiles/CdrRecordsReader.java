package org.tandemgw.profiles;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tandemgw.profiles.yaml.Section;

/** The section {@code records} of a profile: what stands where in records of call details. */
final class CdrRecordsReader {
    private static final Pattern ENTRY = Pattern.compile("([a-z0-9/_-]{1,30})( +([1-9][0-9]{0,2}))?");

    /** The names that the ACD's form knows, as far as they are public; what stands in others is nobody's business here. */
    private static final Set<String> NAMES = new TreeSet<>(List.of(
            "acct-code",
            "attd-console",
            "auth-code",
            "bandwidth",
            "bcc",
            "calling-num",
            "calltype",
            "clg-num/in-tac",
            "clg-pty-cat",
            "code-dial",
            "code-used",
            "cond-code",
            "contact-uri",
            "country-from",
            "country-to",
            "date",
            "dialed-num",
            "duration",
            "feat-flag",
            "frl",
            "from-uri",
            "in-crt-id",
            "in-trk-code",
            "ins",
            "isdn-cc",
            "ixc-code",
            "line-feed",
            "location-from",
            "location-to",
            "ma-uui",
            "node-num",
            "null",
            "out-crt-id",
            "ppm",
            "request-uri",
            "res_flag",
            "seq-num",
            "reserved",
            "return",
            "sec-dur",
            "space",
            "start-time",
            "time",
            "timezone-from",
            "timezone-to",
            "to-uri",
            "trunk-codec",
            "tsc_ct",
            "tsc_flag",
            "ucid",
            "vdn"));

    /** Of these the names of calls and of trunks are made. */
    private static final Set<String> OF_NAMES = Set.of("code-used", "in-crt-id", "in-trk-code", "out-crt-id", "ucid");

    private static final int WIDEST_NAME = 32;

    private CdrRecordsReader() {}

    /** Null if the section is not there, or cannot be used. */
    static CdrRecords read(Section section, int maximumBytes) {
        List<CdrRecords.Item> items = items(section);
        CdrRecords records = new CdrRecords(
                items,
                section.word("circuits", CdrRecords.Circuits.class, CdrRecords.Circuits.HUNDREDS_TENS_UNITS),
                section.word("date-order", CdrRecords.DateOrder.class, CdrRecords.DateOrder.MONTH_FIRST),
                section.word("date-record", CdrRecords.DateForm.class, CdrRecords.DateForm.CLOSED),
                section.word("session-dates", CdrRecords.SessionDates.class, CdrRecords.SessionDates.FIRST),
                section.value(
                        "time-zone",
                        Optional.empty(),
                        CdrRecordsReader::zone,
                        "write a zone such as Europe/Berlin, or off"),
                Set.copyOf(section.list("no-call", CdrRecordsReader::code, "write single letters and digits")),
                Set.copyOf(section.list("unanswered", CdrRecordsReader::code, "write single letters and digits")),
                Set.copyOf(section.list("not-compared", CdrRecordsReader::name, "write names of items")));
        if (!section.present()) {
            return null;
        }
        section.require("items");
        if (items.isEmpty()) {
            return null;
        }
        return problem(section, records, maximumBytes) ? null : records;
    }

    private static boolean problem(Section section, CdrRecords records, int maximumBytes) {
        List<CdrRecords.Item> items = records.items();
        int length = items.get(items.size() - 1).to();
        Optional<CdrRecords.Item> tooWide = items.stream()
                .filter(item -> OF_NAMES.contains(item.name()) && item.width() > WIDEST_NAME)
                .findFirst();
        String wrong = "";
        String remedy = "";
        if (items.size() > CdrRecords.MOST_ITEMS) {
            wrong = "has more than " + CdrRecords.MOST_ITEMS + " items";
            remedy = "leave out what stands behind the items that are needed, but end with line-feed";
        } else if (length > maximumBytes) {
            wrong = "is " + length + " columns long, and framing.maximum is " + maximumBytes;
            remedy = "raise framing.maximum";
        } else if (tooWide.isPresent()) {
            wrong = "has " + tooWide.get().name() + " with " + tooWide.get().width() + " columns, and at most "
                    + WIDEST_NAME + " are read";
            remedy = "write how long it really is; what need not be read is  reserved";
        } else if (new String(records.ending(), java.nio.charset.StandardCharsets.US_ASCII).indexOf('\n') < 0) {
            wrong = "does not end with a line feed";
            remedy = "without one nobody can tell where a record ends: add  line-feed  on the ACD's form, and here";
        } else if (records.item("duration").isEmpty() && records.item("sec-dur").isEmpty()) {
            wrong = "has neither duration nor sec-dur";
            remedy = "add one of them on the ACD's form, and here: without it nobody knows how long a call was";
        }
        if (!wrong.isEmpty()) {
            section.reject("items", wrong, remedy);
        }
        return !wrong.isEmpty();
    }

    private static List<CdrRecords.Item> items(Section section) {
        List<CdrRecords.Item> items = new ArrayList<>();
        int from = 0;
        for (Entry entry : section.list(
                "items", CdrRecordsReader::entry, "write name and length, as the ACD's form does: time 4")) {
            items.add(new CdrRecords.Item(entry.name(), from, entry.width()));
            from += entry.width();
        }
        return items;
    }

    private static Entry entry(String text) {
        var matcher = ENTRY.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a name and a length");
        }
        return new Entry(name(matcher.group(1)), matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3)));
    }

    private static String name(String text) {
        if (!NAMES.contains(text)) {
            throw new IllegalArgumentException("is no item that is known; what need not be read is  reserved");
        }
        return text;
    }

    private static Optional<ZoneId> zone(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time zone", e);
        }
    }

    private static String code(String text) {
        if (!text.matches("[0-9A-Z]")) {
            throw new IllegalArgumentException("is not one capital letter or digit");
        }
        return text;
    }

    private record Entry(String name, int width) {}
}
