/** What it costs to append to the journal and to read it. */
package org.tandemgw.benchmarks.journal;
