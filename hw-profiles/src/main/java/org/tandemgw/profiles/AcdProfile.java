package org.tandemgw.profiles;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tandemgw.profiles.yaml.Bytes;

/**
 * What is known, and what is only assumed, of one dialect: how an ACD speaks on a leg. Data only; made by HwProfiles,
 * read by the composition of the gateway. Immutable.
 *
 * @param about name, evidence and hazards
 * @param framing what a frame is; empty where that is not public, and then only relay is possible
 * @param identity what makes two frames the same
 * @param local which frames belong to one leg's session and never enter the stream
 * @param session who dials, and what is said first
 * @param keepAlive what we send on an idle leg, if anything
 * @param silence how long a leg may be silent before it counts as silent; zero: never
 * @param onPause what the ACD does when we do not read
 * @param nativeFeed whether a server can be served as if the gateway were the ACD
 * @param relay whether a site may pass its legs through, each to one server
 */
public record AcdProfile(
        ProfileAbout about,
        Optional<Framing> framing,
        Identity identity,
        List<LocalRule> local,
        Session session,
        Optional<KeepAlive> keepAlive,
        Duration silence,
        OnPause onPause,
        boolean nativeFeed,
        boolean relay) {

    /** Copies the lists. */
    public AcdProfile {
        local = List.copyOf(local);
    }

    /** @return the name by which a configuration names it */
    public String name() {
        return about.name();
    }

    /** @return true when the dialect says what a frame and its identity are, so that two legs can become one stream */
    public boolean canMerge() {
        return framing.isPresent() && identity.by() != Identity.By.NONE;
    }

    /**
     * What makes two frames the same frame.
     *
     * @param by what is compared
     * @param skip byte ranges left out of the comparison, in ascending order
     */
    public record Identity(By by, List<Range> skip) {

        /** What is compared. */
        public enum By {
            /** The content, apart from the skipped ranges, and the place in the stream. */
            CONTENT_AND_PLACE,
            /** Not known: the legs cannot be merged. */
            NONE
        }

        /** Copies the list. */
        public Identity {
            skip = List.copyOf(skip);
        }
    }

    /**
     * Bytes of a frame.
     *
     * @param offset first byte, counted from the frame's start
     * @param length how many
     */
    public record Range(int offset, int length) {}

    /**
     * One way to know a local frame.
     *
     * @param kind how it is compared
     * @param bytes with what
     */
    public record LocalRule(Kind kind, Bytes bytes) {

        /** How a frame is compared. */
        public enum Kind {
            /** The frame begins with the bytes. */
            STARTS_WITH,
            /** The frame is exactly the bytes. */
            EQUALS
        }
    }

    /**
     * How a leg's session begins.
     *
     * @param gatewayMayDial whether we may dial the ACD
     * @param acdMayDial whether the ACD may dial us
     * @param steps what is said before the first frame, in order
     */
    public record Session(boolean gatewayMayDial, boolean acdMayDial, List<Step> steps) {

        /** Copies the list. */
        public Session {
            steps = List.copyOf(steps);
        }

        /** @return true when the steps need a user and a secret */
        public boolean needsCredentials() {
            return steps.stream()
                    .anyMatch(step -> step.kind() == Step.Kind.SEND
                            && (step.bytes().toString().contains("{user}")
                                    || step.bytes().toString().contains("{secret}")));
        }
    }

    /**
     * One step at the beginning of a session.
     *
     * @param kind send or expect
     * @param bytes what is sent, with {user} and {secret} to be filled in; or what must come, whatever stands before it
     * @param timeout how long an expected text may take; zero for a step that sends
     */
    public record Step(Kind kind, Bytes bytes, Duration timeout) {

        /** Who speaks. */
        public enum Kind {
            /** We send. */
            SEND,
            /** The ACD sends. */
            EXPECT
        }
    }

    /**
     * What keeps an idle leg alive.
     *
     * @param send what we send
     * @param every after how long without anything sent
     */
    public record KeepAlive(Bytes send, Duration every) {}

    /** What the ACD does when we do not read. */
    public enum OnPause {
        /** It stops sending; nothing is lost while its buffers last. */
        BLOCKS,
        /** It closes the connection. */
        CLOSES,
        /** It drops data. */
        DROPS
    }
}
