package org.tandemgw.gateway.calls;

import java.util.Locale;

/** The AMI events that say something about calls and agents. */
enum AmiEventName {
    NEWCHANNEL,
    NEWSTATE,
    NEWCALLERID,
    NEWCONNECTEDLINE,
    HANGUP,
    HOLD,
    UNHOLD,
    BRIDGEENTER,
    BRIDGELEAVE,
    DIALEND,
    QUEUECALLERJOIN,
    QUEUECALLERLEAVE,
    QUEUECALLERABANDON,
    AGENTCALLED,
    AGENTRINGNOANSWER,
    AGENTDUMP,
    AGENTCONNECT,
    BLINDTRANSFER,
    ATTENDEDTRANSFER,
    QUEUEMEMBERADDED,
    QUEUEMEMBERREMOVED,
    QUEUEMEMBERPAUSE,
    QUEUEMEMBERSTATUS,
    /** The rest are items of lists. */
    CORESHOWCHANNEL,
    QUEUEMEMBER,
    QUEUEENTRY;

    final String lower = name().toLowerCase(Locale.ROOT);
}
