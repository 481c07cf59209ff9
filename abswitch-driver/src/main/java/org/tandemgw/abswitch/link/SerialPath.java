package org.tandemgw.abswitch.link;

import java.nio.file.Path;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.PathEvents;
import org.tandemgw.abswitch.PathKind;

/**
 * A box on a serial line. While it is open it has two threads, {@code serial-<device>} and {@code serial-out-<device>}: see
 * {@link SerialLine}. A line on three wires has no carrier: that nobody is at its other end cannot be seen here, only that
 * nobody answers.
 */
public final class SerialPath implements BoxPath {
    private final SerialSettings settings;
    private final Path library;
    private SerialLine line;

    /**
     * For one box.
     *
     * @param library directory for the native part of the driver, which only the user who runs this may write; made if it is
     *     not there
     */
    public SerialPath(SerialSettings settings, Path library) {
        this.settings = settings;
        this.library = library;
    }

    @Override
    public String describe() {
        return "serial " + settings.describe();
    }

    @Override
    public PathKind kind() {
        return PathKind.SERIAL;
    }

    @Override
    public void open(PathEvents events) {
        if (line != null
                && line.isWaiting()) { // a driver that hangs while it closes: one thread may wait for it, not one more
            // each time
            new Telling(events).ended(PathEnd.FAILED, "the device does not let go of its last opening");
            return;
        }
        line = new SerialLine(settings, library, new Telling(events), line);
        line.start();
    }

    @Override
    public void send(byte[] bytes) {
        line.send(bytes);
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }
}
