package org.tandemgw.gateway;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tandemgw.gateway.recovery.AttemptListener;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.OpenAttempt;

/** Has what is decided written into every journal, and what is kept for the server that takes over given out: of all ACDs. Thread {@code control}. */
final class RecoveryParts implements AttemptListener {
    private final List<AcdParts> acds;

    /** Of these, as they come to be. */
    RecoveryParts(List<AcdParts> acds) {
        this.acds = acds;
    }

    /** The shelves of these ACDs, by name. */
    Map<String, RecoveryShelf> shelves(List<String> names) {
        final Map<String, RecoveryShelf> found = new HashMap<>();
        acds.stream().filter(acd -> names.contains(acd.config().name())).forEach(acd -> acd.shelf()
                .ifPresent(shelf -> found.put(acd.config().name(), shelf)));
        return found;
    }

    /** Before anything runs: what the last run may not have come to. */
    void resume(Durable found) {
        final OpenAttempt open = found.open();
        shelves(shelf -> shelf.resume(found.epoch(), open == null ? 0 : open.epoch(), found.switched()));
        mark(new SwitchMark(SwitchMark.What.SWITCHED, found.switched(), 0, null, ""));
        if (open != null) {
            begun(new SwitchMark(
                    SwitchMark.What.COMMENCE,
                    open.epoch(),
                    open.decision(),
                    open.from(),
                    open.to(),
                    Instant.ofEpochMilli(open.openedMs())));
        }
    }

    @Override
    public void begun(SwitchMark mark) {
        shelves(shelf -> shelf.begun(mark));
        mark(mark);
    }

    @Override
    public void promoted(long epoch, String server) {
        shelves(shelf -> shelf.promoted(epoch, server));
    }

    @Override
    public void over(SwitchMark mark, boolean switched, boolean tookOver) {
        if (switched) {
            promoted(mark.epoch(), mark.to());
        } else {
            // What was given out with the order to start stays; what was not is not given out by the mark.
            shelves(shelf -> shelf.over(mark.epoch()));
        }
        if (switched || tookOver) {
            mark(mark);
        }
    }

    private void mark(SwitchMark mark) {
        acds.forEach(acd -> acd.intake().mark(mark));
    }

    private void shelves(Consumer<RecoveryShelf> each) {
        acds.stream().map(AcdParts::shelf).flatMap(Optional::stream).forEach(each);
    }
}
