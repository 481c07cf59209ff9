package org.tandemgw.gateway.emulate;

/** The elements of CSTA that a simulated switching function writes. */
final class CstaWords {
    static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    static final String EDITION = "http://www.ecma-international.org/standards/ecma-323/csta/ed4";

    private CstaWords() {}

    static String parties(String call, String caller, String queue) {
        return party("callingDevice", caller) + party("calledDevice", queue)
                + "<lastRedirectionDevice><notRequired/></lastRedirectionDevice>"
                + "<associatedCallingDevice><deviceIdentifier>T" + call.substring(1)
                + "</deviceIdentifier></associatedCallingDevice>";
    }

    static String moved(String call, String device, String oldCall, String oldDevice) {
        return "<connectionListItem>" + connection("newConnection", call, device)
                + connection("oldConnection", oldCall, oldDevice) + "</connectionListItem>";
    }

    static String connection(String name, String call, String device) {
        return "<" + name + ">" + element("callID", call) + element("deviceID", device) + "</" + name + ">";
    }

    static String party(String name, String device) {
        return "<" + name + ">" + element("deviceIdentifier", device) + "</" + name + ">";
    }

    static String local(String state) {
        return element("localConnectionInfo", state);
    }

    static String element(String name, String text) {
        return "<" + name + ">" + text + "</" + name + ">";
    }

    /** One connection in a snapshot of a device. */
    static String listed(String call, String device, String state) {
        return "<snapshotDeviceResponseInfo>" + connection("connectionIdentifier", call, device)
                + party("endpointDevice", device) + "<localCallState><compoundCallState>"
                + element("localConnectionState", state)
                + "</compoundCallState></localCallState></snapshotDeviceResponseInfo>";
    }
}
