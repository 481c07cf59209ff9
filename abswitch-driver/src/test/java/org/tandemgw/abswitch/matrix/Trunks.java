package org.tandemgw.abswitch.matrix;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.CommandRecord;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.Remembered;
import org.tandemgw.abswitch.SwitchListener;
import org.tandemgw.abswitch.SwitchMemory;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.abswitch.SwitchSettings;
import org.tandemgw.abswitch.TrunkSwitch;
import org.tandemgw.abswitch.emulator.BoxModel;

/** Trunk switches with the matrix's rules, that nobody listens to and that need not know anything after a restart. */
public final class Trunks {
    private Trunks() {}

    /** A K16 with card 7, on that path. */
    public static TrunkSwitch start(BoxPath path) {
        return start(new Column(BoxModel.K16, "serial", "line"), 1, path);
    }

    static TrunkSwitch start(Column column, int slower, BoxPath path) {
        final SwitchSettings settings = new SwitchSettings(
                column.name(),
                column.rules(slower),
                column.model() == BoxModel.K16 ? Column.PASSWORD : null,
                "the test",
                false,
                List.of(column.card()),
                Duration.ZERO,
                1_000);
        return TrunkSwitch.start(settings, List.of(path), new Forgetful(), new Deaf(), Clock.systemUTC());
    }

    private static final class Forgetful implements SwitchMemory {
        @Override
        public Remembered load() {
            return Remembered.nothing();
        }

        @Override
        public void store(Remembered remembered) {
            // Nothing has to be known later.
        }
    }

    private static final class Deaf implements SwitchListener {
        @Override
        public void positionsChanged(SwitchPositions positions) {}

        @Override
        public void movedWithoutUs(int card, String from, String to) {}

        @Override
        public void reach(Reach reach, String why) {}

        @Override
        public void commandDone(CommandRecord done) {}
    }
}
