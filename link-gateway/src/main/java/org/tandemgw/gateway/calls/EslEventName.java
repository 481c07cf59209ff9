package org.tandemgw.gateway.calls;

import java.util.Locale;

/** The events of a FreeSWITCH that say something about calls and agents. */
enum EslEventName {
    CHANNEL_CREATE,
    CHANNEL_PROGRESS,
    CHANNEL_PROGRESS_MEDIA,
    CHANNEL_ANSWER,
    CHANNEL_BRIDGE,
    CHANNEL_UNBRIDGE,
    CHANNEL_HOLD,
    CHANNEL_UNHOLD,
    CHANNEL_UUID,
    CHANNEL_HANGUP_COMPLETE,
    CUSTOM;

    final String lower = name().toLowerCase(Locale.ROOT);
}
