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
    };

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

    /** Noise: with lines one foreign line, with length fields an impossible length and what follows it. */
    abstract byte[] garbage(java.util.Random random, int length);

    /** Whether noise is a whole frame to whoever reads this dialect, and so belongs to the stream. */
    boolean garbageIsFrame() {
        return this == OPAQUE_LINE;
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
