/** What reading the Asterisk Manager Interface costs. */
package org.tandemgw.benchmarks.dialect.ami;
