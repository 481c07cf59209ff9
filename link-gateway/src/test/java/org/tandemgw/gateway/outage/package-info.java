/**
 * What takes a site down, for the tests: a kill at a named point, a power cut, a disk that is full. Knows processes, files
 * and disks, and nothing of Tandem; who uses it says what has to hold afterwards.
 */
package org.tandemgw.gateway.outage;
