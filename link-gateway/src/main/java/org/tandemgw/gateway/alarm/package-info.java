/** Alarms: what is wrong now, what was, and who knows. Deciding is {@code AlarmBook}; the file is {@code AlarmFile}. */
package org.tandemgw.gateway.alarm;
