/** Where the time comes from. */
package org.tandemgw.gateway.time;
