/** What operators ask of the running appliance: HTTP and JSON over a Unix domain socket, and who asked for what. */
package org.tandemgw.gateway.control;
