package org.tandemgw.gateway.history;

import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * Who wrote what follows. Component names are the JSON keys.
 *
 * @param begins whether Tandem was started here; otherwise a new day's file begins
 * @param tandem its version
 * @param active the server in control; null: not known
 * @param epoch the newest
 * @param rules in force
 */
public record HistoryRun(boolean begins, String tandem, String active, long epoch, SwitchoverRules rules) {}
