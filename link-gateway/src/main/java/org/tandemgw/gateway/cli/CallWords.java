package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.calls.CallDecoder;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;
import org.tandemgw.recovery.CallEvent;

/** By which decoder the frames of each ACD of a site are read: that of the profile which the configuration names. */
final class CallWords {
    private final SiteFacts site;
    private final HwProfiles profiles;

    private CallWords(SiteFacts site, HwProfiles profiles) {
        this.site = site;
        this.profiles = profiles;
    }

    static CallWords of(Path config) {
        return new CallWords(
                SiteFacts.of(config),
                HwProfiles.load(Optional.ofNullable(SiteFolder.profiles(config)), new Problems()));
    }

    /** Empty where the ACD is in no configuration any more, or its frames tell of no calls. */
    Optional<Function<Consumer<CallEvent>, CallDecoder>> find(String acd) {
        final SiteFacts.Acd facts = site.acd(acd);
        return profiles.acd(facts.profile()).flatMap(profile -> CallDecoder.of(profile, facts.devices()));
    }

    /** The ACDs whose calls are first heard of when they have ended, in the order of the file. */
    List<String> acdsThatTellOnlyOfEnds() {
        return site.acds().stream()
                .map(SiteFacts.Acd::name)
                .filter(acd -> find(acd)
                        .map(decoder -> decoder.apply(event -> {}).tellsOnlyOfEnds())
                        .orElse(false))
                .toList();
    }

    /** The same of an ACD that somebody means. */
    Function<Consumer<CallEvent>, CallDecoder> require(String acd) {
        return find(acd)
                .orElseThrow(
                        () -> Refusal.no(
                                "nobody can read calls from the frames of '" + acd + "': its profile is '"
                                        + site.acd(acd).profile() + "'",
                                "name an ACD whose profile tells of calls, as asterisk-ami, csta-xml, freeswitch-esl and avaya-cdr do"));
    }
}
