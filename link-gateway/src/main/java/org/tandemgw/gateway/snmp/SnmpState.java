package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the agent must know of its last run: who it is, how often it was started, the next number for each manager. {@code data/snmp.state}, of a fixed size and
 * written in place, so that it works on a full disk; two slots, written in turn, each with a checksum. A start is durable before anybody is answered; numbers
 * survive the end of the process.
 */
final class SnmpState {
    private static final Logger LOG = LoggerFactory.getLogger(SnmpState.class);
    private static final int SLOT = 8_192;
    /** As RFC 3411 has it: the first bit, the number of an enterprise, 5 for octets of one's own. */
    private static final int OWN_OCTETS = 5;

    private final Path file;
    private final Map<String, Long> next = new LinkedHashMap<>();
    private byte[] engineId;
    private int boots;
    private long serial;
    private boolean failing;

    /** Takes up where the last run ended, or begins as a new engine; counts this start. */
    SnmpState(Path data, int enterprise, Random random) {
        file = data.resolve("snmp.state");
        read();
        if (engineId == null) {
            final byte[] own = new byte[8];
            random.nextBytes(own);
            engineId = ByteBuffer.allocate(5 + own.length)
                    .putInt(enterprise | 0x8000_0000)
                    .put((byte) OWN_OCTETS)
                    .put(own)
                    .array();
        }
        boots = boots == Integer.MAX_VALUE ? boots : boots + 1;
        write(true);
        write(true);
    }

    byte[] engineId() {
        return engineId.clone();
    }

    int boots() {
        return boots;
    }

    /** The number that the next notification to this manager has. */
    long next(String manager) {
        return next.getOrDefault(manager, 1L);
    }

    /** Kept before it is sent: after a kill no number is given twice. */
    void setNext(String manager, long number) {
        next.put(manager, number);
        write(false);
    }

    /** Only those that the file of today names are kept. */
    void retain(java.util.Set<String> managers) {
        next.keySet().retainAll(managers);
    }

    private void read() {
        try {
            final byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            String newest = null;
            for (int from = 0; from + SLOT <= bytes.length; from += SLOT) {
                final ByteBuffer slot = ByteBuffer.wrap(bytes, from, SLOT).slice();
                final int crc = slot.getInt();
                final long number = slot.getLong();
                final int length = slot.getInt();
                if (length >= 0
                        && length <= slot.remaining()
                        && crc == crc(slot.array(), from + 4, 12 + length)
                        && number > serial) {
                    serial = number;
                    newest = new String(bytes, from + 16, length, StandardCharsets.UTF_8);
                }
            }
            if (newest != null) {
                newest.lines().forEach(this::take);
            } else if (bytes.length > 0) {
                LOG.warn(
                        "{} is damaged: the SNMP agent begins as a new engine; managers that know the old one must be told",
                        file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read ({}): the SNMP agent begins as a new engine", file, e.toString());
        }
    }

    private void take(String line) {
        final String[] words = line.split(" ");
        switch (words[0]) {
            case "engine" -> engineId = HexFormat.of().parseHex(words[1]);
            case "boots" -> boots = Integer.parseInt(words[1]);
            default -> next.put(words[1], Long.parseLong(words[2]));
        }
    }

    private void write(boolean durable) {
        final StringBuilder text = new StringBuilder();
        text.append("engine ").append(HexFormat.of().formatHex(engineId)).append('\n');
        text.append("boots ").append(boots).append('\n');
        next.forEach((manager, number) ->
                text.append("next ").append(manager).append(' ').append(number).append('\n'));
        final byte[] payload = text.toString().getBytes(StandardCharsets.UTF_8);
        if (payload.length > SLOT - 16) {
            throw new IllegalStateException("more managers than the file has room for: " + next.size());
        }
        serial++;
        final ByteBuffer slot = ByteBuffer.allocate(SLOT)
                .putInt(0)
                .putLong(serial)
                .putInt(payload.length)
                .put(payload);
        slot.putInt(0, crc(slot.array(), 4, 12 + payload.length)).rewind();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            final long at = serial % 2 * SLOT;
            while (slot.hasRemaining()) {
                channel.write(slot, at + slot.position());
            }
            if (durable) {
                channel.force(true);
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "{} cannot be written ({}): after the next start managers may refuse what it sends",
                        file,
                        e.toString());
            }
            failing = true;
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        final CRC32C crc = new CRC32C();
        crc.update(Arrays.copyOfRange(bytes, from, from + length));
        return (int) crc.getValue();
    }
}
