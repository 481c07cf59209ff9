package org.tandemgw.abswitch.link;

import java.util.Set;
import java.util.TreeSet;

/**
 * How a serial line is set. There are no defaults: a box's speed and format are found on the box or in its manual.
 *
 * @param device path of the device, as {@code /dev/ttyS0}; a name below {@code /dev/serial/by-id} survives replugging
 * @param baud one of the rates that every driver knows: others are accepted by the library and not set
 * @param bits 7 or 8
 * @param stop 1 or 2
 */
public record SerialSettings(String device, int baud, int bits, Parity parity, int stop, Flow flow) {
    /** The check bit. */
    public enum Parity {
        /** None. */
        NONE,
        /** Odd. */
        ODD,
        /** Even. */
        EVEN
    }

    /** Who may stop the flow. */
    public enum Flow {
        /** Nobody: three wires. */
        NONE,
        /** The lines RTS and CTS. */
        RTS_CTS,
        /** The bytes XON and XOFF. */
        XON_XOFF
    }

    private static final Set<Integer> BAUDS = new TreeSet<>(
            Set.of(300, 600, 1200, 1800, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600));

    /** Checks. Messages name the key. */
    public SerialSettings {
        if (!device.startsWith("/")) {
            throw new IllegalArgumentException("serial.device: give the whole path, as /dev/ttyS0; not " + device);
        }
        if (!BAUDS.contains(baud)) {
            throw new IllegalArgumentException(
                    "serial.baud: " + baud + " would be taken and not be set; use one of " + BAUDS);
        }
        if (bits != 7 && bits != 8) {
            throw new IllegalArgumentException("serial.bits: 7 or 8, not " + bits);
        }
        if (stop != 1 && stop != 2) {
            throw new IllegalArgumentException("serial.stop: 1 or 2, not " + stop);
        }
    }

    /** For people: {@code /dev/ttyS0 9600 8N1}. */
    public String describe() {
        return device + " " + baud + " " + bits + parity.name().charAt(0) + stop;
    }
}
