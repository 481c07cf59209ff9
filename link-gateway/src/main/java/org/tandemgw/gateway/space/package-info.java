/**
 * What is deleted, when, and whether the legs have to pause for want of space: decided here, from facts alone; carried out
 * by the thread {@code space}.
 */
package org.tandemgw.gateway.space;
