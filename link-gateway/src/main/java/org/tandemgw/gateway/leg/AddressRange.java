package org.tandemgw.gateway.leg;

import java.net.InetAddress;

/**
 * A range of addresses, such as 10.1.1.0/24.
 *
 * @param network an address inside the range
 * @param prefixLength how many of its leading bits count
 */
public record AddressRange(InetAddress network, int prefixLength) {
    /** Whether the address lies in the range. */
    public boolean contains(InetAddress address) {
        final byte[] mine = network.getAddress();
        final byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            final int mask = 0x80 >>> (bit & 7);
            if ((mine[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
