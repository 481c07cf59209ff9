/** From the start of the process to its first frame. */
package org.tandemgw.benchmarks.start;
