/** The terminal that a person sits at. */
package org.tandemgw.gateway.terminal;
