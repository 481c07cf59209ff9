package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.config.Check;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.simulate.Case;
import org.tandemgw.gateway.simulate.CaseTally;
import org.tandemgw.gateway.simulate.Rehearsal;
import org.tandemgw.gateway.simulate.RehearsalPage;
import org.tandemgw.gateway.simulate.RehearsalReport;
import org.tandemgw.gateway.simulate.SiteOfFile;
import org.tandemgw.gateway.switchover.sim.SimPace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "tandem simulate",
        sortOptions = false,
        description = {
            "Lets faults happen at the site that the file describes, thousands of times, without touching anything: the code that decides is the one that runs, everything"
                    + " around it is simulated. Says how often and how fast it would switch, what it does that nobody wants, which key causes that, and what helps.",
            "With --history runs the file's thresholds over what probes have really seen, and tells which switches they would have made."
        },
        footer = {
            "",
            "Examples:",
            "  tandem simulate site.yaml",
            "  tandem simulate site.yaml --episodes 10000 --seed 1",
            "  tandem simulate site.yaml --seed 7 --episodes 1 --explain",
            "  tandem simulate changed.yaml --history --data /var/lib/tandem --from 2026-11-20",
            "",
            "Exit status: 0 nothing found, 1 something that an operator would not want, 2 usage or configuration."
        })
final class SimulateVerb extends Verb implements Callable<Integer> {
    private static final long MOST_EPISODES = 10_000_000;
    private static final int MOST_EXPLAINED = 10;
    private static final int LAST_WORDS_S = 20;

    private static final List<String> OF_FAULTS = List.of(
            "--episodes",
            "--seed",
            "--fault",
            "--explain",
            "--slower-than",
            "--calls",
            "--promote-takes",
            "--card-takes",
            "--answer-takes");
    private static final List<String> OF_HISTORY = List.of("--data", "--from", "--to", "--window");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration, in place of -c.")
    private Path file;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many faults; default ${DEFAULT-VALUE}.")
    private long episodes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the first; the same seed is the same episode. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--fault", paramLabel = "FAULT", description = "This one alone, as the table of --json names it.")
    private String fault;

    @Option(names = "--explain", description = "Tells each episode line for line, and why; at most 10.")
    private boolean explain;

