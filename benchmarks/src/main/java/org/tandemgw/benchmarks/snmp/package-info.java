/** What the NOC costs: requests a second, and what a walk over everything does to frames. */
package org.tandemgw.benchmarks.snmp;
