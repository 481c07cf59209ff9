package org.tandemgw.gateway.calls;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.profiles.AcdProfile;
import org.tandemgw.profiles.Framing;
import org.tandemgw.recovery.CallEvent;

/**
 * What the frames of one dialect say about calls and agents. It remembers nothing: what has to be remembered is in the call table, so that it is in its
 * snapshots too. Belongs to the thread of the one who reads.
 */
public interface CallDecoder {
    /**
     * What makes one of whoever gets the events, for ACDs of this profile; empty where the profile says nothing that calls could be read from.
     *
     * @param devices what the site monitors, where the dialect has monitors; empty: not known
     */
    static Optional<Function<Consumer<CallEvent>, CallDecoder>> of(AcdProfile profile, List<String> devices) {
        return profile.framing()
                .filter(framing -> framing instanceof Framing.BuiltIn)
                .map(framing -> switch (((Framing.BuiltIn) framing).codec()) {
                    case ASTERISK_AMI -> AmiCallDecoder::new;
                    case FREESWITCH_ESL -> EslCallDecoder::new;
                    case AVAYA_CDR ->
                        out -> new CdrCallDecoder(profile.records().orElseThrow(), out);
                    case CSTA_XML -> out -> new CstaCallDecoder(out, devices);
                });
    }

    /**
     * Whether a call is first heard of when it has ended. Then nobody knows what is in flight, and a table has nothing that could be unsure: what came after a gap is whole.
     */
    default boolean tellsOnlyOfEnds() {
        return false;
    }

    /** The record that a call of this id is named after, and that alone tells of it; -1 where ids are the ACD's own. */
    default long recordOf(String id) {
        return -1;
    }

    /**
     * Reads one frame of the stream, and hands on what it says.
     *
     * @param sequence of its record
     * @param arrivedNs when it came, UTC
     */
    void decode(byte[] buffer, int offset, int length, long sequence, long arrivedNs);

    /**
     * Reads one item of what the ACD lists beside the stream, and hands on what it says.
     *
     * @param sequence of the record behind which it counts
     * @param arrivedNs when it came, on the ACD's clock as far as that is known
     */
    void item(byte[] buffer, int offset, int length, long sequence, long arrivedNs);
}
