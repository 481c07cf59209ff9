/**
 * What a site may hand to others: its configuration without what is secret, and texts from which every secret of the site is taken out.
 * Used by the command line alone; reads files, never the network.
 */
package org.tandemgw.gateway.support;
