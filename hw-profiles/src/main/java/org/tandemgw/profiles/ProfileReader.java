package org.tandemgw.profiles;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandemgw.profiles.AcdProfile.Identity;
import org.tandemgw.profiles.AcdProfile.KeepAlive;
import org.tandemgw.profiles.AcdProfile.LocalRule;
import org.tandemgw.profiles.AcdProfile.Login;
import org.tandemgw.profiles.AcdProfile.OnPause;
import org.tandemgw.profiles.AcdProfile.Range;
import org.tandemgw.profiles.AcdProfile.Session;
import org.tandemgw.profiles.AcdProfile.Step;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.Section;

/** From the root section of a profile's file to its record. What cannot be used is a problem of the reading. */
final class ProfileReader {

    /** A SoupBinTCP packet carries at most this; a longer frame could not reach a server. */
    static final int LONGEST_FRAME_BYTES = 65_534;

    static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_STEPS = 32;
    private static final Pattern AMI_EVENTS = Pattern.compile("[a-z]+(,[a-z]+){0,31}");
    private static final Pattern ESL_EVENTS = Pattern.compile("[A-Z_]+( [A-Z_]+){0,127}( [A-Za-z0-9_:.-]{1,64}){0,64}");
    private static final Pattern EVENTS = Pattern.compile(AMI_EVENTS.pattern() + "|" + ESL_EVENTS.pattern());
    private static final Pattern PROTOCOL = Pattern.compile("[!-~&&[^<>&\"']]{0,200}");
    private static final String CSTA_EDITION = "http://www.ecma-international.org/standards/ecma-323/csta/ed4";
    private static final String LIST_ACTIONS =
            Arrays.stream(Login.ListAction.values()).map(Login.ListAction::word).collect(Collectors.joining(", "));

    private final Section root;
    private final String source;
    private final byte[] content;

    ProfileReader(Section root, String source, byte[] content) {
        this.root = root;
        this.source = source;
        this.content = content.clone();
    }

    ProfileAbout about(ProfileAbout.Kind kind) {
        root.require("name", "title", "evidence", "hazards");
        return new ProfileAbout(
                kind,
                root.text("name", "", NAME, "lower-case letters, digits and hyphens, at most 40"),
                root.text("title", ""),
                root.list("evidence", Function.identity(), "write one sentence per line, each after  - "),
                root.list("hazards", Function.identity(), "write one sentence per line, each after  - "),
                source,
                new String(content, StandardCharsets.UTF_8));
    }

    ServerProfile server(ProfileAbout about) {
        return new ServerProfile(
                about,
                root.text("release", ""),
                root.list("pairs-with", Function.identity(), "write names of server profiles"),
                root.flag("same-release", false));
    }

    AcdProfile acd(ProfileAbout about) {
        Section identity = root.section("identity");
        Optional<Framing> framing = Optional.ofNullable(framing(root.section("framing")));
        boolean builtIn = root.section("framing").has("codec");
        boolean logsIn = builtIn
                && !(framing.orElse(null) instanceof Framing.BuiltIn codec
                        && !codec.codec().hasLogin());
        boolean csta = framing.orElse(null) instanceof Framing.BuiltIn xml && xml.codec() == Framing.Codec.CSTA_XML;
        AcdProfile profile = new AcdProfile(
                about,
                framing,
                new Identity(
                        identity.word(
                                "by",
                                Identity.By.class,
                                identity.present() ? Identity.By.CONTENT_AND_PLACE : Identity.By.NONE),
                        skipped(identity)),
                localRules(),
                session(root.section("session"), logsIn, csta),
                keepAlive(root.section("keep-alive"), builtIn),
                root.durationOrOff("silence", Duration.ZERO, SHORTEST, LONGEST),
                root.word("on-pause", OnPause.class, OnPause.BLOCKS),
                root.flag("native", false),
                root.flag("relay", false),
                records(framing.orElse(null)));
        if (builtIn) {
            refuseWhatTheCodecKnows(profile);
        }
        if (root.present() && !profile.canMerge() && !profile.relay()) {
            root.reject(
                    "says neither what a frame and its identity are, nor that it may be relayed",
                    "add framing and identity, or  relay: on");
        }
        return profile;
    }

