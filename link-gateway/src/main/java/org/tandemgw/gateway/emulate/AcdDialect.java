package org.tandemgw.gateway.emulate;

/** How the simulated ACD frames a message. */
public enum AcdDialect {
    /** The message, then LF. The message must not hold one. */
    OPAQUE_LINE("opaque-line") {
        @Override
        public byte[] frame(byte[] message) {
            final byte[] frame = java.util.Arrays.copyOf(message, message.length + 1);
            frame[message.length] = '\n';
            return frame;
        }

        @Override
        byte[] garbage(java.util.Random random, int length) {
            final byte[] garbage = new byte[Math.max(1, length)];
            for (int i = 0; i < garbage.length - 1; i++) {
                garbage[i] = (byte) (128 + random.nextInt(128));
            }
            garbage[garbage.length - 1] = '\n';
            return garbage;
        }
    },
    /** Four bytes of big-endian length, not counting themselves, then the message. */
    OPAQUE_LENGTH("opaque-length") {
        @Override
        public byte[] frame(byte[] message) {
            return java.nio.ByteBuffer.allocate(4 + message.length)
                    .putInt(message.length)
                    .put(message)
                    .array();
        }

        @Override
        byte[] garbage(java.util.Random random, int length) {
            final byte[] garbage = new byte[Math.max(4, length)];
            random.nextBytes(garbage);
            garbage[0] = (byte) 0xFF;
            return garbage;
        }
    },
    /** An event of the Asterisk Manager Interface: the message is it from its name on, with its lines ended by CR LF. */
    ASTERISK_AMI("asterisk-ami") {
        @Override
        public byte[] frame(byte[] message) {
            final boolean ended = message.length > 0 && message[message.length - 1] == '\n';
            final byte[] frame = new byte[7 + message.length + (ended ? 2 : 4)];
            System.arraycopy(EVENT, 0, frame, 0, 7);
            System.arraycopy(message, 0, frame, 7, message.length);
            for (int at = 7 + message.length; at < frame.length; at += 2) {
                frame[at] = '\r';
                frame[at + 1] = '\n';
            }
            return frame;
        }

        @Override
        byte[] garbage(java.util.Random random, int length) {
            final byte[] garbage = new byte[Math.max(5, length)];
            for (int i = 0; i < garbage.length; i++) {
                garbage[i] = (byte) (128 + random.nextInt(128));
            }
            System.arraycopy(NEW_LINES, 0, garbage, garbage.length - 4, 4);
            return garbage;
        }

        @Override
        Conversation conversation(AcdSettings settings, FrameSource source, java.util.Random random, long upSinceMs) {
            return new AmiConversation(settings.ami(), source, random, upSinceMs);
        }
    },
    /** An event of a FreeSWITCH's event socket: the message is what is inside, its header lines, percent-encoded, with their empty line. */
    FREESWITCH_ESL("freeswitch-esl") {
        @Override
        public byte[] frame(byte[] message) {
            final byte[] head = ("Content-Length: " + message.length + "\nContent-Type: text/event-plain\n\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            final byte[] frame = java.util.Arrays.copyOf(head, head.length + message.length);
            System.arraycopy(message, 0, frame, head.length, message.length);
            return frame;
        }

        @Override
        byte[] garbage(java.util.Random random, int length) {
            final byte[] garbage = new byte[Math.min(8_192, Math.max(3, length))];
            for (int i = 0; i < garbage.length - 2; i++) {
                garbage[i] = (byte) (128 + random.nextInt(128));
            }
            garbage[garbage.length - 2] = '\n';
            garbage[garbage.length - 1] = '\n';
            return garbage;
        }

        @Override
        Conversation conversation(AcdSettings settings, FrameSource source, java.util.Random random, long upSinceMs) {
            return new EslConversation(settings.ami(), source);
        }
    },
    /** A record of call details: the message is it with what its form has around it. One without a line feed gets CR LF. */
    AVAYA_CDR("avaya-cdr") {
        @Override
        public byte[] frame(byte[] message) {
            if (message.length > 0 && message[message.length - 1] == '\n') {
                return message;
            }
            final byte[] frame = java.util.Arrays.copyOf(message, message.length + 2);
            System.arraycopy(NEW_LINES, 0, frame, message.length, 2);
            return frame;
        }

        @Override
        byte[] garbage(java.util.Random random, int length) {
            return OPAQUE_LINE.garbage(random, length);
        }
    },
    /** CSTA in XML over TCP, where whoever connects asks for an application session: the message is a document. */
    CSTA_XML("csta-xml") {
        @Override
        public byte[] frame(byte[] message) {
            return CstaConversation.framed("9999", message);
        }

        @Override
        byte[] garbage(java.util.Random random, int length) {
            return OPAQUE_LENGTH.garbage(random, Math.max(8, length));
        }

        @Override
        Conversation conversation(AcdSettings settings, FrameSource source, java.util.Random random, long upSinceMs) {
            return new CstaConversation(false, settings.ami(), source, random);
        }
    },
    /** The same, where the switching function tells its status first. */
    CSTA_XML_SWITCH_FIRST("csta-xml-switch-first") {
        @Override
        public byte[] frame(byte[] message) {
            return CSTA_XML.frame(message);
        }

        @Override
        byte[] garbage(java.util.Random random, int length) {
            return CSTA_XML.garbage(random, length);
        }

        @Override
        Conversation conversation(AcdSettings settings, FrameSource source, java.util.Random random, long upSinceMs) {
            return new CstaConversation(true, settings.ami(), source, random);
        }
    };

    private static final byte[] EVENT = {'E', 'v', 'e', 'n', 't', ':', ' '};
    private static final byte[] NEW_LINES = {'\r', '\n', '\r', '\n'};

    private final String profile;

    AcdDialect(String profile) {
        this.profile = profile;
    }

    /** The profile that reads it, which is also its name on the command line. */
    public String profile() {
        return profile;
    }

    @Override
    public String toString() {
        return profile;
    }

    /** The frame that carries {@code message}. */
    public abstract byte[] frame(byte[] message);

    /** Noise: with lines one foreign line, with blocks one foreign block, with length fields an impossible length and what follows it. */
    abstract byte[] garbage(java.util.Random random, int length);

    /** Whether noise is a whole frame to whoever reads this dialect, and so belongs to the stream. */
    boolean garbageIsFrame() {
        return this != OPAQUE_LENGTH && this != CSTA_XML && this != CSTA_XML_SWITCH_FIRST;
    }

    /** Calls as an ACD of this dialect tells them. */
    public FrameSource traffic(AcdSettings settings) {
        return switch (this) {
            case ASTERISK_AMI -> new AmiTraffic(settings.seed(), settings.ami());
            case FREESWITCH_ESL -> new EslTraffic(settings.seed());
            case AVAYA_CDR -> new CdrTraffic(settings.seed(), CdrForm.CUSTOMISED);
            case CSTA_XML, CSTA_XML_SWITCH_FIRST -> new CstaTraffic(settings.seed());
            case OPAQUE_LINE, OPAQUE_LENGTH -> new CallTraffic(settings.seed());
        };
    }

    /** What is said on a connection before frames are, and beside them; null where the dialect has no sessions. */
    Conversation conversation(AcdSettings settings, FrameSource source, java.util.Random random, long upSinceMs) {
        return null;
    }

    /** Whether who reads it has to log in. */
    public boolean logsIn() {
        return this == ASTERISK_AMI || this == FREESWITCH_ESL;
    }

    /** Whether calls in flight can be read from it. */
    public boolean tellsOfCalls() {
        return this != OPAQUE_LINE && this != OPAQUE_LENGTH && this != AVAYA_CDR;
    }

    /** All of them, for a sentence. */
    public static String names() {
        return java.util.Arrays.stream(values())
                .map(AcdDialect::profile)
                .collect(java.util.stream.Collectors.joining(", "))
                .replaceFirst(", ([^,]*)$", " or $1");
    }

    /**
     * The dialect with this profile name.
     *
     * @return null if there is none
     */
    public static AcdDialect of(String profile) {
        for (final AcdDialect dialect : values()) {
            if (dialect.profile.equals(profile)) {
                return dialect;
            }
        }
        return null;
    }
}
