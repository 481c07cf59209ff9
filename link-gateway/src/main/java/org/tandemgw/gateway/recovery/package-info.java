/** What becomes of the calls in flight when another server takes over: marks in the journal, and the account of each call. */
package org.tandemgw.gateway.recovery;
