/** What the looks at servers and networks add up to. Pure: looks and times go in, health and a diagnosis come out. */
package org.tandemgw.gateway.health;
