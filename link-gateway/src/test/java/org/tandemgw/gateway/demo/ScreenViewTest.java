package org.tandemgw.gateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.terminal.Terminal;

class ScreenViewTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static DemoServer.Standing server(String name, boolean connected, long last) {
        return new DemoServer.Standing(
                name, true, connected, false, "acd1", last, last, 0, 0, 0, 0, 1, 0, 0, "", last, 0, 0, 0, true, 0,
                null);
    }

    private static DemoPicture picture() {
        return new DemoPicture(
                61_000,
                -1,
                12_345,
                12_340,
                true,
                4711,
                "pulled leg 1",
                1,
                List.of(
                        new DemoPicture.Leg(1, false, false, 12_000, 1),
                        new DemoPicture.Leg(2, true, false, 12_345, 0)),
                List.of(server("east", true, 12_340), server("west", false, 9_000)));
    }

    private String drawn(boolean colours) {
        try (ScreenView view = new ScreenView(
                out, new Terminal(16, 40), colours, true, "seed 1", List.of("look inside"), () -> 7_000)) {
            view.event(DemoView.Kind.BROKEN, "pulled leg 1");
            view.show(picture());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowLegsStreamAndServersAndGiveTheTerminalBack() {
        final String drawn = drawn(true);
        for (final String part :
                List.of("12,345 frames sent", "leg 1", "leg 2", "east", "3,345 behind", "1:01", "0:07")) {
            assertTrue(drawn.contains(part), part);
        }
        assertTrue(drawn.endsWith("\033[?25h\033[?1049l"));
    }

    @Test
    void shouldUseNoColourIfNoneIsWanted() {
        assertFalse(drawn(false).contains("\033[31m"));
        assertFalse(Terminal.wantsColours(Map.of("NO_COLOR", "1")));
    }

    @Test
    void shouldDrawNothingOnADumbTerminal() {
        assertFalse(Terminal.wantsScreen(Map.of("TERM", "dumb")));
        assertFalse(Terminal.wantsScreen(Map.of()));
    }

    @Test
    void shouldCutByVisibleCharacters() {
        assertEquals("\033[31mab", ScreenView.cut("\033[31mabc\033[0m", 2));
        assertEquals("abc", ScreenView.cut("abc", 3));
    }

    @Test
    void shouldGiveEachLineItsOwnTime() {
        final AtomicLong elapsedMs = new AtomicLong();
        final PlainView view = new PlainView(out, elapsedMs::get);
        view.event(DemoView.Kind.NOTE, "it begins");
        elapsedMs.set(3_700);
        view.event(DemoView.Kind.GOOD, "all trunks are moved");
        assertEquals(
                List.of("    0.0 s    it begins", "    3.7 s  = all trunks are moved"),
                bytes.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
