/** FreeSWITCH's event socket: the session with a FreeSWITCH, what belongs to it, what makes two events the same; and how we play one. */
package org.tandemgw.gateway.dialect.esl;
