package org.tandemgw.gateway.trunks;

import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.PathEvents;
import org.tandemgw.abswitch.PathKind;

/** A path whose bytes are also noted for people. Changes nothing and decides nothing. */
final class TappedPath implements BoxPath {
    private final BoxPath path;
    private final WireTap tap;
    private volatile Noted present;

    TappedPath(BoxPath path, WireTap tap) {
        this.path = path;
        this.tap = tap;
    }

    @Override
    public String describe() {
        return path.describe();
    }

    @Override
    public PathKind kind() {
        return path.kind();
    }

    @Override
    public void open(PathEvents events) {
        present = new Noted(events);
        path.open(present);
    }

    @Override
    public void send(byte[] bytes) {
        tap.sent(path.describe(), bytes);
        path.send(bytes);
    }

    @Override
    public void close() {
        present = null; // an end that we bring about says nothing of the box
        path.close();
    }

    private final class Noted implements PathEvents {
        private final PathEvents events;

        Noted(PathEvents events) {
            this.events = events;
        }

        @Override
        public void opened() {
            events.opened();
        }

        @Override
        public void sent() {
            events.sent();
        }

        @Override
        public void received(byte[] bytes) {
            tap.received(path.describe(), bytes);
            events.received(bytes);
        }

        @Override
        public void closed(PathEnd end, String text) {
            if (present == this) {
                tap.ended(path.describe(), text == null || text.isEmpty() ? end.name() : text);
            }
            events.closed(end, text);
        }
    }
}
