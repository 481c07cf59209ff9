package org.tandemgw.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.config.CallRecordsConfig;
import org.tandemgw.gateway.config.Credentials;
import org.tandemgw.gateway.config.FeedConfig;
import org.tandemgw.gateway.config.JournalConfig;
import org.tandemgw.gateway.config.LegConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.dialect.ContentIdentity;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.LocalFrames;
import org.tandemgw.gateway.dialect.OpaqueDialect;
import org.tandemgw.gateway.dialect.ami.AmiDialect;
import org.tandemgw.gateway.dialect.cdr.CdrDialect;
import org.tandemgw.gateway.dialect.csta.CstaDialect;
import org.tandemgw.gateway.dialect.esl.EslDialect;
import org.tandemgw.gateway.feed.FeedLimits;
import org.tandemgw.gateway.feed.FeedSettings;
import org.tandemgw.gateway.frame.DelimiterDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LengthFieldDecoder;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.leg.LegSettings;
import org.tandemgw.gateway.leg.SessionScript;
import org.tandemgw.profiles.AcdProfile;
import org.tandemgw.profiles.Framing;
import org.tandemgw.profiles.yaml.HostPort;

/** From what the configuration and the profiles say to the settings of the parts. No decisions of its own. */
public final class Wiring {
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    /** Nothing that an ACD sends is believed to be one frame beyond this. */
    private static final long BELIEVED_BYTES = 16L << 20;
    /** Messages of text are short: what goes on for longer has no end. */
    private static final long BELIEVED_MESSAGE_BYTES = 1L << 20;

    /** The header has two bytes for the length. */
    private static final long LONGEST_CSTA_BYTES = 65_535;

    private Wiring() {}

    /** The servers that get an ACD's journal, by feeds that this version carries. */
    static List<String> serversFedWith(SiteConfiguration site, String acd) {
        return site.servers().stream()
                .filter(server -> server.feeds().stream()
                        .anyMatch(feed -> !(feed instanceof FeedConfig.Relay)
                                && feed.acds().contains(acd)))
                .map(ServerConfig::name)
                .toList();
    }

    /** What is written down about calls. Before the first switchover in a journal, what the file says of a start counts. */
    static BookSettings books(SiteConfiguration site, String active) {
        final List<String> servers =
                site.servers().stream().map(ServerConfig::name).toList();
        return new BookSettings(
                site.data().resolve(IntervalFile.FOLDER),
                site.statistics().interval(),
                site.statistics().keep().toDays(),
                site.callRecords()
                        .map(records -> new BookSettings.Records(
                                records.audience() == CallRecordsConfig.Audience.BOTH,
                                records.folder(),
                                records.keep().toDays())),
                servers,
                active != null ? active : site.switchover().initial().orElse(servers.get(0)),
                site.journal().minFreeBytes());
    }

    static LegSettings leg(LegConfig leg, Dialect dialect) {
        return new LegSettings(
                leg.number(),
                leg.connect().map(HostPort::toSocketAddress).orElse(null),
                leg.bind().map(Wiring::address).orElse(null),
                leg.listen().map(HostPort::toSocketAddress).orElse(null),
                from -> leg.allow().isEmpty() || leg.allow().stream().anyMatch(block -> block.contains(from)),
                dialect.leg(leg.number())
                        .session(
                                leg.credentials()
                                        .map(each -> latin(each.user()))
                                        .orElse(""),
                                leg.credentials()
                                        .map(each -> latin(each.secret().value()))
                                        .orElse("")),
                CONNECT_TIMEOUT_MS,
                leg.dscp());
    }

    private static SessionScript script(AcdProfile profile) {
        final List<SessionScript.Step> steps = profile.session().steps().stream()
                .map(step -> step.kind() == AcdProfile.Step.Kind.SEND
                        ? new SessionScript.Step(step.bytes().toArray(), new byte[0], 0)
                        : new SessionScript.Step(
                                new byte[0],
                                step.bytes().toArray(),
                                step.timeout().toMillis()))
                .toList();
        return profile.keepAlive()
                .map(alive -> new SessionScript(
                        steps, alive.send().toArray(), alive.every().toMillis()))
                .orElseGet(() -> new SessionScript(steps, new byte[0], 0));
    }

    /** The text whose ISO 8859-1 bytes are the UTF-8 bytes of the given one. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * How one ACD of this profile speaks, with keys that no other process has.
     *
     * @param devices what is monitored, where the dialect has monitors
     */
    public static Dialect dialect(AcdProfile profile, List<String> devices, long seed) {
        final Framing framing = profile.framing().orElseThrow();
        if (framing instanceof Framing.BuiltIn builtIn) {
            return builtIn(builtIn, profile, devices, seed);
        }
        final LinkFrameDecoder.Limits limits = new LinkFrameDecoder.Limits(framing.maximumBytes(), BELIEVED_BYTES);
        return new OpaqueDialect(
                decoders(framing, limits),
                new LocalFrames(profile.local().stream()
                        .map(rule -> new LocalFrames.Rule(
                                rule.bytes().toArray(), rule.kind() == AcdProfile.LocalRule.Kind.EQUALS))
                        .toList()),
                new ContentIdentity(
                        seed,
                        profile.identity().skip().stream()
                                .map(range -> new ContentIdentity.Skip(range.offset(), range.length()))
                                .toList()),
                script(profile));
    }

