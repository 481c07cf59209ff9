package org.tandemgw.gateway.probe;

import java.util.Map;
import org.tandemgw.gateway.action.ProgramEnd;
import org.tandemgw.gateway.action.ProgramRun;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.Clock;

/**
 * Runs a program: status 0 is well. Another status is no word of the server, for the program runs here: it may only have found the network gone. It is killed with everything that it started when its time is over.
 */
final class ExecLooker implements Looker {
    /** What killing may take on a machine that has no time: elsewhere a few milliseconds. */
    private static final long KILL_MS = 5_000;

    private final Helpers helpers;
    private final Clock clock;
    private final String program;
    private final Map<String, String> environment;
    private volatile boolean running;

    ExecLooker(Helpers helpers, Clock clock, String program, Map<String, String> environment) {
        this.helpers = helpers;
        this.clock = clock;
        this.program = program;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void look(Attempt attempt) {
        if (running) {
            attempt.over(Sight.NOT_ASKED, "the program of the last look has been killed and is still not dead");
            return;
        }
        running = true;
        attempt.grace(KILL_MS);
        final boolean begun = helpers.tryRun(() -> {
            try {
                final ProgramEnd end = ProgramRun.run(program, environment, attempt.timeoutMs(), clock);
                attempt.loop().execute(() -> ended(attempt, end));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                running = false;
            }
        });
        if (!begun) {
            running = false;
            attempt.over(
                    Sight.NOT_ASKED,
                    "not asked: there is no thread for it: other looks hang, or this machine has no more");
        }
    }

    private static void ended(Attempt attempt, ProgramEnd end) {
        if (end.ok()) {
            final String said = end.said().isEmpty() ? "exit status 0" : end.said();
            attempt.over(Sight.ANSWERED, said, Told.fromLines(end.firstLines()));
        } else if (end.isOurTrouble()) {
            attempt.over(Sight.NOT_ASKED, "not asked: " + end.inWords());
        } else if (end.kind() == ProgramEnd.Kind.TIMED_OUT) {
            attempt.silent(end.said());
        } else {
            attempt.over(
                    Told.isHardEvidence(end.firstLines()) ? Sight.WRONG : Sight.FAILED,
                    end.inWords(),
                    Told.fromLines(end.firstLines()));
        }
    }
}
