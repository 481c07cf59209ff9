package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many simulated lives, side by side. */
public final class Simulation {
    /** So many episodes make one life. */
    static final int EPISODES_PER_LIFE = 10;

    private final SimSite site;
    private final SimOptions options;
    private final int threads;

    /**
     * What came of it.
     *
     * @param lives how many were simulated
     * @param tally what happened in them
     * @param broken each promise that was broken, with its seed and the last events; empty: all were kept
     */
    record Report(int lives, SimTally tally, List<String> broken) {}

    /**
     * @param site the one to simulate; null: any
     */
    Simulation(SimSite site, SimOptions options, int threads) {
        this.site = site;
        this.options = options;
        this.threads = threads;
    }

    /** One life after the other from this seed on; ends early after some broken promises. */
    Report run(long firstSeed, int lives, int brokenAtMost) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        SimTally tally = new SimTally();
        List<String> broken = Collections.synchronizedList(new ArrayList<>());
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(
                    () -> {
                        SimTally mine = new SimTally();
                        int number;
                        while ((number = next.getAndIncrement()) < lives && broken.size() < brokenAtMost) {
                            String why = live(firstSeed + number, mine);
                            if (why != null) {
                                broken.add(why);
                            }
                        }
                        synchronized (tally) {
                            tally.add(mine);
                        }
                    },
                    "simulation-" + i);
            workers.add(worker);
            worker.start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return new Report(Math.min(next.get(), lives), tally, List.copyOf(broken));
    }

    /** Null: every promise was kept. */
    String live(long seed, SimTally tally) {
        SimLife life = null;
        try {
            life = new SimLife(seed, site == null ? SimSites::random : dice -> site, options);
            new SimEpisodes(life).run(EPISODES_PER_LIFE);
            tally.count("episodes", EPISODES_PER_LIFE);
            return null;
        } catch (SimViolation violation) {
            return "seed " + seed + ": " + violation.getMessage();
        } catch (RuntimeException defect) {
            StringBuilder text = new StringBuilder("seed " + seed + ": thrown: " + defect);
            for (StackTraceElement each : defect.getStackTrace()) {
                text.append("\n    at ").append(each);
            }
            return text + (life == null ? "" : "\n" + life.tandem.site() + "\n" + life.trace.tell(40));
        } finally {
            if (life != null) {
                life.tandem.tally(tally);
            }
        }
    }

    /** For trying things out: first seed, lives, threads. */
    public static void main(String[] args) throws InterruptedException {
        long startNs = System.nanoTime();
        Report report = new Simulation(null, SimOptions.PLAIN, Integer.parseInt(args[2]))
                .run(
                        Long.parseLong(args[0]),
                        Integer.parseInt(args[1]),
                        args.length > 3 ? Integer.parseInt(args[3]) : 1);
        report.broken().forEach(System.out::println);
        System.out.println(report.lives() + " lives, " + report.broken().size() + " broken, "
                + (System.nanoTime() - startNs) / 1_000_000 + " ms: " + report.tally());
    }
}
