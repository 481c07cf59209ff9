package org.tandemgw.gateway.probe;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.time.SystemClock;

/** A process that looks and prints what it sees, a line for each look; ends after so many, or never. */
final class ProbingProgram {
    private ProbingProgram() {}

    public static void main(String[] args) throws Exception {
        final CountDownLatch looks = new CountDownLatch(Integer.parseInt(args[1]));
        final Probes probes = new Probes(
                ConfigurationFile.read(Path.of(args[0])).configuration().orElseThrow(),
                (server, acd) -> null,
                new SystemClock(),
                new Random(),
                new LookListener() {
                    @Override
                    public void looked(String server, String probe, boolean secondPath, Look look) {
                        print(server + "/" + probe + (secondPath ? " second" : ""), look);
                    }

                    @Override
                    public void networkLooked(String target, Look look) {
                        print(target, look);
                    }

                    private void print(String target, Look look) {
                        System.out.println(target + " " + look.sight() + " " + look.said());
                        looks.countDown();
                    }
                });
        System.out.println("icmp: " + probes.icmpRefusal());
        probes.start();
        looks.await();
        probes.close();
    }
}
