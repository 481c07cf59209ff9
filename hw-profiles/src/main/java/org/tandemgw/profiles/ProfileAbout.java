package org.tandemgw.profiles;

import java.util.List;

/**
 * What every profile says about itself.
 *
 * @param kind which of the three folders it belongs to
 * @param name how a configuration names it
 * @param title one line for people
 * @param evidence what is confirmed and what is assumed, one sentence each, CONFIRMED or ASSUMPTION in front
 * @param hazards what can go wrong when this profile is used for the wrong thing
 * @param source where it was read: the file, or a place in the program
 * @param text the profile as it was written, comments included
 */
public record ProfileAbout(
        Kind kind, String name, String title, List<String> evidence, List<String> hazards, String source, String text) {

    /** What a profile describes. */
    public enum Kind {
        /** An ACD's dialect. */
        ACD,
        /** A trunk switch. */
        SWITCH,
        /** A server. */
        SERVER
    }

    /** Copies the lists. */
    public ProfileAbout {
        evidence = List.copyOf(evidence);
        hazards = List.copyOf(hazards);
    }

    /** The name alone: a whole profile helps nobody in a log line. */
    @Override
    public String toString() {
        return name;
    }
}
