/** The sockets and sessions of an ACD's two legs. Bytes out, facts out; what they mean is decided elsewhere. */
package org.tandemgw.gateway.leg;
