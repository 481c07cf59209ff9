/**
 * The machine that decides, in a world that is simulated: what is true ({@code SimWorld}), what Tandem is told of it ({@code SimLooks}, {@code SimFeeds},
 * {@code SimDriver}), what becomes of its orders, and an oracle that knows the truth and holds it to every promise after every event. All chance comes from a seed. Pure.
 *
 * <pre>
 * SimFaults ──► SimWorld ──looks, feeds, read-backs──► SimTandem (the real Switchover) ──orders──► SimDriver, SimActions ──► SimWorld
 *                   └────────────── SimOracle, History, one class a promise ◄──────────────┘
 * </pre>
 *
 * <p>{@link org.tandemgw.gateway.switchover.sim.Trial} is what others see of it; tests drive it further, with any site and with planted defects.
 */
package org.tandemgw.gateway.switchover.sim;
