package org.tandemgw.gateway.dialect.ami;

import java.util.Locale;
import org.tandemgw.gateway.dialect.ami.AmiStanding.Channel;
import org.tandemgw.recovery.CallState;

/** Channels as items of lists. Pure. */
final class AmiChannels {
    private static final int MINUTE_S = 60;
    private static final int HOUR_S = 3_600;

    private AmiChannels() {}

    /** Items of CoreShowChannels. */
    static int core(AmiStanding standing, AmiAction asked, AmiAnswer to) {
        final int[] items = {0};
        standing.channels(channel -> {
            items[0]++;
            final long ageS = standing.ageS(channel);
            common(to.event("CoreShowChannel", asked.idLine()), channel)
                    .add("BridgeId", "")
                    .add("Application", application(channel))
                    .add("ApplicationData", "")
                    .add(
                            "Duration",
                            String.format(
                                    Locale.ROOT,
                                    "%02d:%02d:%02d",
                                    ageS / HOUR_S,
                                    ageS / MINUTE_S % MINUTE_S,
                                    ageS % MINUTE_S))
                    .end();
            return to.length() <= AmiList.LONGEST_BYTES;
        });
        return items[0];
    }

    /** Items of Status, all or of one channel. */
    static int status(AmiStanding standing, AmiAction asked, AmiAnswer to) {
        final String only = asked.get("channel");
        final int[] items = {0};
        standing.channels(channel -> {
            if (only.isEmpty() || only.equals(AmiAnswer.latin(channel.name()))) {
                items[0]++;
                common(to.event("Status", asked.idLine()).add("Privilege", "Call"), channel)
                        .add("Type", "")
                        .add("DNID", "")
                        .add("TimeToHangup", 0)
                        .add("BridgeID", "")
                        .add("Application", application(channel))
                        .add("Data", "")
                        .add("Seconds", standing.ageS(channel))
                        .end();
            }
            return to.length() <= AmiList.LONGEST_BYTES;
        });
        return items[0];
    }

    private static AmiAnswer common(AmiAnswer to, Channel channel) {
        final int state = state(channel);
        return to.told("Channel", channel.name())
                .add("ChannelState", state)
                .add("ChannelStateDesc", word(state))
                .known("CallerIDNum", channel.leg().party())
                .known("CallerIDName", "")
                .known("ConnectedLineNum", channel.other())
                .known("ConnectedLineName", "")
                .add("Language", "en")
                .add("AccountCode", "")
                .add("Context", "")
                .told("Exten", channel.called())
                .add("Priority", 1)
                .told("Uniqueid", channel.leg().id())
                .told("Linkedid", channel.call());
    }

    private static String application(Channel channel) {
        if (channel.leg().state() == CallState.QUEUED) {
            return "Queue";
        }
        return channel.leg().agent().isEmpty() ? "" : "AppQueue";
    }

    private static int state(Channel channel) {
        return switch (channel.leg().state()) {
            case BORN -> 0;
            case OFFERED -> channel.answered() ? 6 : 4;
            case RINGING, FAILED -> 5;
            case QUEUED, CONNECTED, HELD, ABANDONED -> 6;
        };
    }

    private static String word(int state) {
        return switch (state) {
            case 0 -> "Down";
            case 4 -> "Ring";
            case 5 -> "Ringing";
            default -> "Up";
        };
    }
}
