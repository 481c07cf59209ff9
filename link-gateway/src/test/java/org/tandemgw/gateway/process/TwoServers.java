package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import org.tandemgw.gateway.demo.DemoServer;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.time.SystemClock;

/** The two servers of a {@link Site}, each with its account of what it got from the simulated ACD. */
final class TwoServers implements AutoCloseable {
    private final AcdSimulator acd;
    private final StreamComparison eastAccount;
    private final StreamComparison westAccount;
    private final DemoServer east;
    private final DemoServer west;

    TwoServers(Site site, AcdSimulator acd) {
        this.acd = acd;
        this.eastAccount = acd.comparison();
        this.westAccount = acd.comparison();
        this.east = server("east", site.eastPort(), eastAccount);
        this.west = server("west", site.westPort(), westAccount);
    }

    private DemoServer server(String name, int port, StreamComparison account) {
        return new DemoServer(
                name,
                new InetSocketAddress("127.0.0.1", port),
                name,
                Site.PASSWORD,
                new SystemClock(),
                account,
                acd.oracle()::producedNs);
    }

    DemoServer east() {
        return east;
    }

    DemoServer west() {
        return west;
    }

    void awaitConnected() {
        await().until(() -> east.standing().connected() && west.standing().connected());
    }

    /** Waits until both have every record of the journal. */
    void awaitSequence(long sequence) {
        await().untilAsserted(() -> assertEquals(
                List.of(sequence, sequence),
                List.of(east.standing().last(), west.standing().last())));
    }

    /** Ends both and returns what their accounts say, after checking that they are identical. */
    StreamComparison.Verdict verdict() {
        assertEquals(east.contentDigest(), west.contentDigest(), "both servers have the same records");
        close();
        final StreamComparison.Verdict verdict = eastAccount.finish();
        assertEquals(verdict, westAccount.finish());
        return verdict;
    }

    @Override
    public void close() {
        east.close();
        west.close();
    }
}