    @Option(
            names = "--slower-than",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "A switchover that takes longer is a finding; default ${DEFAULT-VALUE}.")
    private Duration slow;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "100",
            description = "Calls in flight; default ${DEFAULT-VALUE}.")
    private int calls;

    @Option(
            names = "--promote-takes",
            paramLabel = "TIME",
            description = "What your promote and demote take; default 20 to 600 ms.")
    private Duration promoteTakes;

    @Option(
            names = "--card-takes",
            paramLabel = "TIME",
            description = "What your trunk switch takes for a card; default what the pauses of its profile make of it.")
    private Duration cardTakes;

    @Option(
            names = "--answer-takes",
            paramLabel = "TIME",
            defaultValue = "0ms",
            description = "What your network adds to an answer; default ${DEFAULT-VALUE}.")
    private Duration answerTakes;

    @Option(names = "--history", description = "Over what probes have really seen, in place of simulated faults.")
    private boolean history;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "With --history: the data folder, or a copy of it; default that of the file.")
    private Path data;

    @Option(names = "--from", paramLabel = "TIME", description = "With --history: not before this day or time, UTC.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "With --history: not after this day or time, UTC.")
    private String to;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "With --history: a server that answers again within this was left for nothing; default"
                    + " ${DEFAULT-VALUE}.")
    private Duration window;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    private final CountDownLatch told = new CountDownLatch(1);
    private volatile boolean stopped;

    SimulateVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return Refusal.told(console, json, this::simulate);
    }

    private int simulate() {
        final Path config = configFile(file);
        refuseTheOtherHalf(config);
        final SiteConfiguration site = read(config);
        if (history) {
            return new PastRun(console, site, json).run(data, from, to, window);
        }
        final SiteOfFile made = SiteOfFile.of(site, pace());
        final Rehearsal rehearsal = new Rehearsal(made.site(), calls, slow.toMillis(), only(made));
        return explain ? explain(rehearsal) : rehearse(rehearsal, made, config);
    }

    /** An option that would mean nothing is not taken without a word. */
    private void refuseTheOtherHalf(Path config) {
        final String first = given(history ? OF_FAULTS : OF_HISTORY);
        if (first != null) {
            throw history
                    ? Refusal.usage(
                            first + " belongs to simulated faults, and --history has none", "leave out one of them")
                    : Refusal.usage(first + " belongs to --history", "tandem simulate " + config + " --history");
        }
        if (explain && json) {
            throw Refusal.usage("--explain tells in words, and --json wants an object", "leave out one of them");
        }
    }

    private String given(List<String> options) {
        return options.stream()
                .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                .findFirst()
                .orElse(null);
    }

    private SiteConfiguration read(Path config) {
        if (episodes < 1 || episodes > MOST_EPISODES) {
            throw Refusal.usage("--episodes " + episodes + " is not within 1 and " + MOST_EPISODES, null);
        }
        if (calls < 0) {
            throw Refusal.usage("--calls " + calls + " is less than none", null);
        }
        final ConfigurationFile.Result result = ConfigurationFile.read(config);
        if (result.configuration().isEmpty()) {
            Check.printProblems(config, result.problems(), console.err());
            throw Refusal.usage(config + " is refused", "tandem check " + config);
        }
        final SiteConfiguration site = result.configuration().get();
        if (!site.switchover().configured()) {
            throw Refusal.no(
                    config + " has no section switchover: nothing is ever switched at this site",
                    "add  switchover: { mode: manual }  and see docs/switchover.md");
        }
        return site;
    }

    private SimPace pace() {
        return new SimPace(
                answerTakes.toMillis(),
                promoteTakes == null ? SimPace.CHANCE.stepMs() : promoteTakes.toMillis(),
                cardTakes == null ? SimPace.CHANCE.cardMs() : cardTakes.toMillis());
    }

    private Case only(SiteOfFile made) {
        if (fault == null) {
            return null;
        }
        final List<String> names = Arrays.stream(Case.values())
                .filter(each -> Rehearsal.mayHappen(each, made.site()))
                .map(Case::toString)
                .toList();
        if (!names.contains(fault)) {
            throw Refusal.usage(
                    "there is no fault '" + fault + "' at this site", "there are: " + String.join(", ", names));
        }
        return Arrays.stream(Case.values())
                .filter(each -> each.toString().equals(fault))
                .findFirst()
                .orElseThrow();
    }

    private int explain(Rehearsal rehearsal) {
        final long count = Math.min(episodes, MOST_EXPLAINED);
        for (long i = 0; i < count; i++) {
            console.out()
                    .println((i == 0 ? "" : "\n") + "Seed " + (seed + i) + ": "
                            + rehearsal.caseOf(seed + i).meaning() + ". Seconds before (-) and after (+) the fault.");
            final List<String> lines = new ArrayList<>();
            rehearsal.explain(seed + i, lines::add);
            print(lines);
        }
        return 0;
    }

    private int rehearse(Rehearsal rehearsal, SiteOfFile made, Path config) {
        final Thread hook = new Thread(this::interrupted, "simulate-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        console.err()
                .println("simulating " + episodes + " faults at "
                        + made.site().rules().site() + "; Ctrl-C tells what was found so far");
        final long beganNs = System.nanoTime();
        final Map<Case, CaseTally> tallies;
        try (Progress progress = new Progress(console, "simulating", 0, episodes)) {
            tallies = rehearsal.run(seed, episodes, () -> stopped, progress);
        }
        final long tookMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs));
        final RehearsalReport report = rehearsal.report(tallies, made.assumed(), seed, episodes, slow.toMillis());
        if (json) {
            console.out().println(JsonRecords.write(report));
        } else {
            print(RehearsalPage.lines(report, "tandem simulate " + config, console.colours()));
        }
        console.out().flush();
        console.err()
                .println("simulated " + report.episodes() + " episodes in " + tookMs + " ms: "
                        + report.episodes() * 1_000 / tookMs + " a second");
        told.countDown();
        OnInterrupt.forget(hook);
        return report.good() ? 0 : 1;
    }

    /** Ctrl-C: what was done so far is told before the process ends. */
    private void interrupted() {
        stopped = true;
        try {
            told.await(LAST_WORDS_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
