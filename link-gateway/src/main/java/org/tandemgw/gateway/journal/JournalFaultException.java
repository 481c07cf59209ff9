package org.tandemgw.gateway.journal;

/**
 * The journal cannot be opened, or can take nothing more: {@link LinkJournal#fault()} says the same. Whoever appends has
 * to stop reading its legs at once; only a new start heals.
 */
public final class JournalFaultException extends RuntimeException {
    JournalFaultException(String message) {
        super(message);
    }

    JournalFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
