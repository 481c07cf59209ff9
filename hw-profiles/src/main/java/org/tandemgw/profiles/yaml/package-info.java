/**
 * A strict reader for the YAML files that people write: the configuration of a site and the hardware profiles.
 *
 * <p>Every value knows file, line and key path; every problem of a file is collected in one reading; nothing of the file is
 * ever turned into an object of its own choosing (no tags, no anchors, no aliases). Not thread-safe: one reading, one thread.
 */
package org.tandemgw.profiles.yaml;
