package org.tandemgw.gateway.calls;

import java.util.Locale;

/** The headers of AMI events that say something about calls and agents. */
enum AmiField {
    TIMESTAMP("Timestamp"),
    UNIQUEID("Uniqueid"),
    LINKEDID("Linkedid"),
    CHANNEL("Channel"),
    CHANNEL_STATE("ChannelState"),
    CALLER("CallerIDNum"),
    EXTEN("Exten"),
    CAUSE("Cause"),
    DEST_UNIQUEID("DestUniqueid"),
    DEST_LINKEDID("DestLinkedid"),
    DEST_CHANNEL("DestChannel"),
    DEST_CALLER("DestCallerIDNum"),
    DIAL_STATUS("DialStatus"),
    BRIDGE_CHANNELS("BridgeNumChannels"),
    QUEUE("Queue"),
    INTERFACE("Interface"),
    STATUS("Status"),
    PAUSED("Paused"),
    PAUSED_REASON("PausedReason"),
    RESULT("Result"),
    EXTENSION("Extension"),
    TRANSFERER_LINKEDID("TransfererLinkedid"),
    ORIG_TRANSFERER_LINKEDID("OrigTransfererLinkedid"),
    SECOND_LINKEDID("SecondTransfererLinkedid"),
    TRANSFEREE_LINKEDID("TransfereeLinkedid"),
    BRIDGE_ID("BridgeId"),
    LOCATION("Location"),
    WAIT("Wait"),
    IN_CALL("InCall");

    final String lower;

    AmiField(String header) {
        lower = header.toLowerCase(Locale.ROOT);
    }
}
