package org.tandemgw.gateway.switchover;

/**
 * Something that must hold before a switch.
 *
 * @param name such as {@code feeds of cms-west}
 * @param met whether it holds
 * @param value what was found
 * @param missing what is missing, as a sentence; null where it is met
 * @param command that helps; null: none does
 */
public record Condition(String name, boolean met, String value, String missing, String command) {
    static Condition met(String name, String value) {
        return new Condition(name, true, value, null, null);
    }

    static Condition unmet(String name, String value, String missing, String command) {
        return new Condition(name, false, value, missing, command);
    }

    static Condition of(boolean met, String name, String value, String missing, String command) {
        return met ? met(name, value) : unmet(name, value, missing, command);
    }

    String sentence() {
        return name + ": " + missing;
    }
}
