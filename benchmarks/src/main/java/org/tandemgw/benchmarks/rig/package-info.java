/** What the rigs share: processes of their own, folders that go away, and figures that are printed and kept. */
package org.tandemgw.benchmarks.rig;
