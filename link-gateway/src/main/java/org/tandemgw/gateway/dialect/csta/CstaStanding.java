package org.tandemgw.gateway.dialect.csta;

import java.util.List;
import java.util.function.Function;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.LegSummary;

/** What the call table says in the words of CSTA. On the table's thread. */
final class CstaStanding {
    private CstaStanding() {}

    /** The connections at a device; of more than {@code most} the first ones, since an answer is one frame. */
    static byte[] atDevice(CallTable table, String device, int most, Function<String, byte[]> answer) {
        final StringBuilder items = new StringBuilder();
        final String end = "/" + device;
        final int[] found = new int[1];
        table.calls(call -> {
            for (final LegSummary leg : call.legList()) {
                if (leg.id().endsWith(end) && found[0]++ < most) {
                    items.append(CstaMessage.connection(callOf(leg, end), device, word(leg.state())));
                }
            }
        });
        return answer.apply(items.toString());
    }

    /** Who is in a call, of the devices that are monitored. */
    static byte[] inCall(CallTable table, String id, List<String> devices, Function<String, byte[]> answer) {
        final StringBuilder items = new StringBuilder();
        final CallView call = table.call(id);
        if (call != null) {
            for (final LegSummary leg : call.legList()) {
                for (final String device : devices) {
                    if (leg.id().endsWith("/" + device)) {
                        items.append(CstaMessage.participant(id, device, word(leg.state())));
                    }
                }
            }
        }
        return answer.apply(items.toString());
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
