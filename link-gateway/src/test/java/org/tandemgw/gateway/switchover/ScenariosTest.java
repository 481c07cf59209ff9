package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each script says all that happens; {@code -Dtandem.rewrite=true} writes down what does, for the reviewer to judge. */
class ScenariosTest {
    private static final Path SCRIPTS =
            Path.of(System.getProperty("tandem.root", ".."), "link-gateway", "src", "test", "resources", "scenarios");

    @TestFactory
    List<DynamicTest> shouldHappenAsWritten() throws IOException {
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            return scripts.filter(each -> each.toString().endsWith(".txt"))
                    .sorted()
                    .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> play(each)))
                    .toList();
        }
    }

    private static void play(Path script) throws IOException {
        final String written = Files.readString(script);
        final String played = Script.play(written);
        if (Boolean.getBoolean("tandem.rewrite")) {
            Files.writeString(script, played);
        } else {
            assertEquals(written, played);
        }
    }
}
