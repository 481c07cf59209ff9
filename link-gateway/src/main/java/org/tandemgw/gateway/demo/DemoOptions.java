package org.tandemgw.gateway.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.tandemgw.gateway.emulate.AcdDialect;

/**
 * What {@code tandem demo} was asked for.
 *
 * @param lasts how long; null: until Ctrl-C on a terminal, else one minute
 * @param quiet break nothing
 * @param seed of the traffic and of the order of mischief
 * @param framesPerSecond the ACD's pace
 * @param dialect how it frames
 * @param json end with one JSON object in place of the summary, and print nothing else
 * @param plain lines even on a terminal
 * @param keep where to leave configuration, journal and log; null: a temporary folder that is removed
 */
public record DemoOptions(
        Duration lasts,
        boolean quiet,
        long seed,
        int framesPerSecond,
        AcdDialect dialect,
        boolean json,
        boolean plain,
        Path keep) {
    /** The most that the demo's own parts can prove on a small machine. */
    public static final int MOST_FRAMES_PER_SECOND = 20_000;

    /** What {@code tandem demo} does without options. */
    public static final DemoOptions DEFAULT =
            new DemoOptions(null, false, 1, 200, AcdDialect.OPAQUE_LINE, false, false, null);

    /** Checks the ranges. */
    public DemoOptions {
        if (framesPerSecond < 1 || framesPerSecond > MOST_FRAMES_PER_SECOND) {
            throw new IllegalArgumentException(
                    "--rate: 1 to " + MOST_FRAMES_PER_SECOND + " frames a second, not " + framesPerSecond);
        }
    }
}
