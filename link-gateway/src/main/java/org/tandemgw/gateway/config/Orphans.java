package org.tandemgw.gateway.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;

/**
 * Servers for which the data folder still holds records, and which the configuration does not name any more: the next start drops
 * their cursors. Read only, and never a reason to refuse a configuration.
 */
final class Orphans {
    private Orphans() {}

    /** Empty if there are none, or no control file. */
    static Optional<Table> of(SiteConfiguration site) {
        final List<List<Object>> rows = new ArrayList<>();
        String unknown = "";
        try {
            final List<String> named =
                    site.servers().stream().map(ServerConfig::name).toList();
            for (final ControlState.Acd acd :
                    ControlFile.read(site.data()).state().acds()) {
                for (final ControlState.Hold hold : acd.holds()) {
                    if (!named.contains(hold.server())) {
                        rows.add(List.of(hold.server(), acd.name(), hold.through()));
                    }
                }
            }
        } catch (IOException e) {
            unknown = "cannot be known: " + e.getMessage();
        }
        return rows.isEmpty() && unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "orphans",
                        "Servers no longer named, whose cursors the next start drops",
                        List.of("server", "acd", "hasThrough"),
                        rows,
                        unknown.isEmpty() ? "a server under a new name counts as one that was never here" : unknown));
    }
}
