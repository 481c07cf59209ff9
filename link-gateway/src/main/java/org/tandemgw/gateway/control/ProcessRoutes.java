package org.tandemgw.gateway.control;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The part of the table of paths that is about the process itself, for whoever has to find out what is wrong with it. Runs on the operator thread. */
final class ProcessRoutes {
    private static final int MOST_THREADS = 2_000;
    private static final int MOST_FRAMES = 60;

    /**
     * What a thread does at this moment.
     *
     * @param waitsFor the lock, and who has it; null if for none
     * @param cpuMs what it has used so far; -1 if nobody counts
     */
    public record ThreadNow(String name, String state, String waitsFor, long cpuMs, List<String> stack) {}

    private ProcessRoutes() {}

    static List<ControlApi.Route> all() {
        return List.of(
                ControlApi.get("/v1/process", path -> ProcessFacts.now()),
                ControlApi.get("/v1/threads", path -> threads()),
                ControlApi.get("/v1/log", path -> LogTail.lines()));
    }

    private static List<ThreadNow> threads() {
        final var threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.dumpAllThreads(false, false))
                .sorted(Comparator.comparing(ThreadInfo::getThreadName))
                .limit(MOST_THREADS)
                .map(thread -> new ThreadNow(
                        thread.getThreadName(),
                        thread.getThreadState().toString(),
                        thread.getLockName() == null
                                ? null
                                : thread.getLockName()
                                        + (thread.getLockOwnerName() == null ? "" : " of " + thread.getLockOwnerName()),
                        threads.isThreadCpuTimeEnabled()
                                ? threads.getThreadCpuTime(thread.getThreadId()) / 1_000_000
                                : -1,
                        Arrays.stream(thread.getStackTrace())
                                .limit(MOST_FRAMES)
                                .map(StackTraceElement::toString)
                                .toList()))
                .toList();
    }
}
