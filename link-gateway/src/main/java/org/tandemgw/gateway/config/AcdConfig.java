package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.List;
import org.tandemgw.profiles.AcdProfile;

/**
 * One ACD and its link.
 *
 * @param name at most 6 letters, digits, '-'; also the SoupBinTCP session
 * @param profile its dialect
 * @param mode whether its legs become one stream
 * @param silence how long a leg may be silent; the file's value, else the profile's; zero: never silent
 * @param legs exactly two, leg 1 and leg 2 in this order
 * @param devices what is monitored, where the dialect has monitors; else empty
 */
public record AcdConfig(
        String name, AcdProfile profile, Mode mode, Duration silence, List<LegConfig> legs, List<String> devices) {

    /** What becomes of the two legs. */
    public enum Mode {
        /** They become one stream, served to both servers. */
        MERGE,
        /** Each is passed through to one server. */
        RELAY
    }

    /** Copies the list. */
    public AcdConfig {
        legs = List.copyOf(legs);
        devices = List.copyOf(devices);
    }
}
