package org.tandemgw.gateway.emulate;

/** Where a simulated ACD gets its messages. Called on the ACD's producing thread, without end. */
@FunctionalInterface
public interface FrameSource {
    /** The next message, without framing and without LF. */
    byte[] next();

    /**
     * How things stand, where the dialect has lists that can be asked for. Any thread.
     *
     * @return the items of the list, as {@link #next} gives messages; null if there is no such list
     */
    default java.util.List<String> standing(String list) {
        return null;
    }

    /** What a leg says first on a connection, before anything of the stream, and each leg for itself; null: nothing. Any thread. */
    default byte[] greeting() {
        return null;
    }

    /** Messages that carry their number and are padded to {@code length}: 1, 2, 3 … */
    static FrameSource numbered(int length) {
        final long[] number = new long[1];
        return () -> {
            final StringBuilder text =
                    new StringBuilder(length).append("frame ").append(++number[0]);
            while (text.length() < length) {
                text.append('.');
            }
            return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        };
    }
}
