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
 * @param records what stands in records of call details, where frames are such
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
        boolean relay,
        Optional<CdrRecords> records) {

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

    /** @return true when its frames tell of calls while they are up, so that these can be counted */
    public boolean tellsOfCallsInFlight() {
        return framing.stream()
                .anyMatch(known ->
                        known instanceof Framing.BuiltIn language && language.codec() != Framing.Codec.AVAYA_CDR);
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
     * @param login how a built-in codec logs in; empty where the steps say it all
     */
    public record Session(boolean gatewayMayDial, boolean acdMayDial, List<Step> steps, Optional<Login> login) {

        /** Copies the list. */
        public Session {
            steps = List.copyOf(steps);
        }

        /** @return true when a user and a secret are used if a leg has them */
        public boolean takesCredentials() {
            return needsCredentials() || login.isPresent() && login.get().kind() == Login.Kind.APPLICATION_SESSION;
        }

        /** @return true when the login or the steps need a user and a secret */
        public boolean needsCredentials() {
            return login.isPresent() && login.get().kind().needsSecret()
                    || steps.stream()
                            .anyMatch(step -> step.kind() == Step.Kind.SEND
                                    && (step.bytes().toString().contains("{user}")
                                            || step.bytes().toString().contains("{secret}")));
        }
    }

    /**
     * How a built-in codec logs in, and what it asks then.
     *
     * @param kind how the secret is proved
     * @param events the classes of events asked for, as the ACD writes them
     * @param snapshot lists asked for after each login, in order
     * @param protocol the edition that is asked for, where the ACD has several; else empty
     */
    public record Login(Kind kind, String events, List<ListAction> snapshot, String protocol) {

        /** How the secret is proved, or how a session begins where there is none. */
        public enum Kind {
            /** By a digest of a challenge: the secret never travels. */
            MD5,
            /** By sending it. */
            PLAIN,
            /** CSTA: we ask for an application session; a user and a secret go with it if the leg has them. */
            APPLICATION_SESSION,
            /** CSTA: the ACD tells its status first, we register for it. */
            SWITCH_FIRST;

            /** @return true where nobody gets in without a user and a secret */
            public boolean needsSecret() {
                return this == MD5 || this == PLAIN;
            }

            /** @return true where a session of CSTA begins like this */
            public boolean isCsta() {
                return this == APPLICATION_SESSION || this == SWITCH_FIRST;
            }
        }

        /** The lists that may be asked for. Each only reads; there is no way to name anything else. */
        public enum ListAction {
            /** Channels. */
            CORE_SHOW_CHANNELS("CoreShowChannels"),
            /** Queues, their members and who waits. */
            QUEUE_STATUS("QueueStatus"),
            /** Queues in numbers. */
            QUEUE_SUMMARY("QueueSummary"),
            /** Bridges. */
            BRIDGE_LIST("BridgeList"),
            /** Agents of the agent pool. */
            AGENTS("Agents"),
            /** Channels of a FreeSWITCH. */
            SHOW_CHANNELS(Framing.Codec.FREESWITCH_ESL, "show channels as json"),
            /** Which of them are bridged. */
            SHOW_BRIDGED_CALLS(Framing.Codec.FREESWITCH_ESL, "show bridged_calls as json"),
            /** Who waits in the queues of mod_callcenter. */
            QUEUE_LIST_MEMBERS(Framing.Codec.FREESWITCH_ESL, "callcenter_config queue list members"),
            /** Its agents. */
            AGENT_LIST(Framing.Codec.FREESWITCH_ESL, "callcenter_config agent list"),
            /** CSTA: the connections at each device. */
            SNAPSHOT_DEVICE(Framing.Codec.CSTA_XML, "SnapshotDevice"),
            /** CSTA: the connections of each call that was found at a device. */
            SNAPSHOT_CALL(Framing.Codec.CSTA_XML, "SnapshotCall");

            private final Framing.Codec codec;
            private final String word;

            ListAction(String word) {
                this(Framing.Codec.ASTERISK_AMI, word);
            }

            ListAction(Framing.Codec codec, String word) {
                this.codec = codec;
                this.word = word;
            }

            /** @return the language in which it can be asked for */
            public Framing.Codec codec() {
                return codec;
            }

            /** @return as the ACD writes it */
            public String word() {
                return word;
            }
        }

        /** Copies the list. */
        public Login {
            snapshot = List.copyOf(snapshot);
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
     * @param send what we send; empty where a built-in codec knows what
     * @param every how often
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
