/** What it costs to read CSTA. */
package org.tandemgw.benchmarks.dialect.csta;
