package org.tandemgw.benchmarks.endtoend;

/**
 * What is sent.
 *
 * @param bytes of a frame
 * @param rate frames a second on each leg; 0: as fast as they are taken
 * @param burst so many frames come together
 * @param warm so many frames come first and are not measured
 * @param frames so many are measured
 */
public record Load(int bytes, int rate, int burst, int warm, int frames) {
    /** What is said where nothing else is. */
    public static final int USUAL_BYTES = 256;

    /** Frames of the usual length, one by one where there is a rate. */
    static Load usual(int rate, int warm, int frames) {
        return new Load(USUAL_BYTES, rate, 1, warm, frames);
    }

    int all() {
        return warm + frames;
    }

    static Load parse(String text) {
        final String[] parts = text.split(":");
        return new Load(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }

    @Override
    public String toString() {
        return bytes + ":" + rate + ":" + burst + ":" + warm + ":" + frames;
    }
}
