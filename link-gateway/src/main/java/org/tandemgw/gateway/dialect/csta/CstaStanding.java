package org.tandemgw.gateway.dialect.csta;

import java.util.List;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.LegSummary;

/** What the call table says in the words of CSTA. On the table's thread. An answer is one frame: of more connections than fit it has the first ones. */
final class CstaStanding {
    private final StringBuilder items = new StringBuilder();
    private int room;

    private CstaStanding(int room) {
        this.room = room;
    }

    /**
     * The connections at a device.
     *
     * @param room for so many bytes
     */
    static String atDevice(CallTable table, String device, int room) {
        final CstaStanding standing = new CstaStanding(room);
        final String end = "/" + device;
        table.calls(call -> {
            if (standing.room > 0) {
                for (final LegSummary leg : call.legList()) {
                    if (leg.id().endsWith(end)) {
                        standing.add(CstaMessage.connection(callOf(leg, end), device, word(leg.state())));
                    }
                }
            }
        });
        return standing.items.toString();
    }

    /**
     * Who is in a call, of the devices that are monitored.
     *
     * @param room for so many bytes
     */
    static String inCall(CallTable table, String id, List<String> devices, int room) {
        final CstaStanding standing = new CstaStanding(room);
        final CallView call = table.call(id);
        if (call != null) {
            for (final LegSummary leg : call.legList()) {
                for (final String device : devices) {
                    if (leg.id().endsWith("/" + device)) {
                        standing.add(CstaMessage.participant(id, device, word(leg.state())));
                    }
                }
            }
        }
        return standing.items.toString();
    }

    /** The first that does not fit is the last that is tried: none behind it is told of either. */
    private void add(String item) {
        final int length = CstaMessage.utf8(item).length;
        if (length <= room) {
            items.append(item);
            room -= length;
        } else {
            room = 0;
        }
    }

    private static String callOf(LegSummary leg, String end) {
        return leg.id().substring(0, leg.id().length() - end.length());
    }

    private static String word(CallState state) {
        return switch (state) {
            case BORN -> "initiated";
            case OFFERED, RINGING -> "alerting";
            case QUEUED -> "queued";
            case CONNECTED -> "connected";
            case HELD -> "hold";
            case ABANDONED, FAILED -> "fail";
        };
    }
}
