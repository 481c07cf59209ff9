/** Decoding: the bytes of one leg become whole frames. Knows neither sockets nor what a frame means. */
package org.tandemgw.gateway.frame;
