/**
 * What a running site makes of a changed configuration file: which keys differ, which of them can be changed now, and the configuration that comes
 * of it. Pure; {@code Reloads} of the composition carries it out.
 */
package org.tandemgw.gateway.reload;
