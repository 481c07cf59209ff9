/** What it costs to feed a server. */
package org.tandemgw.benchmarks.feed;
