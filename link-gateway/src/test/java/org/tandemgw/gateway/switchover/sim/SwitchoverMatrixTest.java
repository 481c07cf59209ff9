package org.tandemgw.gateway.switchover.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page that says what each fault leads to says what it leads to. */
@Timeout(300)
class SwitchoverMatrixTest {
    private static final Path PAGE = Path.of(System.getProperty("tandem.root")).resolve("docs/switchover-matrix.md");

    @Test
    void shouldBeWhatThePageSays() throws IOException {
        final SwitchoverMatrix matrix = new SwitchoverMatrix();
        final String page = matrix.page();
        assertEquals(List.of(), matrix.broken());
        if (Boolean.getBoolean("tandem.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "written again with -Dtandem.rewrite=true");
    }
}
