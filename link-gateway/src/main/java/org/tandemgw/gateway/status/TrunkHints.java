package org.tandemgw.gateway.status;

/** What to look at when a box cannot be asked, by what it does and over which path. Pure. */
public final class TrunkHints {
    private TrunkHints() {}

    /**
     * One phrase; null where nothing is to be done.
     *
     * @param reach as {@link GatewayStatus.TrunkSwitch#reach} says it
     * @param path over which it was asked last, beginning with its kind; null if it never was
     */
    public static String of(String reach, String path, String profile) {
        final String kind = path == null ? "" : path;
        final boolean serial = kind.startsWith("serial");
        final boolean snmp = kind.startsWith("snmp");
        return switch (reach) {
            case "authSuspected" ->
                snmp
                        ? "are community or user, and the secrets in their files, right?"
                        : serial
                                ? "is the password in secret-file right, letters in the right case? Is  baud:  the speed"
                                        + " of the box, and the cable whole? On a serial line all three look the same"
                                : "is the password in secret-file right, letters in the right case?";
            case "unreachable" ->
                snmp
                        ? "address, community or user: an agent is silent to one that it does not know"
                        : serial
                                ? "cable, power of the box, device, baud; a wrong password is answered with silence, too"
                                : "cable, power of the box, address, port";
            case "busy" ->
                "is somebody logged in at its web or telnet side? End that session. Else: power of the box, port";
            case "notUnderstood" ->
                "is it the box of the profile, and its firmware? Compare with  tandem profiles show " + profile
                        + ",  and do not ask again before that";
            default -> null;
        };
    }
}
