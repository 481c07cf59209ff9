package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.FenceHeld;

/** With another file than a switchover was begun with, and nobody asking, nothing is done but to undo what had moved nothing. */
final class FileRule {
    private final SimOracle oracle;
    private boolean other;

    FileRule(SimOracle oracle) {
        this.oracle = oracle;
    }

    void file(boolean isOther) {
        other = isOther;
    }

    void acts(Action action) {
        boolean goesOn = action instanceof Action.Select
                || action instanceof Action.Demote
                || action instanceof Action.Opened
                || action instanceof Action.Promote promote && promote.fence() != FenceHeld.NEVER_LEFT;
        if (other && goesOn) {
            throw oracle.broken("file", "with another file than it was begun with: " + action);
        }
    }
}