    private static Dialect builtIn(Framing.BuiltIn framing, AcdProfile profile, List<String> devices, long seed) {
        final int longest = framing.maximumBytes();
        final LinkFrameDecoder.Limits limits = new LinkFrameDecoder.Limits(longest, BELIEVED_MESSAGE_BYTES);
        return switch (framing.codec()) {
            case ASTERISK_AMI -> asterisk(limits, profile, seed);
            case AVAYA_CDR -> new CdrDialect(limits, profile.records().orElseThrow(), seed);
            case CSTA_XML -> csta(new LinkFrameDecoder.Limits(longest, LONGEST_CSTA_BYTES), profile, devices, seed);
            case FREESWITCH_ESL -> freeSwitch(new LinkFrameDecoder.Limits(longest, BELIEVED_BYTES), profile, seed);
        };
    }

    private static Dialect asterisk(LinkFrameDecoder.Limits limits, AcdProfile profile, long seed) {
        final AcdProfile.Login login = profile.session().login().orElseThrow();
        return new AmiDialect(
                limits,
                seed,
                login.kind() == AcdProfile.Login.Kind.MD5,
                login.events(),
                login.snapshot().stream().map(AcdProfile.Login.ListAction::word).toList(),
                profile.keepAlive().map(alive -> alive.every().toMillis()).orElse(0L));
    }

    private static Dialect csta(LinkFrameDecoder.Limits limits, AcdProfile profile, List<String> devices, long seed) {
        final AcdProfile.Login login = profile.session().login().orElseThrow();
        return new CstaDialect(
                limits,
                seed,
                new CstaDialect.Settings(
                        login.kind() == AcdProfile.Login.Kind.SWITCH_FIRST,
                        login.protocol(),
                        devices,
                        login.snapshot().stream()
                                .map(AcdProfile.Login.ListAction::word)
                                .toList(),
                        profile.keepAlive()
                                .map(alive -> alive.every().toMillis())
                                .orElse(0L)));
    }

    private static Dialect freeSwitch(LinkFrameDecoder.Limits limits, AcdProfile profile, long seed) {
        final AcdProfile.Login login = profile.session().login().orElseThrow();
        return new EslDialect(
                limits,
                seed,
                login.events(),
                login.snapshot().stream().map(AcdProfile.Login.ListAction::word).toList(),
                profile.keepAlive().map(alive -> alive.every().toMillis()).orElse(0L));
    }

    private static Function<FrameSink, LinkFrameDecoder> decoders(Framing framing, LinkFrameDecoder.Limits limits) {
        if (framing instanceof Framing.LengthField field) {
            return sink -> new LengthFieldDecoder(
                    field.offset(),
                    field.sizeBytes(),
                    field.order() == ByteOrder.LITTLE_ENDIAN,
                    field.addToLength(),
                    limits,
                    sink);
        }
        final byte[] end = ((Framing.Delimiter) framing).end().toArray();
        return sink -> new DelimiterDecoder(end, limits, sink);
    }

    static JournalSync sync(SiteConfiguration site) {
        return site.journal().sync() == JournalConfig.Sync.GROUP ? JournalSync.GROUP : JournalSync.NONE;
    }

    /** @param confirmed per ACD the last sequence that the server had when the gateway last ran */
    static FeedSettings feed(
            SiteConfiguration site, String server, FeedConfig.SoupBinTcp feed, Map<String, Long> confirmed) {
        return new FeedSettings(
                server,
                feed.listen().toSocketAddress(),
                false,
                feed.credentials().user(),
                feed.credentials().secret().value(),
                feed.onLost() == FeedConfig.OnLost.CONTINUE,
                observers(site),
                confirmed,
                FeedLimits.DEFAULT.withCatchUp(feed.catchUpPerSecond()),
                feed.dscp());
    }

    /** The same for a feed in the ACD's own dialect. */
    static FeedSettings feed(
            SiteConfiguration site, String server, FeedConfig.Native feed, Map<String, Long> confirmed) {
        return new FeedSettings(
                server,
                feed.address().toSocketAddress(),
                feed.dial(),
                feed.credentials().map(Credentials::user).orElse(""),
                feed.credentials().map(each -> each.secret().value()).orElse(""),
                true,
                observers(site),
                confirmed,
                FeedLimits.DEFAULT,
                feed.dscp());
    }

    private static Map<String, String> observers(SiteConfiguration site) {
        final Map<String, String> observers = new HashMap<>();
        site.observers()
                .forEach(each -> observers.put(each.user(), each.secret().value()));
        return observers;
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the configuration was checked, and yet: " + literal, e);
        }
    }
}
