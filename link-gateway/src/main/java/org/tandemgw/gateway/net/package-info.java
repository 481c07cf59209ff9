/** What all sockets of Tandem have in common. */
package org.tandemgw.gateway.net;
