package org.tandemgw.gateway.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.ConfigHash;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The trunk switch of the demo, and what becomes of the active server: an emulated box of two cards, moved once by hand at its panel, put
 * back by order, and moved by Tandem itself when the active server dies. Beside the wire it is asked where its relays really are. The
 * demo's own thread.
 */
final class DemoTrunks implements AutoCloseable {
    static final String NAME = "trunks";
    static final String PASSWORD = "PASS";

    private static final int[] CARDS = {1, 2};
    private static final long LIMIT_MS = 30_000;
    private static final long SWITCH_MS = 60_000;
    private static final int MOST_TRIES = 4;
    private static final Pattern POSITIONS = Pattern.compile("\"positions\":\"([^\"]*)\"");

    private final SwitchEmulator box;
    private final ControlClient client;
    private boolean handSeen;
    private TrunkReport putBack;
    private boolean switched;
    private Double seconds;
    private boolean rejoined;
    private Map<String, Object> last = Map.of();
    private Runnable meanwhile = () -> {};

    /** How the active server is broken and mended. */
    interface Active {
        /** East goes, feed and service. */
        void kill() throws InterruptedException;

        /** It comes back. */
        void mend() throws IOException;
    }

    /**
     * What was proved.
     *
     * @param handSeen whether Tandem told of the card that was moved by hand
     * @param overall what Tandem claims of putting it back by order
     * @param switched whether Tandem made west the active server by itself when east died
     * @param seconds from the death to that; null: it did not
     * @param rejoined whether east came back as standby
     * @param active the active server at the end, as Tandem says
     * @param epoch the newest
     * @param claimed where Tandem had read the cards, at the end
     * @param leadsTo the server that this position leads to
     * @param truth where they really are, at the end
     */
    record Proof(
            boolean handSeen,
            String overall,
            boolean switched,
            Double seconds,
            boolean rejoined,
            String active,
            long epoch,
            String claimed,
            String leadsTo,
            String truth) {
        boolean proved() {
            return handSeen
                    && "OK".equals(overall)
                    && switched
                    && rejoined
                    && active != null
                    && active.equals(leadsTo)
                    && truth.equals(claimed.repeat(truth.length()));
        }
    }

    DemoTrunks(Path data) throws IOException {
        box = new SwitchEmulator(0, null, 1, CARDS);
        client = new ControlClient(data.resolve(SiteConfiguration.SOCKET_NAME), LIMIT_MS);
    }

    int port() {
        return box.port();
    }

    /**
     * One move by hand, one by order, and one by Tandem itself.
     *
     * @param meanwhile called often while something is waited for
     */
    void perform(DemoView view, Active east, Runnable meanwhile) throws IOException, InterruptedException {
        this.meanwhile = meanwhile;
        insist("/query");
        box.command("panel 2 B");
        view.event(DemoView.Kind.BROKEN, "somebody moves card 2 of the trunk switch at its panel");
        final TrunkReport seen = insist("/query");
        handSeen = seen.cards().stream().anyMatch(card -> card.card() == 2 && card.movedWithoutUs());
        putBack = insist("/select/east");
        order("/adopt");
        view.event(handSeen && putBack.ok() ? DemoView.Kind.GOOD : DemoView.Kind.WRONG, handStory(seen));
        if (await(now -> is(now, "east", "protected"), SWITCH_MS)) {
            allowAutomatic(view);
            switchOver(view, east);
        } else {
            view.event(DemoView.Kind.WRONG, "the site is not protected: " + last.get("because"));
        }
    }

    private String handStory(TrunkReport seen) {
        if (!handSeen) {
            return "Tandem did not notice it: " + seen.message();
        }
        return putBack.ok()
                ? "Tandem noticed it, left it alone, and moved it back when told to: both cards were read back at east"
                : "Tandem noticed it, and could not move it back when told to: " + putBack.message();
    }

    private void allowAutomatic(DemoView view) throws IOException {
        final String hash = JsonRecords.read(client.get("/v1/config-hash").json(), ConfigHash.class)
                .hash();
        final Answer answer = client.post("/v1/live-checked/" + hash, "demo", "everything was seen to answer");
        view.event(
                answer.ok() ? DemoView.Kind.NOTE : DemoView.Kind.WRONG,
                answer.ok()
                        ? "east is active, west stands by, and Tandem is allowed to switch by itself"
                        : "Tandem may not switch by itself: " + answer.message());
    }

