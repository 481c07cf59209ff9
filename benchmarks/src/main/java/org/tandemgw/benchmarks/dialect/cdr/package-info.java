/** What reading call details costs. */
package org.tandemgw.benchmarks.dialect.cdr;
