package org.tandemgw.gateway.reload;

/**
 * One key whose value differs from the running one. Component names are the keys of JSON; no secret is in it, only that one is another.
 *
 * @param key with the names of what it is about: {@code servers.cms-east.probes.app.failures}
 * @param old what runs; null: there is none
 * @param new_ what the file says; null: nothing any more
 * @param how now or restart
 * @param why why only a restart helps; null: it can be now
 */
public record Change(String key, String old, String new_, String how, String why) {
    /** Whether it takes effect with the reload. */
    public boolean isNow() {
        return How.NOW.toString().equals(how);
    }

    /** {@code servers.cms-east.probes.app.failures: 3 -> 5}. */
    public String oneLine() {
        if (old == null || new_ == null) {
            return key + ": " + (old == null ? "added" : "removed");
        }
        return key + ": " + old + " -> " + new_;
    }
}
