/**
 * Tells people what a management station is told, by syslog and by posting JSON: what {@code notice} decides goes into a queue of each target that survives the
 * end of the process, and from there to the target, as soon as it takes it.
 *
 * <pre>
 *  NotificationPlan ─► Message ─► MessageQueue (data/notify/…) ─► TargetLine ─► SyslogUdp · SyslogTcp · Webhook
 *            tandem-notify                                        notify-n
 * </pre>
 */
package org.tandemgw.gateway.notify;