    private Optional<CdrRecords> records(Framing framing) {
        Section section = root.section("records");
        boolean needed = framing instanceof Framing.BuiltIn codec && codec.codec() == Framing.Codec.AVAYA_CDR;
        CdrRecords records =
                CdrRecordsReader.read(section, framing == null ? LONGEST_FRAME_BYTES : framing.maximumBytes());
        if (needed) {
            root.require("records");
        } else if (framing != null && section.present()) {
            root.reject(
                    "records", "describes records of call details", "name their codec:  framing: { codec: avaya-cdr }");
        }
        return needed ? Optional.ofNullable(records) : Optional.empty();
    }

    private void refuseWhatTheCodecKnows(AcdProfile profile) {
        String remedy = "remove it: the codec knows";
        if (!profile.identity().skip().isEmpty()) {
            root.section("identity").reject("skip", "does not go with a codec", remedy);
        }
        if (!profile.local().isEmpty()) {
            root.reject("local", "does not go with a codec", remedy);
        }
        if (!profile.session().steps().isEmpty()) {
            root.section("session").reject("steps", "does not go with a codec", remedy);
        }
        if (profile.framing().orElse(null) instanceof Framing.BuiltIn framing) {
            profile.session().login().ifPresent(login -> refuseAnotherCodecsLogin(framing.codec(), login));
        }
    }

    private void refuseAnotherCodecsLogin(Framing.Codec codec, Login login) {
        Section session = root.section("session");
        boolean esl = codec == Framing.Codec.FREESWITCH_ESL;
        boolean csta = codec == Framing.Codec.CSTA_XML;
        if (login.snapshot().stream().anyMatch(list -> list.codec() != codec)) {
            session.reject(
                    "snapshot",
                    "names a list that this codec does not know",
                    "write some of "
                            + Arrays.stream(Login.ListAction.values())
                                    .filter(list -> list.codec() == codec)
                                    .map(Login.ListAction::word)
                                    .collect(Collectors.joining(", ")));
        }
        if (csta ? session.has("events") : session.has("protocol")) {
            session.reject(csta ? "events" : "protocol", "does not go with this codec", "remove it");
        } else if (!(esl ? ESL_EVENTS : AMI_EVENTS).matcher(login.events()).matches()) {
            session.reject(
                    "events",
                    "are no events of this codec",
                    esl
                            ? "write ALL, or names such as CHANNEL_CREATE CHANNEL_ANSWER, with CUSTOM and its subclasses last"
                            : "write on, or classes such as call,agent");
        }
        if (login.kind().isCsta() != csta) {
            session.reject(
                    "login",
                    "does not go with this codec",
                    csta ? "write  application-session  or  switch-first" : "write  md5  or  plain");
        } else if (esl && login.kind() != Login.Kind.PLAIN) {
            session.reject("login", "is not known to this codec", "write  login: plain");
        }
    }

    private static Framing framing(Section framing) {
        int maximum = (int) framing.sizeBytes("maximum", LONGEST_FRAME_BYTES, 1, LONGEST_FRAME_BYTES);
        Bytes end = framing.bytes("delimiter");
        boolean keep = framing.flag("keep", true);
        Framing.Codec codec = framing.word("codec", Framing.Codec.class, null);
        Framing.LengthField length = lengthField(framing.section("length"), maximum);
        if (!framing.present()) {
            return null;
        }
        long kinds =
                Stream.of("delimiter", "length", "codec").filter(framing::has).count();
        if (kinds != 1) {
            framing.reject(
                    "needs either a delimiter or a length, or names a codec",
                    "write one of  delimiter:, length:  and  codec:");
            return null;
        }
        if (codec != null || framing.has("codec")) {
            return codec == null ? null : new Framing.BuiltIn(codec, maximum);
        }
        if (end == null) {
            return length;
        }
        if (end.length() < 1 || end.length() > 4) {
            framing.reject(
                    "delimiter",
                    "is not 1 to 4 bytes long",
                    "in double quotes \\r, \\n and \\x00 to \\xFF are single bytes");
        }
        return new Framing.Delimiter(end, keep, maximum);
    }

    private static Framing.LengthField lengthField(Section length, int maximum) {
        int offset = (int) length.require("size").number("offset", 0, 0, 255);
        int size = (int) length.number("size", 4, 1, 4);
        Endian endian = length.word("endian", Endian.class, Endian.BIG);
        Counts counts = length.word("counts", Counts.class, Counts.REST);
        int adjust = (int) length.number("adjust", 0, -65_534, 65_534);
        if (!length.present()) {
            return null;
        }
        if (size == 3) {
            length.reject("size", "is not a size that a length field can have", "write 1, 2 or 4");
        }
        if (maximum < offset + size) {
            length.reject("leaves no room for the length field within framing.maximum", "raise framing.maximum");
        }
        int addToLength = adjust + (counts == Counts.REST ? offset + size : 0);
        ByteOrder order = endian == Endian.BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new Framing.LengthField(offset, size, order, addToLength, maximum);
    }

