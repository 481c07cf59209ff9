package org.tandemgw.gateway.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When and how the active server changes.
 *
 * @param configured false if the file has no such section: then nothing is ever switched
 * @param mode who may start it
 * @param initial the active server of the very first start
 * @param fence what makes sure that the old active cannot act
 * @param reconnect how long a lost server may take to return before it counts
 * @param unreachable what to do while a server is merely unreachable
 * @param restarts how many restarts count as a failure
 * @param holdDown no automatic switch for so long after one
 * @param failBack when to go back
 * @param releaseSkew whether different releases keep Tandem from switching by itself
 * @param drill planned switchovers
 * @param hooks what is told or run at which event
 * @param history whether it is written down what probes see
 */
public record SwitchoverConfig(
        boolean configured,
        Mode mode,
        Optional<String> initial,
        Fence fence,
        Duration reconnect,
        Unreachable unreachable,
        Restarts restarts,
        Duration holdDown,
        FailBack failBack,
        ReleaseSkew releaseSkew,
        Drill drill,
        List<ActionConfig> hooks,
        History history) {

    /** Who may start a switchover. */
    public enum Mode {
        /** Nobody. */
        NONE,
        /** An operator. */
        MANUAL,
        /** Tandem. */
        AUTO
    }

    /** What makes sure that the old active cannot act. */
    public enum Fence {
        /** The trunk switch, read back. */
        TRUNK_SWITCH,
        /** The old active's {@code demote}, when it succeeds. */
        DEMOTE,
        /** Nothing. */
        NONE
    }

    /**
     * What to do while a server is merely unreachable.
     *
     * @param pings how many sets of pings must fail; -1: never switch for it
     * @param every pause between them
     */
    public record Unreachable(int pings, Duration every) {}

    /**
     * How many restarts count as a failure.
     *
     * @param sequential one after the other
     * @param inPeriod within {@code period}
     * @param period how long restarts are remembered
     */
    public record Restarts(int sequential, int inPeriod, Duration period) {}

    /**
     * When to go back.
     *
     * @param policy never, by hand, when idle, or in a window
     * @param window such as {@code 02:00-04:00}, for a window only
     */
    public record FailBack(Policy policy, Optional<String> window) {
        /** When to go back. */
        public enum Policy {
            /** Never. */
            NEVER,
            /** When an operator says so. */
            MANUAL,
            /** When no calls are up. */
            IDLE,
            /** In a window of the day. */
            WINDOW
        }
    }

    /** What becomes of an automatic switch to a server of another release. */
    public enum ReleaseSkew {
        /** It is left to an operator. */
        BLOCK,
        /** It is made like any other. */
        ALLOW
    }

    /**
     * Planned switchovers, made to prove that switching works.
     *
     * @param schedule empty: only an operator begins one
     * @param callsAtMost not while more calls are up
     * @param homeWithin so long the way home is waited for
     */
    public record Drill(Optional<DrillSchedule> schedule, int callsAtMost, Duration homeWithin) {}

    /**
     * When Tandem begins a drill by itself.
     *
     * @param every how long after one that passed, at the latest
     * @param at at which moment of a week
     * @param within so long after that time it is tried again
     */
    public record DrillSchedule(Duration every, Weekly at, Duration within) {}

    /**
     * A moment of each week.
     *
     * @param text as the file has it
     * @param day of the week
     * @param time of that day, such as {@code 03:00}, in the file's time zone
     */
    public record Weekly(String text, DayOfWeek day, String time) {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * What is kept of what probes see.
     *
     * @param record whether anything is
     * @param keep files of earlier days are deleted
     * @param mostBytes of all files together
     */
    public record History(boolean record, Duration keep, long mostBytes) {}

    /** Copies the list. */
    public SwitchoverConfig {
        hooks = List.copyOf(hooks);
    }
}
