/** Measurements that anyone can rerun with {@code ./tandem bench}; packages mirror the code they measure. */
package org.tandemgw.benchmarks;
