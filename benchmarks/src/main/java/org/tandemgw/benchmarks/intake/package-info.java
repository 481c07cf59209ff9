/** What a frame costs on its way in. */
package org.tandemgw.benchmarks.intake;
