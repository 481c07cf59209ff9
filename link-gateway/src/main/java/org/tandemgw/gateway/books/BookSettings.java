package org.tandemgw.gateway.books;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is written down about the calls of an ACD, and where.
 *
 * @param intervals the folder of interval statistics
 * @param records call records; empty: none are written
 * @param servers both
 * @param active who was in control when Tandem last stopped: counts until the journal says better
 * @param minFreeBytes what has to stay free on the disk
 */
public record BookSettings(
        Path intervals,
        Duration interval,
        long keptDays,
        Optional<Records> records,
        List<String> servers,
        String active,
        long minFreeBytes) {

    /** At most so many queues, agents and groups of trunks of an ACD are counted each for itself. */
    public static final int MOST_ACCOUNTS = 20_000;

    /**
     * Call records.
     *
     * @param both whether each is for both servers
     * @param folder with a folder for each server
     */
    public record Records(boolean both, Path folder, long keptDays) {}

    public BookSettings {
        servers = List.copyOf(servers);
    }
}
