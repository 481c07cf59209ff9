package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.decision.SiteNow;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.SwitchoverView;

/** Which server is active, as verbs ask the running appliance for it: a request that takes time is asked for until it is over. */
final class SwitchSite {
    private static final long LOOK_MS = 100;
    /** Longer than any switchover can take: every step of it has its own limit. */
    private static final long LIMIT_S = 3_600;

    private final RunningSite site;

    SwitchSite(Path config) {
        site = new RunningSite(config);
    }

    RunningSite running() {
        return site;
    }

    /** The newest picture of deciding, and what the rest of the site has to add to it. */
    SwitchoverView view() {
        final SwitchoverView deciding = site.record(SwitchoverView.class, "/v1/why-not");
        try {
            return SiteNow.whole(deciding, site.status());
        } catch (Refusal e) {
            return deciding;
        }
    }

    /** The same; null where nobody answers, or the site does not switch. */
    SwitchoverView viewOrNull() {
        try {
            return view();
        } catch (Refusal e) {
            return null;
        }
    }

    /** As it stands in the running site; null if that does not know it, or does not run, or has not answered before. */
    Decision decisionOrNull(long number) {
        if (site.silent()) {
            return null;
        }
        try {
            return site.record(DecisionJson.class, "/v1/decisions/" + number).asDecided();
        } catch (Refusal e) {
            return null;
        }
    }

    /** Asks for something that changes nothing, or not the trunks. */
    SwitchAnswer ask(String path, String reason) {
        return untilDone(
                path, reason, answer -> {}, Refusal.no("Tandem went away before it answered", "tandem status"));
    }

    /** Asks for a switchover; each new state of it is told. If the connection breaks, nobody knows what became of it, and that is what is said. */
    SwitchAnswer move(String path, String reason, Consumer<SwitchAnswer> progress) {
        return untilDone(
                path,
                reason,
                progress,
                Refusal.no(
                        "Tandem went away while the switchover may have been under way",
                        "when it runs again it goes on with it or gives it up:  tandem status,  then  tandem why"));
    }

    private SwitchAnswer untilDone(String path, String reason, Consumer<SwitchAnswer> progress, Refusal broken) {
        SwitchAnswer answer = site.act(SwitchAnswer.class, path, reason, broken);
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!answer.done() && answer.request() != null) {
            progress.accept(answer);
            if (System.nanoTime() - endNs > 0) {
                throw Refusal.no("it is not over after " + LIMIT_S + " s", "tandem why");
            }
            pause();
            answer = again(answer.request(), broken);
        }
        progress.accept(answer);
        return answer;
    }

    /** Also a Tandem that has been started anew does not know the request. */
    private SwitchAnswer again(long request, Refusal broken) {
        try {
            final SwitchAnswer answer = site.record(SwitchAnswer.class, "/v1/switch/requests/" + request);
            if (answer.request() == null) {
                throw broken;
            }
            return answer;
        } catch (Refusal e) {
            throw broken;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.no("interrupted; what was asked for goes on", "tandem why");
        }
    }
}
