/**
 * What a management station is told, and when: pure. The alarms that stand and the time go in, notices come out. Who sends them is another package's matter.
 *
 * <pre>
 *  alarms that stand ─► RootCauses ─► NotificationPlan (one for each manager) ─► Notice ─► sent ─► taken or not ─► NotificationPlan
 * </pre>
 */
package org.tandemgw.gateway.notice;
