package org.tandemgw.gateway.config;

import java.util.List;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.yaml.Nearest;

/** What to say about a profile that does not exist. */
final class ProfileNames {

    private ProfileNames() {}

    static String remedy(String name, HwProfiles profiles, ProfileAbout.Kind kind) {
        List<String> known = profiles.names(kind);
        String all = "there are: " + String.join(", ", known) + "; your own folder is named by profiles:";
        return Nearest.to(name, known)
                .map(near -> "did you mean " + near + "? " + all)
                .orElse(all);
    }
}