    private static List<Range> skipped(Section identity) {
        List<Range> ranges = new ArrayList<>();
        int end = 0;
        for (Section range : identity.sections("skip")) {
            range.require("offset", "length");
            int offset = (int) range.number("offset", 0, 0, LONGEST_FRAME_BYTES);
            int length = (int) range.number("length", 1, 1, LONGEST_FRAME_BYTES);
            if (offset < end) {
                range.reject("offset", "overlaps the range before it", "write the ranges in ascending order, apart");
            }
            end = offset + length;
            ranges.add(new Range(offset, length));
        }
        return ranges;
    }

    private List<LocalRule> localRules() {
        List<LocalRule> rules = new ArrayList<>();
        for (Section rule : root.sections("local")) {
            Bytes start = rule.bytes("starts-with");
            Bytes whole = rule.bytes("equals");
            if (rule.present() && rule.has("starts-with") == rule.has("equals")) {
                rule.reject("needs either starts-with or equals", "write one of the two");
            } else if (start != null || whole != null) {
                LocalRule.Kind kind = start != null ? LocalRule.Kind.STARTS_WITH : LocalRule.Kind.EQUALS;
                rules.add(new LocalRule(kind, start != null ? start : whole));
            }
        }
        return rules;
    }

    private static Session session(Section session, boolean logsIn, boolean csta) {
        boolean dial = session.flag("dial", true);
        boolean listen = session.flag("listen", false);
        if (session.present() && !dial && !listen) {
            session.reject("lets nobody dial", "write  dial: on  or  listen: on");
        }
        List<Step> steps = new ArrayList<>();
        for (Section step : session.sections("steps")) {
            Bytes send = step.bytes("send");
            Bytes expect = step.bytes("expect");
            Duration timeout = step.duration("timeout", Duration.ofSeconds(5), SHORTEST, Duration.ofMinutes(5));
            if (step.present() && step.has("send") == step.has("expect")) {
                step.reject("needs either send or expect", "write one of the two");
            } else if (send != null) {
                steps.add(new Step(Step.Kind.SEND, send, Duration.ZERO));
            } else if (expect != null) {
                steps.add(new Step(Step.Kind.EXPECT, expect, timeout));
            }
        }
        if (steps.size() > MOST_STEPS) {
            session.reject("steps", "has more than " + MOST_STEPS + " steps", "shorten it");
        }
        Login login = login(session, csta);
        if (!logsIn && Stream.of("login", "events", "snapshot", "protocol").anyMatch(session::has)) {
            session.reject("describes a login that only a codec knows", "name one:  framing: { codec: asterisk-ami }");
        }
        return new Session(dial, listen, steps, logsIn ? Optional.of(login) : Optional.empty());
    }

    private static Login login(Section session, boolean csta) {
        return new Login(
                session.word("login", Login.Kind.class, csta ? Login.Kind.APPLICATION_SESSION : Login.Kind.MD5),
                session.text("events", "on", EVENTS, "write names of events, or of their classes"),
                session.list("snapshot", ProfileReader::listAction, "write some of " + LIST_ACTIONS),
                session.text("protocol", csta ? CSTA_EDITION : "", PROTOCOL, "write the name of an edition"));
    }

    private static Login.ListAction listAction(String word) {
        return Arrays.stream(Login.ListAction.values())
                .filter(action -> action.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not a list that may be asked for"));
    }

    private static Optional<KeepAlive> keepAlive(Section keepAlive, boolean builtIn) {
        Bytes send = keepAlive.bytes("send");
        Duration every = keepAlive.duration("every", Duration.ofSeconds(10), SHORTEST, LONGEST);
        if (builtIn && keepAlive.has("send")) {
            keepAlive.reject("send", "does not go with a codec", "remove it: the codec knows");
        }
        if (builtIn) {
            return keepAlive.has("every") ? Optional.of(new KeepAlive(Bytes.parse(""), every)) : Optional.empty();
        }
        if (keepAlive.has("every") && !keepAlive.has("send")) {
            keepAlive.require("send");
        }
        return Optional.ofNullable(send).map(bytes -> new KeepAlive(bytes, every));
    }

    private enum Endian {
        BIG,
        LITTLE
    }

    private enum Counts {
        REST,
        FRAME
    }
}
