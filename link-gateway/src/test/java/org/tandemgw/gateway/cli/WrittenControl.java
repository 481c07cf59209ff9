package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;

/** A control file as a site leaves it that ended in order. */
final class WrittenControl {
    private WrittenControl() {}

    /** That all these were synced through that record, in that generation. */
    static void synced(Path data, int generation, long through, String... acds) throws IOException {
        final ControlState.Run run = new ControlState.Run("", "group", true);
        final List<ControlState.Acd> known = Stream.of(acds)
                .map(acd -> new ControlState.Acd(acd, generation, through, through, run, List.of(), null, List.of()))
                .toList();
        try (ControlFile control = ControlFile.open(data, ControlFile.read(data))) {
            control.write(new ControlState(known, null));
        }
    }
}
