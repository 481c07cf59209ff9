package org.tandemgw.gateway.config;

import java.nio.file.Path;
import java.util.Optional;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * The web panel.
 *
 * @param listen its address
 * @param certificate its TLS certificate, PEM; with {@code key}
 * @param key its TLS key, PEM
 * @param usersFile who may view and operate
 */
public record PanelConfig(HostPort listen, Optional<Path> certificate, Optional<Path> key, Optional<Path> usersFile) {}
