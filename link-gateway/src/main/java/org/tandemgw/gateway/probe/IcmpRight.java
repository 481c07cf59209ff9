package org.tandemgw.gateway.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether this process may send echo requests. Java does not say: without the right {@link InetAddress#isReachable} silently tries TCP port 7 instead, which a
 * firewall that drops it makes look like a machine that is down. So the effective capabilities are read, and, because in some containers they are those of another world,
 * the kernel's own count of echo requests must rise when one is sent to ourselves.
 */
final class IcmpRight {
    static final String REMEDY =
            "give the process CAP_NET_RAW (systemd: AmbientCapabilities=CAP_NET_RAW), or use another kind of probe";

    private static final int NET_RAW = 13;
    private static final int OURSELVES_MS = 500;

    private IcmpRight() {}

    /** Null if it may; else why not. Takes some milliseconds. */
    static String refusal() {
        return refusal(Path.of("/proc/self"));
    }

    static String refusal(Path self) {
        try {
            if (!hasCapability(Files.readAllLines(self.resolve("status")))) {
                return "this process may not send ICMP";
            }
            final long before = echoesSent(self);
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).isReachable(OURSELVES_MS);
            return echoesSent(self) > before
                    ? null
                    : "the system lets no ICMP of this process out, whatever its capabilities say";
        } catch (IOException e) {
            // No loopback to try it on: the capability has to do.
            return Files.isReadable(self.resolve("status")) ? null : "the capabilities of this process cannot be read";
        }
    }

    static boolean hasCapability(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("CapEff:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(effective -> (effective >> NET_RAW & 1) == 1);
    }

    private static long echoesSent(Path self) throws IOException {
        final List<String> icmp = Files.readAllLines(self.resolve("net/snmp")).stream()
                .filter(line -> line.startsWith("Icmp:"))
                .toList();
        if (icmp.size() < 2) {
            throw new IOException("the kernel counts no ICMP");
        }
        final List<String> names = List.of(icmp.get(0).split(" "));
        return Long.parseLong(icmp.get(1).split(" ")[names.indexOf("OutEchos")]);
    }
}
