/**
 * What is typed. {@code Tandem} finds the verb and loads only that one; each verb fetches through {@code control} or reads the
 * journal's files, and prints what {@code status} renders. Exit status: 0 well, 1 no, 2 usage or configuration.
 */
package org.tandemgw.gateway.cli;
