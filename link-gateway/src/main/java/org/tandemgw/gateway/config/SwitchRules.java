package org.tandemgw.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.abswitch.BoxTiming;
import org.tandemgw.abswitch.Evidence;
import org.tandemgw.abswitch.FrameTemplate;
import org.tandemgw.abswitch.ReplyPattern;
import org.tandemgw.abswitch.ReplyRules;
import org.tandemgw.abswitch.SwitchSettings;
import org.tandemgw.profiles.SwitchProfile;
import org.tandemgw.profiles.yaml.Bytes;

/**
 * From what a profile and the site's file say to the driver's own words, which knows neither of them. Called by {@code check} to
 * see whether the driver takes it, and by {@code run} to start it. No decisions of its own.
 */
public final class SwitchRules {

    private SwitchRules() {}

    /**
     * The driver's settings of one switch.
     *
     * @param config what the site says
     * @param monitorOnly whether never anything but a query may be sent
     * @return the settings
     * @throws IllegalArgumentException that names the key which the driver refuses
     */
    public static SwitchSettings settings(SwitchConfig config, boolean monitorOnly) {
        return new SwitchSettings(
                config.name(),
                rules(config.profile()),
                config.secret().map(Secret::value).orElse(null),
                config.confirmed().orElse(null),
                monitorOnly,
                config.cards(),
                config.dwell(),
                config.movesPerHour());
    }

    /**
     * The driver's rules of one kind of box.
     *
     * @param profile what is known of it
     * @return the rules
     * @throws IllegalArgumentException that names the key which the driver refuses
     */
    public static BoxRules rules(SwitchProfile profile) {
        Map<String, String> positions = new LinkedHashMap<>();
        profile.positions().forEach((name, bytes) -> positions.put(name, text(bytes)));
        Set<String> others = new LinkedHashSet<>(profile.reply().words().values());
        others.removeAll(positions.keySet());
        others.remove(SwitchProfile.ABSENT);
        return new BoxRules(
                profile.name(),
                new FrameTemplate(text(profile.frame().select())),
                profile.frame()
                        .query()
                        .map(query -> new FrameTemplate(text(query)))
                        .orElse(null),
                profile.cards().first(),
                profile.cards().last(),
                positions,
                others,
                text(profile.password().forbidden()),
                replies(profile.reply()),
                profile.transports().persistent() ? BoxRules.Connection.PERSISTENT : BoxRules.Connection.PER_COMMAND,
                profile.readBack() ? BoxRules.Verify.READ_BACK : BoxRules.Verify.NONE,
                timing(profile.timing()));
    }

    private static ReplyRules replies(SwitchProfile.Reply reply) {
        Map<String, String> words = new LinkedHashMap<>();
        reply.words()
                .forEach((word, position) ->
                        words.put(word, position.equals(SwitchProfile.ABSENT) ? BoxRules.ABSENT : position));
        return new ReplyRules(
                reply.patterns().stream().map(SwitchRules::pattern).toList(),
                words,
                reply.lines(),
                reply.echo(),
                reply.toCommands(),
                reply.limitBytes());
    }

    private static ReplyPattern pattern(SwitchProfile.ReplyPattern pattern) {
        return new ReplyPattern(
                pattern.name(),
                Evidence.valueOf(pattern.evidence().name()),
                pattern.wholeReply() ? ReplyPattern.Scope.WHOLE : ReplyPattern.Scope.LINE,
                ReplyPattern.Meaning.valueOf(pattern.means().name()),
                pattern.match());
    }

    private static BoxTiming timing(SwitchProfile.Timing timing) {
        return new BoxTiming(
                timing.connect(),
                timing.firstByte(),
                timing.quiet(),
                timing.wholeReply(),
                timing.gap(),
                timing.settle(),
                timing.readBack(),
                timing.retries(),
                timing.backoff(),
                timing.backoffMax(),
                timing.poll(),
                timing.pollAfterMove(),
                timing.afterMove(),
                timing.pollMax(),
                timing.late());
    }

    /** One character for each byte. */
    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}
