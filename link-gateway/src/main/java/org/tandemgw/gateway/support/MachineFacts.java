package org.tandemgw.gateway.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel says of the machine and of the process: from files that hold no secret. Neither environments nor command lines are read, because
 * people put passwords there.
 */
public final class MachineFacts {
    private static final int MOST_OF_A_FILE = 8_192;
    private static final List<String> KERNEL = List.of(
            "/etc/os-release",
            "/proc/version",
            "/proc/uptime",
            "/proc/loadavg",
            "/proc/meminfo",
            "/proc/pressure/cpu",
            "/proc/pressure/io",
            "/proc/pressure/memory",
            "/proc/stat",
            "/proc/vmstat",
            "/proc/net/sockstat",
            "/proc/net/snmp",
            "/proc/net/dev",
            "/proc/net/route",
            "/proc/diskstats",
            "/proc/sys/fs/file-nr",
            "/proc/sys/vm/dirty_ratio",
            "/proc/sys/vm/dirty_background_ratio",
            "/proc/sys/vm/overcommit_memory",
            "/proc/sys/net/ipv4/ping_group_range",
            "/proc/sys/net/ipv4/tcp_retries2",
            "/proc/sys/net/ipv4/tcp_keepalive_time",
            "/sys/devices/system/clocksource/clocksource0/current_clocksource",
            "/sys/devices/virtual/dmi/id/sys_vendor",
            "/sys/devices/virtual/dmi/id/product_name");
    private static final List<String> OF_A_PROCESS =
            List.of("status", "limits", "io", "schedstat", "cgroup", "oom_score");

    private final List<String> lines = new ArrayList<>();

    private MachineFacts() {}

    /**
     * What there is.
     *
     * @param data the data folder
     * @param pid the running appliance; 0 if there is none
     */
    public static List<String> of(Path data, long pid) {
        final MachineFacts facts = new MachineFacts();
        facts.head("time");
        facts.lines.add(Instant.now().toString());
        facts.head("disk of " + data);
        facts.disk(data);
        facts.head("addresses");
        facts.addresses();
        KERNEL.forEach(file -> facts.file(Path.of(file)));
        facts.processors();
        if (pid > 0) {
            final Path process = Path.of("/proc", Long.toString(pid));
            OF_A_PROCESS.forEach(name -> facts.file(process.resolve(name)));
            facts.head("open files of process " + pid);
            facts.openFiles(process.resolve("fd"));
        }
        return facts.lines;
    }

    private void head(String what) {
        lines.add("");
        lines.add("== " + what);
    }

    private void file(Path file) {
        head(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            final String text = new String(in.readNBytes(MOST_OF_A_FILE), StandardCharsets.UTF_8);
            text.lines().limit(120).forEach(lines::add);
        } catch (IOException e) {
            lines.add("(cannot be read)");
        }
    }

    private void disk(Path data) {
        try {
            final FileStore store = Files.getFileStore(data);
            lines.add(store.name() + " " + store.type() + ", total " + store.getTotalSpace() + ", free "
                    + store.getUnallocatedSpace() + ", usable " + store.getUsableSpace() + " bytes"
                    + (store.isReadOnly() ? ", read-only" : ""));
        } catch (IOException e) {
            lines.add("(cannot be asked)");
        }
    }

    private void addresses() {
        try {
            for (final NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                lines.add(each.getName() + (each.isUp() ? " up" : " down") + " mtu " + each.getMTU() + " "
                        + each.getInterfaceAddresses().stream()
                                .map(MachineFacts::shown)
                                .toList());
            }
        } catch (IOException e) {
            lines.add("(cannot be asked)");
        }
    }

    private static String shown(InterfaceAddress each) {
        final InetAddress address = each.getAddress();
        return address.getHostAddress() + "/" + each.getNetworkPrefixLength();
    }

    private void processors() {
        head("/proc/cpuinfo");
        try (Stream<String> all = Files.lines(Path.of("/proc/cpuinfo"))) {
            final List<String> models =
                    all.filter(line -> line.startsWith("model name")).toList();
            lines.add(
                    models.size() + " processors, " + models.stream().distinct().toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("(cannot be read)");
        }
    }

    private void openFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            final List<String> kinds = files.map(MachineFacts::kind).toList();
            lines.add(kinds.size() + " in all");
            kinds.stream()
                    .distinct()
                    .sorted()
                    .limit(200)
                    .forEach(kind -> lines.add(Collections.frequency(kinds, kind) + " " + kind));
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("(cannot be read: be the user that Tandem runs as)");
        }
    }

    private static String kind(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll(":\\[\\d+]$", "");
        } catch (IOException e) {
            return "(closed)";
        }
    }
}
