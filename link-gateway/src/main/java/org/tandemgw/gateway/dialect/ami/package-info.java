/** The Asterisk Manager Interface: sessions that only read, which messages belong to the stream, and what makes two of them the same. */
package org.tandemgw.gateway.dialect.ami;
