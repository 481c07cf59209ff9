/** One picture of the gateway, and how it reads for programs (JSON) and for people (text). Fetching it is the business of {@code control}. */
package org.tandemgw.gateway.status;
