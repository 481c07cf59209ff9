package org.tandemgw.gateway.journal;

/**
 * One roll file of an open journal.
 *
 * @param cycle its name, as a number
 * @param first the sequence of its first record
 * @param last the sequence of its last record; less than {@code first} if none of its records can be read
 * @param firstAtNs time of the first record, UTC ns; if it cannot be read, when the file's time span begins
 * @param lastAtNs time of the last record, likewise when it ends
 * @param endMs a record from then on begins a new file, UTC ms: its name's time span, or ten minutes since its first record, is over
 * @param bytes its length, which is at least what it takes; of one that is appended to, how far it is written
 * @param finished true if nothing is ever added, and feeds may read all of it and a record behind it
 */
public record RollFile(
        int cycle, long first, long last, long firstAtNs, long lastAtNs, long endMs, long bytes, boolean finished) {}
