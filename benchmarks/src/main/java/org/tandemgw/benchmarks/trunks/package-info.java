/** What a selection of trunks costs beyond the box and the pauses that its profile asks for. */
package org.tandemgw.benchmarks.trunks;
