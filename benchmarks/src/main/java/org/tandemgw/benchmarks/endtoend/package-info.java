/** Frames from an ACD's two legs to two servers, through Tandem and through what people put there instead, each a process of its own. */
package org.tandemgw.benchmarks.endtoend;
