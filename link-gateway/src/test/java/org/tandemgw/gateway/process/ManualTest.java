package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer with docs/manual.md: its command blocks, in order, in one shell, as root of a machine of his own. */
class ManualTest {
    private static final Path ROOT = Path.of(System.getProperty("tandem.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final int MINUTES = 30;

    @TempDir
    Path folder;

    @Test
    void shouldRunEveryBlockOfTheManualInOrder() throws IOException, InterruptedException {
        if (!OwnMachine.canRun()) {
            return;
        }
        final StringBuilder script = new StringBuilder();
        final Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("docs/manual.md")));
        int blocks = 0;
        while (block.find()) {
            script.append("echo '==== block ").append(++blocks).append("'\n").append(block.group(1));
        }
        assertTrue(blocks >= 11, "blocks found: " + blocks);
        script.append("echo '==== end'\n");
        final OwnMachine.Ended ended = new OwnMachine(folder).run(script.toString(), MINUTES);
        assertTrue(ended.well(), () -> "the manual stops here:\n" + ended.said());
        assertEquals(
                "==== end",
                ended.said().strip().lines().reduce((first, second) -> second).orElse(""));
    }
}
