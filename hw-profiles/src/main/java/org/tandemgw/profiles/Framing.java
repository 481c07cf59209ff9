package org.tandemgw.profiles;

import java.nio.ByteOrder;
import org.tandemgw.profiles.yaml.Bytes;

/** Where one frame of a dialect ends and the next begins. */
public sealed interface Framing permits Framing.Delimiter, Framing.LengthField, Framing.BuiltIn {

    /** @return the longest frame that is carried whole; a longer one is skipped and recorded as lost */
    int maximumBytes();

    /**
     * A frame ends with certain bytes.
     *
     * @param end the delimiter, 1 to 4 bytes
     * @param keep true when the delimiter belongs to the frame
     * @param maximumBytes the longest frame, the delimiter counted when it is kept
     */
    record Delimiter(Bytes end, boolean keep, int maximumBytes) implements Framing {}

    /**
     * A field in the frame's head says how long it is. The whole frame, head included, is carried.
     *
     * @param offset where the field starts in the frame
     * @param sizeBytes 1, 2 or 4; unsigned
     * @param order byte order of the field
     * @param addToLength what must be added to the field's value to get the length of the whole frame
     * @param maximumBytes the longest frame, head included
     */
    record LengthField(int offset, int sizeBytes, ByteOrder order, int addToLength, int maximumBytes)
            implements Framing {

        /** @return how many bytes must be there before the length is known */
        public int headBytes() {
            return offset + sizeBytes;
        }
    }

    /**
     * Too much of a language for a few words in a file: the program knows it.
     *
     * @param codec which language
     * @param maximumBytes the longest frame
     */
    record BuiltIn(Codec codec, int maximumBytes) implements Framing {}

    /** The languages that the program knows. */
    enum Codec {
        /** Blocks of {@code Name: value} lines, ended by an empty line, with a login. */
        ASTERISK_AMI(true),
        /** Blocks of {@code Name: value} lines with a length, of which events have another such block inside; with a password. */
        FREESWITCH_ESL(true),
        /** Records of call details, one a line, with NULs around them; what stands in them is in {@link CdrRecords}. */
        AVAYA_CDR(false),
        /** ECMA-323 over TCP: a header of eight bytes, then a document in XML. */
        CSTA_XML(true);

        private final boolean login;

        Codec(boolean login) {
            this.login = login;
        }

        /** @return whether a session begins with a login, of us and of servers */
        public boolean hasLogin() {
            return login;
        }
    }
}
