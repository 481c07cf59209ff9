package org.tandemgw.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.tandemgw.profiles.yaml.HostPort;

/** A block of addresses such as {@code 10.1.1.0/24} or {@code fd00::/8}; one address alone is a block of one. Immutable. */
public final class Cidr {

    private final byte[] network;
    private final int prefixBits;

    private Cidr(byte[] network, int prefixBits) {
        this.network = network;
        this.prefixBits = prefixBits;
    }

    /**
     * Reads a block.
     *
     * @param text what the file says
     * @return the block
     * @throws IllegalArgumentException whose message says what is wrong
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!HostPort.isAddress(address)) {
            throw new IllegalArgumentException("is not an address block");
        }
        byte[] bytes = bytesOf(address);
        String prefix = slash < 0 ? String.valueOf(bytes.length * 8) : text.substring(slash + 1);
        if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bytes.length * 8) {
            throw new IllegalArgumentException("has no valid prefix length after the slash");
        }
        Cidr block = new Cidr(bytes, Integer.parseInt(prefix));
        byte[] masked = block.masked(bytes);
        if (!Arrays.equals(masked, bytes)) {
            throw new IllegalArgumentException("has bits set behind its prefix");
        }
        return block;
    }

    /**
     * Whether an address lies in this block.
     *
     * @param address of a peer
     * @return true when it does
     */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == network.length && Arrays.equals(masked(bytes), network);
    }

    private byte[] masked(byte[] address) {
        byte[] masked = address.clone();
        for (int bit = prefixBits; bit < masked.length * 8; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return masked;
    }

    private static byte[] bytesOf(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("is not an address block", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && cidr.prefixBits == prefixBits && Arrays.equals(cidr.network, network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixBits;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefixBits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("address of " + network.length + " bytes", e);
        }
    }
}
