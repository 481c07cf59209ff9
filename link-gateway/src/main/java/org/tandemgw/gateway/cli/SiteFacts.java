package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.profiles.yaml.Problems;
import org.tandemgw.profiles.yaml.Reading;
import org.tandemgw.profiles.yaml.Section;

/**
 * The little that a backup's label needs of a configuration. As with {@link SiteFolder} nothing is checked: what the file
 * does not say is what Tandem takes for it.
 *
 * @param site its name
 * @param group whether feeds send only what is synced
 * @param retention how long records are kept
 * @param acds in the order of the file
 */
record SiteFacts(String site, boolean group, Duration retention, List<Acd> acds) {
    private static final Duration RETENTION = Duration.ofDays(14);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** An ACD as the file has it. */
    record Acd(String name, String mode, String profile, List<String> devices) {}

    static SiteFacts of(Path config) {
        final Section root = Reading.of(config, new Problems()).root();
        if (!root.present()) {
            return new SiteFacts("tandem", true, RETENTION, List.of());
        }
        final List<Acd> acds = new ArrayList<>();
        for (final Section acd : root.sections("acds")) {
            if (acd.peek("name") != null) {
                acds.add(new Acd(
                        acd.peek("name"),
                        or(acd.peek("mode"), "merge"),
                        or(acd.peek("profile"), "unknown"),
                        acd.list("devices", device -> device, "")));
            }
        }
        final Section journal = root.section("journal");
        final boolean group = !"none".equals(journal.peek("sync"));
        final Duration retention = journal.duration("retention", RETENTION, Duration.ZERO, LONGEST);
        return new SiteFacts(or(root.peek("site"), "tandem"), group, retention, List.copyOf(acds));
    }

    Acd acd(String name) {
        return acds.stream()
                .filter(acd -> acd.name().equals(name))
                .findFirst()
                .orElse(new Acd(name, "unknown", "unknown", List.of()));
    }

    private static String or(String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
