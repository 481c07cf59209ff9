/**
 * One active server, whatever happens, and always a reason. Pure: facts and times go in, actions come out.
 *
 * <pre>
 *  Event ─► Facts ─► Startup   roles from control file and positions
 *                    Watch     suspect ─► verdict ─► diagnosis ─► time to return ─┐
 *                    Requests  what operators ask for ────────────────────────────┼─► Attempt ─► Action
 *                    FailBackRule ────────────────────────────────────────────────┘   demote, select, promote
 *                         └── Conditions: what must hold, value, what is missing, the command that helps
 *  Kept ─► Durable (written before the actions)      Phases: the only place where the phase changes
 * </pre>
 *
 * <p>Why it is one machine, what counts as evidence, and what an epoch is: docs/adr/0018-one-machine-decides.md.
 */
package org.tandemgw.gateway.switchover;
