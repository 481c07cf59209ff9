/** Records to JSON and back: what the control socket, the CLI and the alarm file speak. Knows nothing of what it carries. */
package org.tandemgw.gateway.json;
