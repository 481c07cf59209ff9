package org.tandemgw.abswitch;

import java.util.function.Consumer;

/** A path whose events happen on the switch's thread, whichever thread its adapter tells them on. */
record HoppingPath(BoxPath path, Consumer<Runnable> hop, Consumer<Runnable> hopBytes) implements BoxPath {
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
        path.open(new PathEvents() {
            @Override
            public void opened() {
                hop.accept(events::opened);
            }

            @Override
            public void sent() {
                hop.accept(events::sent);
            }

            @Override
            public void received(byte[] bytes) {
                hopBytes.accept(() -> events.received(bytes));
            }

            @Override
            public void closed(PathEnd end, String text) {
                hop.accept(() -> events.closed(end, text));
            }
        });
    }

    @Override
    public void send(byte[] bytes) {
        path.send(bytes);
    }

    @Override
    public void close() {
        path.close();
    }
}
