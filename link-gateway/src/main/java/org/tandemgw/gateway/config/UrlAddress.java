package org.tandemgw.gateway.config;

import java.net.URI;
import org.tandemgw.profiles.yaml.HostPort;

/** Where one connects for a URL of http or https. */
public final class UrlAddress {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private UrlAddress() {}

    /** Whether it is one of https. */
    public static boolean isSecure(String url) {
        return "https".equalsIgnoreCase(URI.create(url).getScheme());
    }

    /** Its host, without brackets, and its port or the usual one. */
    public static HostPort of(String url) {
        final URI uri = URI.create(url);
        final int usual = isSecure(url) ? HTTPS : HTTP;
        return new HostPort(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? usual : uri.getPort());
    }
}
