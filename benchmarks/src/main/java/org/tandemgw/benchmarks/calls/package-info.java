/** What it costs to know the calls in flight. */
package org.tandemgw.benchmarks.calls;
