/**
 * The SNMP agent: serves {@code TANDEM-MIB} from the picture that {@code tandem status} shows, and sends notifications. Read-only.
 *
 * <pre>
 *  StatusBoard ─picture─► MibView ─► SnapshotObjects ─► SnmpAgent ◄── GET, GETNEXT, GETBULK of managers   (thread tandem-snmp-udp)
 *  Alarms ─► NotificationPlan ─Notice─► ManagerLine ─► SnmpAgent ──► trap, inform                          (thread tandem-snmp)
 * </pre>
 */
package org.tandemgw.gateway.snmp;
