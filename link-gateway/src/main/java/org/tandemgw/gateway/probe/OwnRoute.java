package org.tandemgw.gateway.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** Whether this machine knows a way to an address at all. Sends nothing: the kernel is asked for its route. */
final class OwnRoute {
    private static final int ANY_PORT = 9;

    private OwnRoute() {}

    static boolean missing(InetAddress to) {
        try (DatagramChannel asked = DatagramChannel.open()) {
            asked.connect(new InetSocketAddress(to, ANY_PORT));
            return false;
        } catch (IOException e) {
            // No descriptor is left, it may be as well; but then the look itself would have told so.
            return true;
        }
    }
}
