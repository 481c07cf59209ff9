package org.tandemgw.gateway.ledger;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.recovery.ListedTable;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Trigger;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/** A site with one ACD whose calls are told of by hand, and the accounts of its switchovers. One thread but for the accounts' own. */
final class LedgerSite implements AutoCloseable, Ledgers.Tables {
    static final String ACD = "acd1";
    static final Instant OPENED = Instant.now().plusSeconds(3_600);
    static final long AT = 1_795_251_600_000_000_000L;

    private final SiteConfiguration site;
    private final CallTable table;
    private final CallEvent event = new CallEvent();
    private Ledgers ledgers;
    private long sequence;
    private volatile int listsWanted;

    LedgerSite(Path folder, String minFree) throws IOException {
        this(folder, minFree, TableLimits.ofCalls(1_000));
    }

    LedgerSite(Path folder, String minFree, TableLimits limits) throws IOException {
        table = new CallTable(limits, CallWatcher.NONE);
        for (final String secret : List.of("kab.secret", "feed.secret")) {
            Files.setPosixFilePermissions(
                    Files.writeString(folder.resolve(secret), "PASS\n"), PosixFilePermissions.fromString("rw-------"));
        }
        final ConfigurationFile.Result result =
                ConfigurationFile.read(Files.writeString(folder.resolve("tandem.yaml"), """
                data: data
                journal: { min-free: MIN }
                acds:
                  - name: acd1
                    profile: opaque-line
                    legs: [ { connect: "127.0.0.1:5038" }, { connect: "127.0.0.1:5039" } ]
                servers:
                  - name: east
                    feed: { soupbintcp: { listen: "127.0.0.1:7001", user: east, secret-file: feed.secret } }
                  - name: west
                    feed: { soupbintcp: { listen: "127.0.0.1:7002", user: west, secret-file: feed.secret } }
                switches:
                  - name: trunks
                    profile: dataprobe-k16
                    tcp: "127.0.0.1:9100"
                    secret-file: kab.secret
                    confirmed: "2026-11-21 jd"
                    positions: { A: east, B: west }
                    cards: [ 1, 2 ]
                    circuits: { 1: ["T1/*"], 2: ["T2/*"] }
                """.replace("MIN", minFree)));
        site = result.configuration()
                .orElseThrow(() -> new AssertionError(result.problems().toString()));
        Files.createDirectories(site.data());
        start();
    }

    /** As after an end of the process: what is on the disk is there again. */
    void start() {
        if (ledgers != null) {
            ledgers.close();
        }
        ledgers = new Ledgers(site, this, new SystemClock());
        ledgers.start();
    }

    Ledgers ledgers() {
        return ledgers;
    }

    List<SwitchConfig> switches() {
        return site.switches();
    }

    Path data() {
        return site.data();
    }

    CallTable table() {
        return table;
    }

    int listsWanted() {
        return listsWanted;
    }

    void say(CallEventKind kind, String call, String leg, String trunk) {
        apply(begin(kind).text(CallText.CALL, call).text(CallText.LEG, leg).text(CallText.TRUNK, trunk));
    }

    void list(CallEventKind kind, String call, String leg, long startedAgoS) {
        apply(begin(kind)
                .text(CallText.CALL, call)
                .text(CallText.LEG, leg)
                .startedNs(AT + sequence - startedAgoS * 1_000_000_000)
                .listed(true));
    }

    void tell(CallEventKind kind) {
        apply(begin(kind));
    }

    CallEvent begin(CallEventKind kind) {
        return event.begin(kind, ++sequence, AT + sequence);
    }

    void apply(CallEvent told) {
        synchronized (table) {
            table.apply(told);
        }
    }

    void commence(long epoch) {
        commence(epoch, null);
        goOn();
    }

    /** Nothing is written of it before {@link #goOn}. */
    void commence(long epoch, Instant began) {
        sequence++;
        ledgers.commenced(new MarkedTable(
                ACD,
                new SwitchMark(SwitchMark.What.COMMENCE, epoch, epoch, "east", "west", began),
                sequence,
                AT + sequence,
                0,
                table));
    }

    /** Until the account is begun. */
    void goOn() {
        while (ledgers.goOn(ACD)) {
            // a slice
        }
        await().until(() -> !ledgers.isOwing(ACD));
    }

    /** The attempt is over; each step {@code card outcome}, or {@code - outcome} of all cards. */
    void over(long epoch, Outcome outcome, String... select) {
        ledgers.closed(decision(epoch, outcome, select));
    }

    static Decision decision(long epoch, Outcome outcome, String... select) {
        final List<Decision.StepLine> steps = new ArrayList<>();
        for (final String each : select) {
            final String[] words = each.split(" ");
            steps.add(new Decision.StepLine(
                    "select",
                    null,
                    "trunks",
                    words[0].equals("-") ? null : Integer.valueOf(words[0]),
                    Instant.EPOCH,
                    1.0,
                    words[1],
                    null));
        }
        return new Decision(
                epoch,
                epoch,
                "east",
                "west",
                Trigger.MANUAL,
                "a test",
                "jd",
                false,
                outcome,
                List.of(),
                List.of(),
                null,
                List.of(),
                steps,
                null,
                -1,
                OPENED,
                OPENED);
    }

    /** The ACD has listed all its calls; the list began here. */
    void listed(long beganAfter) {
        ledgers.listed(new ListedTable(ACD, beganAfter, 0, table));
    }

    long now() {
        return sequence;
    }

    @Override
    public boolean ask(String acd, Consumer<CallTable> question) {
        synchronized (table) {
            question.accept(table);
        }
        return true;
    }

    @Override
    public long last(String acd) {
        return sequence;
    }

    @Override
    public void wantList(String acd) {
        listsWanted++;
    }

    @Override
    public void close() {
        ledgers.close();
    }
}
