package org.tandemgw.gateway.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.emulate.SimulatedLeg;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalVerification;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.terminal.Terminal;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.SystemClock;

/**
 * {@code tandem demo}: starts everything, breaks things until it is time, puts them right, drains, and says what was
 * proved. One thread, the caller's; Ctrl-C ends the mischief early and still gives the summary.
 */
public final class Demo {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long PICTURE_MS = 100;
    private static final long CONNECT_MS = 30_000;
    private static final long DRAIN_MS = 30_000;
    private static final long WIND_DOWN_MS = 3_000;
    private static final long TERMINATE_MS = 10_000;
    private static final long ONE_MINUTE_MS = 60_000;
    private static final int SIZE_EVERY_PICTURES = 20;

    /** How the command is called: by the launcher of the source tree, or as installed. */
    private static final String COMMAND = Boolean.getBoolean("tandem.tree") ? "./tandem" : "tandem";

    private final DemoOptions options;
    private final PrintStream out;
    private final Clock clock = new SystemClock();
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Terminal size = new Terminal(16, 40);
    private final boolean screen;
    private final long lastsMs;
    private volatile int status = 1;
    private DemoView view;
    private long startNs;
    private long trafficMs = -1;
    private long pictures;

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.screen = !options.plain() && !options.json() && Terminal.wantsScreen(System.getenv());
        this.lastsMs = options.lasts() != null ? options.lasts().toMillis() : screen ? -1 : ONE_MINUTE_MS;
    }

    /** Runs the demo. The exit status: 0 if it is proved that both servers have everything, in order, once; else 1. */
    public static int run(DemoOptions options, PrintStream out) {
        return new Demo(options, out).run();
    }

    private int run() {
        // Ctrl-C begins the end of the JVM, but the demo has yet to drain and to say what it proved: hold the JVM until
        // then.
        final Thread hook = new Thread(this::endOnSignal, "demo-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            status = show();
        } catch (IOException | UncheckedIOException e) {
            out.println("tandem demo: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            out.flush();
            ended.countDown();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already; the hook ends it with our status.
        }
        return status;
    }

    private void endOnSignal() {
        stopAsked.countDown();
        try {
            if (!ended.await(DRAIN_MS + TERMINATE_MS + CONNECT_MS, TimeUnit.MILLISECONDS)) {
                status = 1;
            }
        } catch (InterruptedException e) {
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }

    private int show() throws IOException, InterruptedException {
        try (DemoSite site = new DemoSite(options.keep());
                DemoRig rig = new DemoRig(options, site, clock)) {
            say("Tandem demo: an ACD with two legs, the real appliance, two servers and a trunk switch, all here.");
            say("  configuration  " + site.config());
            say("  look inside    " + COMMAND + " status --watch -c " + site.config());
            if (options.dialect().tellsOfCalls()) {
                say("  and the calls  " + COMMAND + " calls -c " + site.config());
            }
            say("  " + (lastsMs < 0 ? "ends with Ctrl-C" : lastsMs / 1000 + " s of traffic (--for), or until Ctrl-C")
                    + "; seed " + options.seed() + ", " + options.framesPerSecond() + " frames/s, "
                    + options.dialect().profile() + (options.quiet() ? ", nothing is broken" : ""));
            if (!rig.awaitReady() || !awaitConnected(rig)) {
                return stopAsked.getCount() == 0 ? 1 : failed(rig);
            }
            openView(site);
            try {
                view.event(
                        DemoView.Kind.NOTE,
                        "the telephone trunks lead to server east, through two relay cards of a trunk switch (emulated)");
                rig.trunks().perform(view, rig.active(), () -> picture(rig, null));
                final Mischief mischief = perform(rig);
                final DemoTakeOver.Told told = takeOver(rig, site);
                view.event(DemoView.Kind.NOTE, "draining");
                drain(rig);
                return conclude(rig, mischief, told, site);
            } finally {
                view.close();
            }
        }
    }

    private void openView(DemoSite site) {
        startNs = clock.nanoTime();
        if (options.json()) {
            view = new PlainView(new PrintStream(java.io.OutputStream.nullOutputStream()), this::elapsedMs);
        } else if (screen) {
            size.measure();
            view = new ScreenView(
                    out,
                    size,
                    Terminal.wantsColours(System.getenv()),
                    Terminal.showsUnicode(System.getenv()),
                    "seed " + options.seed() + ", " + options.framesPerSecond() + " frames/s, "
                            + options.dialect().profile(),
                    List.of(
                            "look inside   " + COMMAND + " status --watch -c " + site.config(),
                            "Ctrl-C ends it and proves what was delivered"),
                    this::elapsedMs);
        } else {
            view = new PlainView(out, this::elapsedMs);
        }
    }

    private boolean awaitConnected(DemoRig rig) throws InterruptedException {
        final long endNs = clock.nanoTime() + CONNECT_MS * NS_PER_MS;
        while (!rig.connected() && rig.appliance().alive() && clock.nanoTime() - endNs < 0) {
            if (stopAsked.await(PICTURE_MS / 2, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return rig.connected();
    }

    private Mischief perform(DemoRig rig) throws IOException, InterruptedException {
        trafficMs = elapsedMs();
        rig.acd().resume();
        view.event(DemoView.Kind.NOTE, "both legs and both servers are connected, traffic begins");
        final Mischief mischief = new Mischief(rig, view, clock, options.seed());
        while (more() || !mischief.calm()) {
            final long leftMs = endMs() < 0 ? Long.MAX_VALUE : endMs() - elapsedMs();
            mischief.step(!options.quiet() && more() && leftMs > WIND_DOWN_MS);
            picture(rig, mischief);
            if (rig.appliance().died()) {
                view.event(DemoView.Kind.WRONG, "Tandem " + rig.appliance().ending() + " although nobody asked it to");
                break;
            }
            if (stopAsked.getCount() > 0) {
                stopAsked.await(PICTURE_MS, TimeUnit.MILLISECONDS);
            } else {
                TimeUnit.MILLISECONDS.sleep(PICTURE_MS);
            }
        }
        return mischief;
    }

    private boolean more() {
        return stopAsked.getCount() > 0 && (endMs() < 0 || elapsedMs() < endMs());
    }

    /** When the traffic is to end; -1: not known. */
    private long endMs() {
        return lastsMs < 0 || trafficMs < 0 ? -1 : trafficMs + lastsMs;
    }

    /** Waits until both servers have the last frame, or nothing has moved for long enough. */
    private void drain(DemoRig rig) throws InterruptedException {
        rig.acd().stop();
        if (!rig.appliance().died()) {
            rig.trunks().rest();
        }
        final long endNs = clock.nanoTime() + DRAIN_MS * NS_PER_MS;
        long idleSinceNs = clock.nanoTime();
        long seen = -1;
        while (clock.nanoTime() - endNs < 0 && rig.appliance().alive()) {
            final DemoServer.Standing east = rig.east().standing();
            final DemoServer.Standing west = rig.west().standing();
            if (east.last() + west.last() != seen) {
                seen = east.last() + west.last();
                idleSinceNs = clock.nanoTime();
            }
            final boolean level = east.last() == west.last()
                    && rig.acd().leg(1).drained()
                    && rig.acd().leg(2).drained();
            final long idleMs = (clock.nanoTime() - idleSinceNs) / NS_PER_MS;
            if (level && idleMs > 1_000 || idleMs > 10_000) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PICTURE_MS / 2);
        }
    }

    /** Null if it cannot be asked. */
    private static GatewayStatus.Calls calls(DemoSite site) {
        try {
            final String status = new ControlClient(site.data().resolve(SiteConfiguration.SOCKET_NAME), CONNECT_MS)
                    .get("/v1/status")
                    .json();
            return JsonRecords.read(status, GatewayStatus.class).calls();
        } catch (IOException | JsonFormatException e) {
            return null;
        }
    }

    /** Null where nobody knows of calls, and when somebody wants it to end. */
    private DemoTakeOver.Told takeOver(DemoRig rig, DemoSite site) throws InterruptedException {
        return !options.dialect().tellsOfCalls()
                        || stopAsked.getCount() == 0
                        || rig.appliance().died()
                ? null
                : DemoTakeOver.perform(view, rig.trunks(), site);
    }

    private int conclude(DemoRig rig, Mischief mischief, DemoTakeOver.Told told, DemoSite site)
            throws IOException, InterruptedException {
        final boolean died = rig.appliance().died();
        final List<String> lastLines = rig.appliance().lastLines();
        final List<DemoServer.Standing> standings =
                List.of(rig.east().standing(), rig.west().standing());
        final GatewayStatus.Calls calls = calls(site);
        rig.east().close();
        rig.west().close();
        final int exitStatus = rig.appliance().terminate(TERMINATE_MS);
        final SimulatedLeg one = rig.acd().leg(1);
        final SimulatedLeg two = rig.acd().leg(2);
        final DemoSummary summary = new DemoSummary(
                rig.acd().oracle().produced(),
                List.of(one.cuts(), two.cuts()),
                List.of(one.carried(), two.carried()),
                mischief.done(),
                mischief.gapsExpected(),
                mischief.surprises(),
                exitStatus,
                JournalVerification.of(
                        JournalFiles.directory(site.data(), DemoSite.ACD, 1),
                        standings.stream()
                                .mapToLong(DemoServer.Standing::last)
                                .max()
                                .orElseThrow(),
                        (bytes, ofBytes) -> {}),
                rig.trunks().proof(),
                told,
                calls,
                List.of(
                        new DemoSummary.Server(
                                standings.get(0),
                                rig.east().contentDigest(),
                                rig.east().notes(),
                                rig.eastComparison().finish()),
                        new DemoSummary.Server(
                                standings.get(1),
                                rig.west().contentDigest(),
                                rig.west().notes(),
                                rig.westComparison().finish())));
        view.close();
        if (options.json()) {
            out.println(summary.json());
        } else {
            summary.text().forEach(out::println);
        }
        if (died) {
            say("Tandem itself " + rig.appliance().ending()
                    + " although nobody asked it to. The last lines of its log:");
            lastLines.forEach(line -> say("  " + line));
        }
        return summary.proved() && !died ? 0 : 1;
    }

    private int failed(DemoRig rig) {
        out.println("tandem demo: not everything got ready within " + CONNECT_MS / 1000 + " s; Tandem "
                + rig.appliance().ending());
        for (final DemoServer server : List.of(rig.east(), rig.west())) {
            final String reject = server.standing().lastReject();
            if (!reject.isEmpty()) {
                out.println("  login of " + server.name() + " rejected: " + reject);
            }
        }
        out.println("The last lines of its log:");
        rig.appliance().lastLines().forEach(line -> out.println("  " + line));
        return 1;
    }

    /** @param mischief null: it has not begun */
    private void picture(DemoRig rig, Mischief mischief) {
        if (screen && ++pictures % SIZE_EVERY_PICTURES == 0) {
            size.measure();
        }
        final DemoServer.Standing east = rig.east().standing();
        final DemoServer.Standing west = rig.west().standing();
        final DemoFault broken = mischief == null ? null : mischief.broken();
        view.show(new DemoPicture(
                elapsedMs(),
                endMs(),
                rig.acd().oracle().produced(),
                Math.max(east.last(), west.last()),
                rig.appliance().alive(),
                rig.appliance().pid(),
                broken == null ? null : broken.begins(),
                mischief == null ? 0 : mischief.done(),
                List.of(leg(rig, 1, broken), leg(rig, 2, broken)),
                List.of(east, west)));
    }

    private static DemoPicture.Leg leg(DemoRig rig, int number, DemoFault broken) {
        final SimulatedLeg leg = rig.acd().leg(number);
        return new DemoPicture.Leg(
                number, leg.connected(), number == 2 && broken == DemoFault.HALF_OPEN_LEG_2, leg.carried(), leg.cuts());
    }

    private long elapsedMs() {
        return (clock.nanoTime() - startNs) / NS_PER_MS;
    }

    private void say(String text) {
        if (!options.json()) {
            out.println(text);
            out.flush();
        }
    }
}
