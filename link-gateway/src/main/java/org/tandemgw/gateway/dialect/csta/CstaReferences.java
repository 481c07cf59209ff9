package org.tandemgw.gateway.dialect.csta;

import java.util.Arrays;

/**
 * Which device the references of one association's monitors stand for. A reference means nothing outside its association, so the stream has the device in its place.
 * One per leg; the intake thread. Looking up allocates nothing.
 * It has room for one reference of each device four times over.
 */
final class CstaReferences {
    private final byte[][] references;
    private final byte[][] devices;

    CstaReferences(int devices) {
        final int size = Integer.highestOneBit(Math.max(8, devices) * 4) * 2;
        this.references = new byte[size][];
        this.devices = new byte[size][];
    }

    void clear() {
        Arrays.fill(references, null);
        Arrays.fill(devices, null);
    }

    /** @param device as it stands in the stream */
    void put(byte[] reference, byte[] device) {
        final int at = place(reference, 0, reference.length);
        references[at] = reference;
        devices[at] = device;
    }

    /** The device of this reference; null if it is none of ours. */
    byte[] device(byte[] buffer, int from, int to) {
        return devices[place(buffer, from, to)];
    }

    private int place(byte[] buffer, int from, int to) {
        int hash = 17;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + buffer[i];
        }
        hash ^= hash >>> 15;
        int at = hash & references.length - 1;
        while (references[at] != null && !Arrays.equals(references[at], 0, references[at].length, buffer, from, to)) {
            at = at + 1 & references.length - 1;
        }
        return at;
    }
}
