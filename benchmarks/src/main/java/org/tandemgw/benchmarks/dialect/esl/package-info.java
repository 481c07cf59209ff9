/** What reading the event socket of a FreeSWITCH costs. */
package org.tandemgw.benchmarks.dialect.esl;
