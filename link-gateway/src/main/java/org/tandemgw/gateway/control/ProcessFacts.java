package org.tandemgw.gateway.control;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the Java of the running appliance says of itself. Of its options only those that can hold no secret.
 *
 * @param deadlocked names of threads that wait for each other for ever
 */
public record ProcessFacts(
        long pid,
        String java,
        String vm,
        List<String> options,
        long upMs,
        int processors,
        long heapUsedBytes,
        long heapMaxBytes,
        int threads,
        int mostThreads,
        List<String> deadlocked,
        List<Pool> memory,
        List<Collector> collectors) {
    private static final Pattern HARMLESS =
            Pattern.compile("-X[^/@]*|--add-(?:opens|exports)[= ].*|-D(?:chronicle|jdk|tandem|io\\.netty)\\.[^/@]*");

    /** A part of the memory. */
    public record Pool(String name, long usedBytes, long maxBytes) {}

    /** A collector of garbage. */
    public record Collector(String name, long count, long ms) {}

    static ProcessFacts now() {
        final var runtime = ManagementFactory.getRuntimeMXBean();
        final var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        final var threads = ManagementFactory.getThreadMXBean();
        final long[] stuck = threads.findDeadlockedThreads();
        final List<String> deadlocked = stuck == null
                ? List.of()
                : Arrays.stream(threads.getThreadInfo(stuck))
                        .map(thread -> thread.getThreadName() + " waits for " + thread.getLockOwnerName())
                        .toList();
        final List<Pool> pools = new ArrayList<>();
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            pools.add(new Pool(
                    pool.getName(), pool.getUsage().getUsed(), pool.getUsage().getMax()));
        }
        for (final BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            pools.add(new Pool("buffers " + pool.getName(), pool.getMemoryUsed(), pool.getTotalCapacity()));
        }
        return new ProcessFacts(
                runtime.getPid(),
                System.getProperty("java.runtime.version"),
                runtime.getVmVendor() + " " + runtime.getVmName(),
                runtime.getInputArguments().stream()
                        .filter(option -> HARMLESS.matcher(option).matches())
                        .toList(),
                runtime.getUptime(),
                Runtime.getRuntime().availableProcessors(),
                heap.getUsed(),
                heap.getMax(),
                threads.getThreadCount(),
                threads.getPeakThreadCount(),
                deadlocked,
                List.copyOf(pools),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(gc -> new Collector(gc.getName(), gc.getCollectionCount(), gc.getCollectionTime()))
                        .toList());
    }
}
