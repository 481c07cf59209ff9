package org.tandemgw.gateway.config;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.yaml.Nearest;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;

/** {@code tandem profiles} and {@code tandem profiles show NAME}, for the command line. Both return the exit status. */
public final class ProfilesView {

    private ProfilesView() {}

    /**
     * Lists all profiles.
     *
     * @param folder the site's own folder, if it has one
     * @param out where the list goes
     * @param json true for one JSON object, false for text
     * @return 0, or 2 when a file of the site's folder is refused
     */
    public static int list(Optional<Path> folder, PrintStream out, boolean json) {
        Problems problems = new Problems();
        HwProfiles profiles = HwProfiles.load(folder, problems);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put(
                    "profiles",
                    profiles.abouts().stream().map(ProfilesView::brief).toList());
            object.put(
                    "errors", problems.errors().stream().map(Problem::oneLine).toList());
            out.println(Check.asJson(object));
        } else {
            List<List<Object>> rows = profiles.abouts().stream()
                    .map(about -> List.<Object>of(kind(about), about.name(), about.source(), about.title()))
                    .toList();
            new Table("profiles", "Profiles", List.of("kind", "name", "from", "title"), rows, "").print(out);
            problems.errors().forEach(problem -> out.println(problem.oneLine()));
        }
        return problems.isGood() ? 0 : 2;
    }

    /**
     * Explains one profile: evidence, hazards, and the file itself, whose comments say what each key means.
     *
     * @param name its name, with or without its kind in front ({@code acd/opaque-line})
     * @param folder the site's own folder, if it has one
     * @param out where the explanation goes
     * @param err where it is said that there is no such profile
     * @param json true for one JSON object, false for text
     * @return 0, or 2 when there is no such profile
     */
    public static int show(String name, Optional<Path> folder, PrintStream out, PrintStream err, boolean json) {
        Problems problems = new Problems();
        HwProfiles profiles = HwProfiles.load(folder, problems);
        List<ProfileAbout> found = profiles.abouts().stream()
                .filter(about -> name.equals(about.name()) || name.equals(kind(about) + "/" + about.name()))
                .toList();
        if (found.isEmpty()) {
            String nearest = Nearest.to(
                            name,
                            profiles.abouts().stream().map(ProfileAbout::name).toList())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; tandem profiles lists them");
            err.println("tandem: no profile " + name + nearest);
            problems.errors().forEach(problem -> err.println(problem.oneLine()));
            return 2;
        }
        if (json) {
            out.println(Check.asJson(found.stream().map(ProfilesView::whole).toList()));
        } else {
            found.forEach(about -> print(about, out));
        }
        return 0;
    }

    private static void print(ProfileAbout about, PrintStream out) {
        out.println(kind(about) + "/" + about.name() + ": " + about.title() + " (" + about.source() + ")");
        out.println();
        out.println("What is known, and what is assumed:");
        about.evidence().forEach(sentence -> out.println("  - " + sentence));
        out.println("Hazards:");
        about.hazards().forEach(sentence -> out.println("  - " + sentence));
        out.println();
        out.println("The profile:");
        about.text().lines().forEach(line -> out.println(("  " + line).stripTrailing()));
    }

    private static Map<String, Object> brief(ProfileAbout about) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind(about));
        object.put("name", about.name());
        object.put("title", about.title());
        object.put("source", about.source());
        return object;
    }

    private static Map<String, Object> whole(ProfileAbout about) {
        Map<String, Object> object = brief(about);
        object.put("evidence", about.evidence());
        object.put("hazards", about.hazards());
        object.put("text", about.text());
        return object;
    }

    private static String kind(ProfileAbout about) {
        return about.kind().name().toLowerCase(Locale.ROOT);
    }
}
