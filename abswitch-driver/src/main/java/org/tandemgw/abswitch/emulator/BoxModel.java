package org.tandemgw.abswitch.emulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which box is played. */
public enum BoxModel {
    /** Dataprobe C-AB-16-R and its family: 16 slots, TCP and serial. */
    K16("AB"),
    /** In the style of the Electro Standards 7183: one switch, single control characters, a third position. */
    ESL_7183("ABO"),
    /** Black Box NBS: 16 ports in one rack, spoken to by SNMP. */
    NBS("AB");

    private final String positions;

    BoxModel(String positions) {
        this.positions = positions;
    }

    /** A letter for each position that it knows. */
    String positions() {
        return positions;
    }

    /** Its name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The slots that hold a card when nothing else is said. */
    public int[] fitted() {
        return switch (this) {
            case K16 -> new int[] {1, 2, 3, 4, 7};
            case ESL_7183 -> new int[] {1};
            case NBS -> new int[] {1, 2, 3, 4, 5, 6, 7, 8};
        };
    }

    /** How it speaks over a wire; null: it is spoken to by SNMP alone. */
    BoxWords words() {
        return switch (this) {
            case K16 -> new KabWords();
            case ESL_7183 -> new EslWords();
            case NBS -> null;
        };
    }

    /** The model of that name. */
    public static BoxModel of(String id) {
        return Arrays.stream(values())
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model '" + id + "'; there are "
                        + Arrays.stream(values()).map(BoxModel::id).collect(Collectors.joining(", "))));
    }
}
