package org.tandemgw.gateway.dialect.csta;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which devices one association monitors, under which references, and which it does not, and why. */
final class CstaMonitors {
    private static final Logger LOG = LoggerFactory.getLogger(CstaMonitors.class);
    private static final int SHOWN = 5;

    private final List<String> devices;
    private final CstaReferences references;
    private final Map<String, String> monitors = new LinkedHashMap<>();
    private final Map<String, String> refused = new TreeMap<>();
    private int restFrom;

    /** @param references what they stand for is told there, where intake looks */
    CstaMonitors(List<String> devices, CstaReferences references) {
        this.devices = devices;
        this.references = references;
        references.clear();
    }

    /** False if the ACD has changed its mind: then how things stand is to be asked anew. */
    boolean granted(String device, String reference) {
        if (reference.isEmpty() || reference.length() > CstaSnapshot.LONGEST_ID) {
            return refused(device, "a reference of " + reference.length() + " characters");
        }
        final boolean wasRefused = refused.remove(device) != null;
        monitors.values().remove(device);
        monitors.put(reference, device);
        if (wasRefused) {
            LOG.info("device {} is monitored now", CstaSession.readable(device));
        }
        return !wasRefused;
    }

    /** The same. */
    boolean refused(String device, String why) {
        final boolean wasRefused = refused.put(device, why) != null;
        if (!wasRefused) {
            LOG.info("device {} is not monitored: {}", CstaSession.readable(device), why);
        }
        return wasRefused;
    }

    /** The device of a monitor that the ACD has ended; null if it is none of ours. */
    String stopped(String reference) {
        return monitors.remove(reference);
    }

    /** A reference that is not in use any more stands for nothing from now on. */
    void remember() {
        references.clear();
        monitors.forEach((reference, device) -> references.put(
                CstaMessage.utf8(CstaMessage.escaped(reference)), CstaMessage.utf8(CstaMessage.escaped(device))));
    }

    /** Each device is monitored, or is not. */
    boolean allAnswered() {
        return monitors.size() + refused.size() >= devices.size();
    }

    boolean none() {
        return monitors.isEmpty();
    }

    /** Whether each device is monitored. */
    boolean all() {
        return monitors.size() == devices.size();
    }

    List<String> devices() {
        return List.copyOf(monitors.values());
    }

    /** Devices to ask for again, each in its turn. */
    List<String> rest(Set<String> asked, int most) {
        final List<String> rest = new ArrayList<>();
        final Set<String> there = new HashSet<>(monitors.values());
        there.addAll(asked);
        for (int i = 0; i < devices.size() && rest.size() < most && !all(); i++) {
            final String device = devices.get(restFrom % devices.size());
            restFrom = (restFrom + 1) % devices.size();
            if (!there.contains(device)) {
                rest.add(device);
            }
        }
        return rest;
    }

    /** Which devices are not, and why; empty if all are. */
    String notMonitored() {
        final List<String> shown = new ArrayList<>();
        refused.forEach((device, why) -> {
            if (shown.size() < SHOWN) {
                shown.add(CstaSession.readable(device) + " (" + why + ")");
            }
        });
        return String.join(", ", shown) + (refused.size() > SHOWN ? " and " + (refused.size() - SHOWN) + " more" : "");
    }
}
