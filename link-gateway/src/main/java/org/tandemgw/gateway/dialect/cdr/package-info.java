/** Call details of an Avaya Communication Manager: records of calls that have ended, one a line. */
package org.tandemgw.gateway.dialect.cdr;
