package org.tandemgw.gateway.config;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;

/**
 * {@code tandem check FILE}: everything that can be verified without touching hardware or network, and what follows from it.
 * Called by the command line, on its one thread.
 */
public final class Check {

    /** The file is good, perhaps with warnings. */
    public static final int GOOD = 0;

    /** The file is refused. */
    public static final int BAD = 2;

    private Check() {}

    /**
     * Checks a file and prints the result.
     *
     * @param file the configuration
     * @param out where the result goes
     * @param json true for one JSON object, false for text
     * @return {@link #GOOD} or {@link #BAD}
     */
    public static int run(Path file, PrintStream out, boolean json) {
        ConfigurationFile.Result result = ConfigurationFile.read(file);
        List<Table> tables = new ArrayList<>();
        result.configuration().ifPresent(site -> {
            tables.addAll(new Conclusions(site).tables(DataFolder.usableBytes(site.data())));
            Orphans.of(site).ifPresent(tables::add);
        });
        if (json) {
            printJson(file, result, tables, out);
        } else {
            printProblems(file, result.problems(), out);
            tables.forEach(table -> table.print(out));
        }
        return result.configuration().isPresent() ? GOOD : BAD;
    }

    /**
     * Prints the problems of a file as text; also for {@code run}, which refuses a bad file in the same words.
     *
     * @param file the file
     * @param problems what was found
     * @param out where they go
     */
    public static void printProblems(Path file, Problems problems, PrintStream out) {
        problems.errors().forEach(problem -> out.println(problem.oneLine()));
        problems.warnings().forEach(problem -> out.println(problem.oneLine()));
        int errors = problems.errors().size();
        int warnings = problems.warnings().size();
        String counted = counted(errors, "error") + ", " + counted(warnings, "warning")
                + (problems.leftOut() > 0 ? ", and " + problems.leftOut() + " more" : "");
        out.println(file + ": " + (problems.isGood() ? "good" : "refused") + " (" + counted + ")");
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static void printJson(Path file, ConfigurationFile.Result result, List<Table> tables, PrintStream out) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("good", result.configuration().isPresent());
        object.put("errors", problems(result.problems().errors()));
        object.put("warnings", problems(result.problems().warnings()));
        object.put("leftOut", result.problems().leftOut());
        Map<String, Object> conclusions = new LinkedHashMap<>();
        Map<String, Object> notes = new LinkedHashMap<>();
        for (Table table : tables) {
            conclusions.put(table.key(), table.asObjects());
            if (!table.note().isEmpty()) {
                notes.put(table.key(), table.note());
            }
        }
        object.put("conclusions", conclusions);
        object.put("notes", notes);
        out.println(asJson(object));
    }

    private static List<Map<String, Object>> problems(List<Problem> problems) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Problem problem : problems) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("file", problem.file());
            object.put("line", problem.line());
            object.put("key", problem.key());
            object.put("value", problem.value());
            object.put("wrong", problem.wrong());
            object.put("remedy", problem.remedy());
            objects.add(object);
        }
        return objects;
    }

    static String asJson(Object object) {
        try {
            return JSON.std.asString(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
