package org.tandemgw.gateway.history;

import java.nio.file.Path;

/**
 * What is kept of what probes see.
 *
 * @param data the data folder
 * @param keptDays files of days before are deleted
 * @param mostBytes of all files together: the oldest go
 * @param minFreeBytes what the journal wants left free on that disk
 */
record HistorySettings(Path data, long keptDays, long mostBytes, long minFreeBytes) {}
