/**
 * CSTA phase III in XML over TCP (ECMA-323), read from two associations of one switching function, and served to who expects one.
 *
 * <pre>
 *  bytes ─► CstaDecoder ─► CstaHead: an event? of which monitor? ─► the reference becomes the device ─► stream
 *                                    │ no event
 *                                    └─► CstaSession: session, monitors, snapshots, keep-alive
 * </pre>
 */
package org.tandemgw.gateway.dialect.csta;
