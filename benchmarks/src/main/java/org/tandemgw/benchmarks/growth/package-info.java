/** What more ACDs, longer frames and larger journals cost. */
package org.tandemgw.benchmarks.growth;
