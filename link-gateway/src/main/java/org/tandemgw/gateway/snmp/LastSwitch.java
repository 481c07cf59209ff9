package org.tandemgw.gateway.snmp;

import java.time.Instant;

/**
 * When the active server was changed last, and why.
 *
 * @param at null: never
 * @param reason null: never
 */
record LastSwitch(Instant at, String reason) {
    static final LastSwitch NEVER = new LastSwitch(null, null);
}
