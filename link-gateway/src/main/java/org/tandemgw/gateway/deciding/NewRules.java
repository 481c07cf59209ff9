package org.tandemgw.gateway.deciding;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** Asks the thread {@code control} to go on by other rules: one is asked by one thread and answered, or withdrawn, once. */
final class NewRules {
    private static final long LIMIT_S = 10;
    private static final String DONE = "";

    private final SwitchoverRules rules;
    private final Set<String> anew;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    /** @param anew {@code server/probe} of probes that ask otherwise than before */
    NewRules(SwitchoverRules rules, Set<String> anew) {
        this.rules = rules;
        this.anew = Set.copyOf(anew);
    }

    SwitchoverRules rules() {
        return rules;
    }

    Set<String> anew() {
        return anew;
    }

    /** They are going to be in force. False: nobody waits for it any more, and they must not be. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /** They are in force, and everything that goes with them. */
    void done() {
        answer.complete(DONE);
    }

    void refused(String why) {
        answer.complete(why);
    }

    /** Why they are not in force; null: they are. */
    String await() {
        try {
            final String said = answer.get(LIMIT_S, TimeUnit.SECONDS);
            return said.equals(DONE) ? null : said;
        } catch (TimeoutException e) {
            return withdrawn("who decides did not take them within " + LIMIT_S + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return withdrawn("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is being put in force just now is: that takes no time worth speaking of. */
    private String withdrawn(String why) {
        return claim() ? why : answer.join().equals(DONE) ? null : answer.join();
    }
}
