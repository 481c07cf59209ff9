package org.tandemgw.gateway.journal;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How loud the libraries below the journal are. Chronicle tells at level INFO how long each mapping took, and its affinity
 * library warns that JNA is not there, which is on purpose. Applied when the first journal opens; who reads a logging
 * configuration later calls {@link #quieten()} again.
 */
public final class ChronicleLogging {
    /** The loggers and the least level that is shown. */
    public static final Map<String, Level> LEVELS =
            Map.of("net.openhft", Level.WARNING, "net.openhft.affinity", Level.SEVERE);

    /** The log manager forgets loggers that nobody holds, and their levels with them. */
    private static final List<Logger> HELD =
            LEVELS.keySet().stream().map(Logger::getLogger).toList();

    private ChronicleLogging() {}

    /** Sets the levels. */
    public static void quieten() {
        HELD.forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
    }
}
