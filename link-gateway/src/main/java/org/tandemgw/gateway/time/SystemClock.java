package org.tandemgw.gateway.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The clocks of this machine. Any thread. */
public final class SystemClock implements Clock {
    private static final Path UPTIME = Path.of("/proc/uptime");

    private long bootedNs;
    private long bootedReadNs = System.nanoTime();

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long utcNs() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** To ten milliseconds. Where the system does not tell, it is carried on by the monotonic clock. */
    @Override
    public synchronized long bootedNs() {
        final long nowNs = System.nanoTime();
        try {
            final String text = Files.readString(UPTIME);
            bootedNs = (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1e9);
        } catch (IOException | RuntimeException e) {
            bootedNs += nowNs - bootedReadNs;
        }
        bootedReadNs = nowNs;
        return bootedNs;
    }

    @Override
    public String bootId() {
        return BootId.present();
    }
}
