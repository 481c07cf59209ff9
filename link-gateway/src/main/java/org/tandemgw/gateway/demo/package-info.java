/**
 * {@code tandem demo}: the whole product on one machine. A simulated ACD, the real appliance as a child process, two
 * consuming servers, a schedule of mischief, a screen, and a proof at the end.
 *
 * <pre>
 *  AcdSimulator ─leg 1─►                     ─feed─► DemoServer east ─┐
 *                        ApplianceProcess                             ├─► DemoSummary: identical, complete, in order?
 *               ─leg 2─►                     ─feed─► DemoServer west ─┘
 *        ▲                     ▲                         ▲
 *        └──────────────── Mischief ─────────────────────┘
 * </pre>
 */
package org.tandemgw.gateway.demo;
