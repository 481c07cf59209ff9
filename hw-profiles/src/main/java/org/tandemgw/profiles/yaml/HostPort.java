package org.tandemgw.profiles.yaml;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address as files write it: {@code host:port} or {@code [v6]:port}. The host stays text; nothing is resolved here.
 *
 * @param host name, IPv4 or IPv6 address, the last without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final Pattern V4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
    private static final Pattern V6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]{1,32})?");

    /**
     * Reads an address.
     *
     * @param text what the file says
     * @return the address
     * @throws IllegalArgumentException whose message says what is wrong
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("has no port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (!isV6(host)) {
                throw new IllegalArgumentException("has no IPv6 address between the brackets");
            }
        } else if (host.contains(":")) {
            throw new IllegalArgumentException("has an IPv6 address without brackets");
        } else if (!isHost(host)) {
            throw new IllegalArgumentException("has no valid host before the colon");
        }
        return new HostPort(host, port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("has no valid port after the colon");
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("has a port outside 1 to 65535");
        }
        return port;
    }

    /**
     * Whether this is a host name or an address, without asking anybody.
     *
     * @param text what the file says
     * @return true for a name, an IPv4 or an IPv6 address
     */
    public static boolean isHost(String text) {
        if (DIGITS_AND_DOTS.matcher(text).matches()) {
            return V4.matcher(text).matches();
        }
        return NAME.matcher(text).matches() || isV6(text);
    }

    /**
     * Whether this is an address rather than a name.
     *
     * @param text what the file says
     * @return true for an IPv4 or IPv6 address without brackets
     */
    public static boolean isAddress(String text) {
        return V4.matcher(text).matches() || isV6(text);
    }

    private static boolean isV6(String text) {
        if (!text.contains(":") || !V6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        int zone = text.indexOf('%');
        try {
            // With colons in it this is parsed as a literal; no name service is asked.
            return InetAddress.getByName(zone < 0 ? text : text.substring(0, zone)) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** @return true when it stands for every address of the machine */
    public boolean isAnyAddress() {
        return host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
    }

    /**
     * For binding: a socket address whose host, when a name, is resolved now.
     *
     * @return a new socket address
     */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
