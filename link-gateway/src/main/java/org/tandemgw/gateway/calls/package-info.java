/** From the frames of a dialect to what happened to calls and agents. */
package org.tandemgw.gateway.calls;
