package org.tandemgw.gateway.config;

import java.util.List;
import java.util.Optional;
import org.tandemgw.profiles.ServerProfile;

/**
 * One of the two servers.
 *
 * @param name unique
 * @param profile its kind
 * @param feeds what carries the streams to it
 * @param probes how it is watched
 * @param promote what makes it the active one, if anything must
 * @param demote what makes it stop being the active one, if anything must
 */
public record ServerConfig(
        String name,
        ServerProfile profile,
        List<FeedConfig> feeds,
        List<ProbeConfig> probes,
        Optional<ActionConfig> promote,
        Optional<ActionConfig> demote) {

    /** Copies the lists. */
    public ServerConfig {
        feeds = List.copyOf(feeds);
        probes = List.copyOf(probes);
    }
}
