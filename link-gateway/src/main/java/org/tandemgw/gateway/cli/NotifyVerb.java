package org.tandemgw.gateway.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.GatewayStatus.Notified;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.StatusText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem notify",
        sortOptions = false,
        description = "Who is told of alarms (SNMP managers, syslog, webhooks), and whether it gets there.",
        footer = {
            "",
            "Examples:",
            "  tandem notify",
            "  tandem notify test                                 a test to everybody; waits for who confirms",
            "  tandem notify test 10.1.1.50:162 --reason \"new station\" --yes",
            "",
            "Exit status: 0 well; 1 refused, or somebody was not reached; 2 usage or configuration."
        })
final class NotifyVerb extends Verb implements Callable<Integer> {
    /** An inform is given up after some ten seconds, a webhook after five and after what waits before it. */
    private static final long LONGEST_S = 40;

    private static final long LOOK_MS = 200;

    @Option(names = "--json", description = "A JSON array, for programs.")
    private boolean json;

    NotifyVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        final List<Notified> all = new RunningSite(configFile(null)).status().notified();
        if (json) {
            console.out().println(JsonRecords.write(all));
        } else if (all.isEmpty()) {
            console.out().println("this site tells nobody");
        } else {
            print(StatusText.notified(all, console.colours()));
        }
        return 0;
    }

    /** What programs get. */
    record Tested(boolean ok, String message, String remedy, List<Notified> notified) {}

    @Command(
            name = "test",
            description =
                    "Sends a test notification, and waits until it is confirmed or given up. It counts among the ten in ten minutes.")
    int test(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "TARGET",
                            description = "As tandem notify shows it; else everybody.")
                    String target,
            @Mixin Acts acts) {
        return Refusal.told(console, acts.json(), () -> {
            final RunningSite site = new RunningSite(configFile(null));
            acts.requireAgreement(console, "Send a test to " + (target == null ? "everybody who is told" : target));
            final Map<String, Instant> before = new HashMap<>();
            site.status().notified().forEach(each -> before.put(key(each), asked(each)));
            final Answer answer = site.act("/v1/notified/test" + words(target), acts.reason());
            if (!answer.ok()) {
                return Acts.tell(console, answer, acts.json());
            }
            if (!acts.json()) {
                console.out().println(Ink.harmless(answer.message()));
            }
            return tell(results(site, before), acts.json());
        });
    }

    /** Of everybody who was asked now. */
    private static List<Notified> results(RunningSite site, Map<String, Instant> before) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_S);
        List<Notified> asked;
        do {
            pause();
            asked = new ArrayList<>(site.status().notified());
            asked.removeIf(each -> asked(each) == null || asked(each).equals(before.get(key(each))));
        } while (asked.stream().anyMatch(each -> !isOver(each)) && System.nanoTime() - endNs < 0);
        return asked;
    }

    private int tell(List<Notified> results, boolean asJson) {
        final boolean ok = results.stream().allMatch(NotifyVerb::isReached);
        final String message = ok ? "everybody was reached" : "somebody was not reached";
        final String remedy =
                ok ? null : "tandem status says why; docs/alarms.md: managerUnreachable, targetUnreachable";
        if (asJson) {
            console.out().println(JsonRecords.write(new Tested(ok, message, remedy, results)));
            return ok ? 0 : 1;
        }
        results.forEach(each -> console.out().println(Ink.harmless(said(each))));
        if (!ok) {
            throw Refusal.no(message, remedy);
        }
        return 0;
    }

    private static String said(Notified each) {
        return each.target() + "  " + each.kind() + "  "
                + switch (each.test().state()) {
                    case "confirmed" -> "confirmed";
                    case "sent" -> "sent; nobody confirms there, so look whether it has come";
                    case "failed" -> "NOT reached" + (each.why() == null ? "" : ": " + each.why());
                    default -> "no answer yet: tandem notify";
                };
    }

    private static boolean isOver(Notified each) {
        return isReached(each) || each.test().state().equals("failed");
    }

    private static boolean isReached(Notified each) {
        return each.test().state().equals("confirmed") || each.test().state().equals("sent");
    }

    private static Instant asked(Notified each) {
        return each.test() == null ? null : each.test().at();
    }

    private static String key(Notified each) {
        return each.kind() + " " + each.target();
    }

    private static String words(String target) {
        return target == null ? "" : "?target=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.no("interrupted: the test goes on", "tandem notify");
        }
    }
}
