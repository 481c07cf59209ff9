package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tandemgw.profiles.SwitchProfile;

/** What follows from {@code switches}, and what a person must know before he confirms a box. */
final class SwitchTables {

    private SwitchTables() {}

    static Table switches(SiteConfiguration site) {
        List<List<Object>> rows = new ArrayList<>();
        for (SwitchConfig each : site.switches()) {
            SwitchProfile profile = each.profile();
            rows.add(List.of(
                    each.name(),
                    profile.name(),
                    paths(each),
                    each.cards().stream().map(Object::toString).collect(Collectors.joining(" ")),
                    "A " + each.positionA() + ", B " + each.positionB(),
                    each.confirmed().orElse("no: nothing is sent"),
                    profile.readBack() ? "read back" : "none: never OK",
                    seconds(selection(each)),
                    String.join(", ", profile.assumed())));
        }
        return new Table(
                "switches",
                "Trunk switches",
                List.of("switch", "profile", "paths", "cards", "positions", "confirmed", "proof", "seconds", "assumed"),
                rows,
                "seconds: what the profile's pauses alone make of a selection of all these cards; assumed: parts of the profile"
                        + " that rest on no manual and no capture, see  tandem profiles show NAME");
    }

    static Table hazards(SiteConfiguration site) {
        Set<SwitchProfile> profiles = new LinkedHashSet<>();
        site.switches().forEach(each -> profiles.add(each.profile()));
        List<List<Object>> rows = new ArrayList<>();
        for (SwitchProfile profile : profiles) {
            profile.about().hazards().forEach(hazard -> rows.add(List.of(profile.name(), hazard)));
        }
        return new Table("hazards", "Hazards of these trunk switches", List.of("profile", "hazard"), rows, "");
    }

    private static String paths(SwitchConfig each) {
        List<String> paths = new ArrayList<>();
        each.tcp().ifPresent(to -> paths.add("tcp " + to));
        each.serial().ifPresent(line -> paths.add("serial " + line.device() + " " + line.baud()));
        each.snmp().ifPresent(agent -> paths.add("snmp " + agent.target()));
        return String.join(", ", paths);
    }

    private static Duration selection(SwitchConfig each) {
        return each.cardAtBest().multipliedBy(each.cards().size());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 100 / 10.0;
    }
}
