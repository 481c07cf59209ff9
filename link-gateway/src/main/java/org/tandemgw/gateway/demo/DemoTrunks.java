package org.tandemgw.gateway.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The trunk switch of the demo: an emulated box of two cards, moved once by hand at its panel and once by order, and asked
 * beside the wire where its relays really are. The demo's own thread.
 */
final class DemoTrunks implements AutoCloseable {
    static final String NAME = "trunks";
    static final String PASSWORD = "PASS";

    private static final int[] CARDS = {1, 2};
    private static final long LIMIT_MS = 30_000;
    private static final int MOST_TRIES = 4;
    private static final Pattern POSITIONS = Pattern.compile("\"positions\":\"([^\"]*)\"");

    private final SwitchEmulator box;
    private final ControlClient client;
    private boolean handSeen;
    private TrunkReport selected;

    /**
     * What was proved.
     *
     * @param handSeen whether Tandem told of the card that was moved by hand
     * @param overall what Tandem claims of its own order
     * @param claimed where Tandem had read the cards
     * @param truth where they really are, at the end
     * @param tookMs the order
     */
    record Proof(boolean handSeen, String overall, String claimed, String truth, Double tookMs) {
        boolean proved() {
            return handSeen && "OK".equals(overall) && truth.equals(claimed.repeat(truth.length()));
        }
    }

    DemoTrunks(Path data) throws IOException {
        box = new SwitchEmulator(0, null, 1, CARDS);
        client = new ControlClient(data.resolve(SiteConfiguration.SOCKET_NAME), LIMIT_MS);
    }

    int port() {
        return box.port();
    }

    /** One move by hand and one by order. */
    void perform(DemoView view) throws IOException, InterruptedException {
        insist("/query");
        box.command("panel 2 B");
        view.event(DemoView.Kind.BROKEN, "somebody moves card 2 of the trunk switch at its panel");
        final TrunkReport seen = insist("/query");
        handSeen = seen.cards().stream().anyMatch(card -> card.card() == 2 && card.movedWithoutUs());
        order("/adopt");
        view.event(
                handSeen ? DemoView.Kind.GOOD : DemoView.Kind.WRONG,
                handSeen
                        ? "Tandem told of it, fought nothing, and was told to take it for true"
                        : "Tandem did not tell of it: " + seen.message());
        selected = insist("/select/west");
        view.event(
                selected.ok() ? DemoView.Kind.GOOD : DemoView.Kind.WRONG, "all trunks to west: " + selected.message());
    }

    Proof proof() {
        return new Proof(
                handSeen,
                selected == null ? null : selected.overall(),
                selected == null ? "?" : selected.position(),
                truth(),
                selected == null ? null : selected.tookMs());
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
                "    dwell: 1s");
    }

    @Override
    public void close() throws IOException {
        box.close();
    }
}
