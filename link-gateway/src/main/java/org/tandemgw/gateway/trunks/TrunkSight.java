package org.tandemgw.gateway.trunks;

/**
 * What is known of a trunk switch at one moment, as whoever decides wants it.
 *
 * @param leadsTo the server that all its cards lead to; null if they do not all lead to one
 * @param position of all cards together, as shown to people
 * @param reachable whether it answered the last query with something that its profile understands
 * @param movedWithoutUs whether a card changed without an order, and nobody has adopted that
 * @param epoch the newest that an order to it carried
 */
public record TrunkSight(
        String name, String leadsTo, String position, boolean reachable, boolean movedWithoutUs, long epoch) {}
