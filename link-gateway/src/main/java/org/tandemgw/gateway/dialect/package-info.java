/** What the frames of a dialect are: shared or local, and what makes two of them the same. */
package org.tandemgw.gateway.dialect;
