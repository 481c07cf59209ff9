package org.tandemgw.gateway.dialect.ami;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a client asks for: headers by their names, of which the first counts. Each character is one byte. */
final class AmiAction {
    private final Map<String, String> headers = new HashMap<>();

    void put(String name, String value) {
        headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }

    /** Empty if there is none. */
    String get(String lowerName) {
        return headers.getOrDefault(lowerName, "");
    }

    String action() {
        return get("action");
    }

    /** The line with the client's own id, or nothing. */
    String idLine() {
        return headers.containsKey("actionid") ? "ActionID: " + get("actionid") + "\r\n" : "";
    }
}
