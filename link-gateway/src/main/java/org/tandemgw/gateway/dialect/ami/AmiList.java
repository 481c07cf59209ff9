package org.tandemgw.gateway.dialect.ami;

import java.util.Locale;
import org.tandemgw.recovery.CallTable;

/** What a client may ask of how things stand, and how an Asterisk frames the answer. Told from the call table, on its thread. */
enum AmiList {
    CORE_SHOW_CHANNELS("CoreShowChannels", "Channels will follow", "List currently active channels.") {
        @Override
        int items(AmiStanding standing, AmiAction asked, AmiAnswer to) {
            return AmiChannels.core(standing, asked, to);
        }
    },
    STATUS("Status", "Channel status will follow", "List channel status.") {
        @Override
        int items(AmiStanding standing, AmiAction asked, AmiAnswer to) {
            return AmiChannels.status(standing, asked, to);
        }

        @Override
        AmiAnswer more(AmiAnswer answer, int items) {
            return answer.add("Items", items);
        }
    },
    QUEUE_STATUS("QueueStatus", "Queue status will follow", "Show queue status.") {
        @Override
        int items(AmiStanding standing, AmiAction asked, AmiAnswer to) {
            return AmiQueues.status(standing, asked, to);
        }
    },
    QUEUE_SUMMARY("QueueSummary", "Queue summary will follow", "Show queue summary.") {
        @Override
        int items(AmiStanding standing, AmiAction asked, AmiAnswer to) {
            return AmiQueues.summary(standing, asked, to);
        }
    },
    DEVICE_STATE_LIST("DeviceStateList", "Device State Changes will follow", "List the current known device states.") {
        @Override
        int items(AmiStanding standing, AmiAction asked, AmiAnswer to) {
            return AmiQueues.devices(standing, asked, to);
        }
    },
    CORE_STATUS("CoreStatus", "", "Show PBX core status variables.") {
        @Override
        int items(AmiStanding standing, AmiAction asked, AmiAnswer to) {
            return 0;
        }

        @Override
        byte[] answer(CallTable table, AmiAction asked, AmiFace face, long acdNs) {
            return face.startup(AmiAnswer.response("Success", asked))
                    .add("CoreCurrentCalls", table.inFlight())
                    .end()
                    .bytes();
        }
    };

    /** A longer answer is not given: it would have to be held for a client that does not read. */
    static final int LONGEST_BYTES = 4 << 20;

    private final String action;
    private final String follows;
    private final String about;

    AmiList(String action, String follows, String about) {
        this.action = action;
        this.follows = follows;
        this.about = about;
    }

    /** The list of this action, in lower case; null if there is none. */
    static AmiList of(String lowerAction) {
        for (final AmiList list : values()) {
            if (list.action.toLowerCase(Locale.ROOT).equals(lowerAction)) {
                return list;
            }
        }
        return null;
    }

    String action() {
        return action;
    }

    String about() {
        return about;
    }

    /** Adds the items, as long as the answer is not too long; how many. */
    abstract int items(AmiStanding standing, AmiAction asked, AmiAnswer to);

    AmiAnswer more(AmiAnswer answer, int items) {
        return answer;
    }

    /** The whole answer. */
    byte[] answer(CallTable table, AmiAction asked, AmiFace face, long acdNs) {
        final AmiAnswer answer = AmiAnswer.response("Success", asked)
                .add("EventList", "start")
                .add("Message", follows)
                .end();
        final int items = items(new AmiStanding(table, acdNs), asked, answer);
        if (answer.length() > LONGEST_BYTES) {
            return AmiAnswer.error(asked, "The list is too long");
        }
        return more(
                        answer.event(action + "Complete", asked.idLine())
                                .add("EventList", "Complete")
                                .add("ListItems", items),
                        items)
                .end()
                .bytes();
    }
}
