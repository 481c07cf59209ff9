package org.tandemgw.gateway.control;

import java.util.List;

/** What the running appliance tells of calls in flight. Called like {@link GatewayControl}; each call waits for a table's thread, for some seconds at most. */
public interface CallControl {
    /** No table could be asked: there is none, it is kept no more, or too many ask. */
    final class CannotTellException extends Exception {
        private final String remedy;

        public CannotTellException(String message, String remedy) {
            super(message, null, false, false);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    /** The calls of all ACDs, of each the ones known longest first, at most {@code limit} in all. */
    List<CallReport> calls(int limit) throws CannotTellException;

    /** The parts of intervals that are not over yet, of all ACDs. */
    List<IntervalReport> intervals() throws CannotTellException;

    /** The calls of this id, one for each ACD that has one; with the sequences of their frames. */
    List<CallReport> call(String id) throws CannotTellException;
}
