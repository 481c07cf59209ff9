package org.tandemgw.gateway.time;

/**
 * What has to be known of the clock across a restart, to tell whether it was set meanwhile. Kept in the control file.
 *
 * @param bootId the boot of the machine in which it was noted
 * @param utcNs UTC at that moment
 * @param bootedNs how long the machine had been up at that moment, sleep included
 * @param offNs by how much UTC has been set, in sum, since it was last trusted; 0 while it is trusted
 * @param suspectNs for how long of running it has been suspect; 0 while it is trusted
 */
public record ClockMemory(String bootId, long utcNs, long bootedNs, long offNs, long suspectNs) {}
