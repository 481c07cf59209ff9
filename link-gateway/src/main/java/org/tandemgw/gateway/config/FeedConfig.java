package org.tandemgw.gateway.config;

import java.util.List;
import java.util.Optional;
import org.tandemgw.profiles.yaml.HostPort;

/** What carries one or more journals to one server. */
public sealed interface FeedConfig permits FeedConfig.SoupBinTcp, FeedConfig.Native, FeedConfig.Relay {

    /** @return the names of the ACDs it carries, in the order of the file */
    List<String> acds();

    /**
     * SoupBinTCP on one port, one session for each ACD.
     *
     * @param acds which ACDs; the first is what a blank session means
     * @param listen where the server dials in
     * @param credentials user of at most 6 and secret of at most 10 bytes
     * @param onLost what a server gets that asks for what is no longer kept
     * @param catchUpPerSecond records a second at most while the server is behind; 0: as many as it takes
     * @param dscp how its packets are marked; 0: not
     */
    record SoupBinTcp(
            List<String> acds, HostPort listen, Credentials credentials, OnLost onLost, long catchUpPerSecond, int dscp)
            implements FeedConfig {
        /** Copies the list. */
        public SoupBinTcp {
            acds = List.copyOf(acds);
        }
    }

    /**
     * The gateway plays the ACD.
     *
     * @param acd which ACD
     * @param place where the two meet
     * @param credentials what the server says at login, where the dialect has one
     * @param from where a server that connects is continued
     * @param resend how many records before its cursor are sent again to a server that comes back
     * @param dscp how its packets are marked; 0: not
     */
    record Native(String acd, Place place, Optional<Credentials> credentials, From from, int resend, int dscp)
            implements FeedConfig {
        /**
         * Where a played ACD and the server meet.
         *
         * @param address where the server dials in, or where it is dialled
         * @param dial whether it is dialled
         */
        public record Place(HostPort address, boolean dial) {
            @Override
            public String toString() {
                return address.toString();
            }
        }

        @Override
        public List<String> acds() {
            return List.of(acd);
        }

        /** @return where the server dials in, or where it is dialled */
        public HostPort address() {
            return place.address();
        }

        /** @return whether it is dialled */
        public boolean dial() {
            return place.dial();
        }
    }

    /**
     * One leg passed through.
     *
     * @param acd which ACD
     * @param listen where the server dials in
     * @param leg 1 or 2
     * @param allow who may dial in; empty: anybody
     */
    record Relay(String acd, HostPort listen, int leg, List<Cidr> allow) implements FeedConfig {
        /** Copies the list. */
        public Relay {
            allow = List.copyOf(allow);
        }

        @Override
        public List<String> acds() {
            return List.of(acd);
        }
    }

    /** What a server gets that asks for what is no longer kept. */
    enum OnLost {
        /** Its login is rejected, with the oldest kept sequence named. */
        REJECT,
        /** It continues at the oldest kept. */
        CONTINUE
    }

    /** Where a server that connects is continued. */
    enum From {
        /** After what it is known or thought to have. */
        CURSOR,
        /** With the next frame. */
        LIVE
    }
}
