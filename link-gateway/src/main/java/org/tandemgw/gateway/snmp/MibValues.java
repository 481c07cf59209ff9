package org.tandemgw.gateway.snmp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;

/** Facts as values of the MIB: cut or clipped to what its types can hold. Pure. */
final class MibValues {
    private static final int MOST_BYTES = 255;
    private static final long MAX_32 = 0xffff_ffffL;

    private MibValues() {}

    /** SnmpAdminString: UTF-8, cut between characters. */
    static Variable text(String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            int end = MOST_BYTES;
            while ((bytes[end] & 0xc0) == 0x80) {
                end--;
            }
            bytes = Arrays.copyOf(bytes, end);
        }
        return new OctetString(bytes);
    }

    /** TruthValue. */
    static Variable truth(boolean value) {
        return new Integer32(value ? 1 : 2);
    }

    /** An enumeration that counts from 1 in the order of ours; a test compares the words. */
    static Variable word(Enum<?> value) {
        return new Integer32(value.ordinal() + 1);
    }

    static Variable integer(long value) {
        return new Integer32((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value)));
    }

    /** -1 for what is not known. */
    static Variable orMinusOne(Long value) {
        return integer(value == null ? -1 : value);
    }

    static Variable unsigned(long value) {
        return new UnsignedInteger32(clipped(value));
    }

    static Variable gauge(long value) {
        return new Gauge32(clipped(value));
    }

    /** Goes round. */
    static Variable counter(long value) {
        return new Counter32(value & MAX_32);
    }

    static Variable counter64(long value) {
        return new Counter64(Math.max(0, value));
    }

    /** DateAndTime in UTC; eight octets of zero for never. */
    static Variable time(Instant at) {
        if (at == null) {
            return new OctetString(new byte[8]);
        }
        final OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
        return new OctetString(new byte[] {
            (byte) (utc.getYear() >> 8),
            (byte) utc.getYear(),
            (byte) utc.getMonthValue(),
            (byte) utc.getDayOfMonth(),
            (byte) utc.getHour(),
            (byte) utc.getMinute(),
            (byte) utc.getSecond(),
            (byte) (utc.getNano() / 100_000_000),
            '+',
            0,
            0
        });
    }

    static Variable mode(String mode) {
        return new Integer32(
                mode == null
                        ? 0
                        : switch (mode) {
                            case "none" -> 1;
                            case "held" -> 2;
                            case "manual" -> 3;
                            case "auto" -> 4;
                            default -> throw new IllegalStateException("no mode of the MIB: " + mode);
                        });
    }

    static Variable position(String position) {
        return new Integer32(
                switch (position) {
                    case "A" -> 1;
                    case "B" -> 2;
                    case "offline" -> 3;
                    case "mixed" -> 4;
                    case "absent" -> 5;
                    case "unknown" -> 6;
                    default -> 7;
                });
    }

    private static long clipped(long value) {
        return Math.max(0, Math.min(MAX_32, value));
    }
}
