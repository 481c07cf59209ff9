package org.tandemgw.profiles.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** One value of somebody's file is replaced, and nothing else. */
class ScalarPlaceTest {
    private static String replaced(String text) {
        return ScalarPlace.find(text, "switchover", "initial").orElseThrow().replaced(text, "west");
    }

    @Test
    void shouldReplaceNothingButTheValue() {
        assertEquals(
                "# é 😀 initial: east\nsite: hq\nservers:\n  - { name: east, initial: no }\nother: { switchover: { initial: x } }\n"
                        + "switchover:   # see docs\n  mode: auto\n  initial:   west   # the big one\n  fence: none\n",
                replaced(
                        "# é 😀 initial: east\nsite: hq\nservers:\n  - { name: east, initial: no }\nother: { switchover: { initial: x } }\n"
                                + "switchover:   # see docs\n  mode: auto\n  initial:   east   # the big one\n  fence: none\n"));
        assertEquals(
                "switchover: { initial: \"west\", mode: auto }",
                replaced("switchover: { initial: \"east\", mode: auto }"));
        assertEquals(
                "switchover:\r\n  unreachable: { initial: 3 }\r\n  initial: 'west'\r\n",
                replaced("switchover:\r\n  unreachable: { initial: 3 }\r\n  initial: 'east'\r\n"));
        assertEquals(
                "a: [x, [y]]\nswitchover:\n  hooks: [a, b]\n  initial: west",
                replaced("a: [x, [y]]\nswitchover:\n  hooks: [a, b]\n  initial: east"));
    }

    @Test
    void shouldFindNothingWhereThereIsNothing() {
        for (final String text : new String[] {
            "",
            "initial: east",
            "switchover: east",
            "switchover:\n  initial:\n",
            "switchover:\n  mode: auto\n",
            "switchover: [",
            "- switchover: { initial: east }",
            "switchover: [ { initial: east } ]"
        }) {
            assertTrue(ScalarPlace.find(text, "switchover", "initial").isEmpty(), text);
        }
    }
}
