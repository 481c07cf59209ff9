package org.tandemgw.gateway.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which boot of the machine this is: as long as it is the same, what a killed process wrote is still in the page cache. */
public final class BootId {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** What the kernel says; empty if it does not say, which is never the same boot as any other. */
    public static String present() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
