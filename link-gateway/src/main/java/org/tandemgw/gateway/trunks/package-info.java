/**
 * The trunk switches of the site: from what the file and the profiles say to the driver, from the driver to what operators see.
 *
 * <pre>
 *   operator ──► TrunkDesk ──► SiteSwitch ──► TrunkSwitch (driver, its own thread) ──► TappedPath ──► wire
 *                    ▲              │  ▲                                                   │
 *                 TrunkOrder        │  └── TrunkMemories ──► control file, durable        ▼
 *                                   ├── TrunkConditions ──► alarms                    WireTap
 *                                   ├── TrunkPicture ──► status
 *                                   └── CommandAudit ──► audit file
 * </pre>
 */
package org.tandemgw.gateway.trunks;
