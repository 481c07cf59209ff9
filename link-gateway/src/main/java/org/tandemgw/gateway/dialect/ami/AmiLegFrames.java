package org.tandemgw.gateway.dialect.ami;

import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.dialect.LegFrames;

/** Which AMI messages belong to one leg's session: answers, what carries our ActionID, and the greeting after a login. */
final class AmiLegFrames implements LegFrames {
    private static final byte[] RESPONSE = AmiLines.name("Response");
    private static final byte[] EVENT = AmiLines.name("Event");
    private static final byte[] ACTION_ID = AmiLines.name("ActionID");
    private static final byte[] UPTIME = AmiLines.name("Uptime");
    private static final byte[] FULLY_BOOTED = AmiMessage.latin("FullyBooted");
    private static final byte[] BANNER = AmiMessage.latin("Asterisk Call Manager");
    /** Nobody's Asterisk runs for longer, and nanoseconds of it still fit a long. */
    private static final long LONGEST_UPTIME_S = 100L * 365 * 24 * 3600;

    private final byte[] ourIds;
    private final AmiIdentity identity;
    private final AmiLines lines = new AmiLines();
    private boolean greetingMayCome;

    /** @param ourIds how each ActionID of ours begins */
    AmiLegFrames(byte[] ourIds, AmiIdentity identity) {
        this.ourIds = ourIds.clone();
        this.identity = identity;
    }

    @Override
    public void sessionBegins() {
        greetingMayCome = true;
    }

    @Override
    public boolean isLocal(byte[] buffer, int offset, int length, long atNs) {
        lines.over(buffer, offset, length);
        if (!lines.next()) {
            return false;
        }
        if (lines.isNamed(RESPONSE) || startsWith(buffer, offset, length)) {
            return true;
        }
        final boolean greets = greetingMayCome && lines.isNamed(EVENT) && lines.valueIs(FULLY_BOOTED);
        greetingMayCome = false;
        if (greets) {
            dateTheBoot(atNs);
            return true;
        }
        while (lines.next()) {
            if (lines.isNamed(ACTION_ID) && lines.valueStartsWith(ourIds)) {
                return true;
            }
        }
        return false;
    }

    private void dateTheBoot(long atNs) {
        while (lines.next()) {
            if (lines.isNamed(UPTIME)) {
                final long uptimeS = lines.number();
                if (uptimeS >= 0 && uptimeS < LONGEST_UPTIME_S) {
                    identity.booted(atNs - TimeUnit.SECONDS.toNanos(uptimeS));
                }
            }
        }
    }

    private static boolean startsWith(byte[] buffer, int offset, int length) {
        return length >= BANNER.length
                && java.util.Arrays.equals(buffer, offset, offset + BANNER.length, BANNER, 0, BANNER.length);
    }
}