    private void switchOver(DemoView view, Active east) throws IOException, InterruptedException {
        view.event(DemoView.Kind.BROKEN, "server east, the active one, loses its power");
        final long sinceNs = System.nanoTime();
        east.kill();
        switched = await(now -> "west".equals(now.get("active")), SWITCH_MS);
        if (switched) {
            seconds = (System.nanoTime() - sinceNs) / 1e9;
        }
        view.event(
                switched ? DemoView.Kind.GOOD : DemoView.Kind.WRONG,
                switched
                        ? String.format(
                                Locale.ROOT,
                                "%.1f s later Tandem has moved all trunks to west, and read back where they lead",
                                seconds)
                        : "west is not active: " + last.get("because"));
        east.mend();
        rejoined = await(now -> is(now, switched ? "west" : "east", "protected"), SWITCH_MS);
        view.event(
                rejoined ? DemoView.Kind.MENDED : DemoView.Kind.WRONG,
                rejoined
                        ? "east is back and stands by for west: either may fail again"
                        : "not protected: " + last.get("because"));
    }

    /** Has a server take over, and waits until both are well again; the epoch, or 0 if it did not. */
    long switchTo(String server) throws InterruptedException {
        if (!await(now -> "protected".equals(now.get("state")), LIMIT_MS)) {
            return 0;
        }
        try {
            if (!client.post("/v1/switch/" + server, "demo", "part of the demo").ok()) {
                return 0;
            }
        } catch (IOException e) {
            return 0;
        }
        return await(now -> is(now, server, "protected"), SWITCH_MS) ? number(last, "epoch") : 0;
    }

    /** Whether no switchover is under way or about to begin. */
    boolean calm() {
        return look()
                && !List.of("starting", "switching", "suspecting", "diagnosing", "reconnecting")
                        .contains(last.get("state"));
    }

    /** The active server, as far as was looked; null: none. */
    String active() {
        return (String) last.get("active");
    }

    /** The last picture, once the site has come to rest. */
    void rest() throws InterruptedException {
        await(now -> "protected".equals(now.get("state")), LIMIT_MS);
    }

    Proof proof() {
        return new Proof(
                handSeen,
                putBack == null ? null : putBack.overall(),
                switched,
                seconds,
                rejoined,
                active(),
                number(last, "epoch"),
                String.valueOf(trunks().get("position")),
                (String) trunks().get("leadsTo"),
                truth());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> trunks() {
        final List<Map<String, Object>> all = (List<Map<String, Object>>) last.get("switches");
        return all == null || all.isEmpty() ? Map.of() : all.get(0);
    }

    private static boolean is(Map<String, Object> now, String active, String state) {
        return active.equals(now.get("active")) && state.equals(now.get("state"));
    }

    private static long number(Map<String, Object> map, String key) {
        return map.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private boolean await(Predicate<Map<String, Object>> wanted, long limitMs) throws InterruptedException {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (System.nanoTime() - endNs < 0) {
            if (look() && wanted.test(last)) {
                return true;
            }
            meanwhile.run();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    /** False while Tandem does not answer. */
    private boolean look() {
        try {
            last = JSON.std.mapFrom(client.get("/v1/status").json());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String truth() {
        final Matcher found = POSITIONS.matcher(box.command("state"));
        return found.find() ? found.group(1).substring(0, CARDS.length) : "";
    }

    /** An answer of the box can be late on a machine that has other things to do: an operator would try again as well. */
    private TrunkReport insist(String what) throws IOException, InterruptedException {
        TrunkReport report = order(what);
        for (int again = 0; !report.ok() && again < MOST_TRIES; again++) {
            report = order(what);
        }
        return report;
    }

    private TrunkReport order(String what) throws IOException, InterruptedException {
        TrunkReport report = client.post(TrunkReport.class, "/v1/trunks/" + NAME + what, "demo", "part of the demo");
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
        while (!report.done() && report.order() != null && System.nanoTime() - endNs < 0) {
            meanwhile.run();
            TimeUnit.MILLISECONDS.sleep(50);
            report = JsonRecords.read(
                    client.get("/v1/trunks/orders/" + report.order()).json(), TrunkReport.class);
        }
        return report;
    }

    /** What the configuration says of it. */
    List<String> configuration() {
        return List.of(
                "switches:",
                "  - name: " + NAME,
                "    profile: dataprobe-k16",
                "    tcp: \"127.0.0.1:" + port() + "\"",
                "    secret-file: kab.secret",
                "    confirmed: \"2026-11-21 demo\"  # it is emulated",
                "    cards: [1, 2]",
                "    positions: { A: east, B: west }",
                "    dwell: 1s",
                "    moves-per-hour: 1000          # a demo breaks more in a minute than a site in a year",
                "switchover:",
                "  mode: auto",
                "  initial: east",
                "  reconnect: 500ms",
                "  hold-down: 0s");
    }

    @Override
    public void close() throws IOException {
        box.close();
    }
}
