package org.tandemgw.gateway.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.time.Clock;

/**
 * Programs that a run of Tandem began and did not see the end of, for it was killed: found again by a mark in their environment.
 * Only the program itself counts, not what it left running on purpose: that leads no session, or has another process number than {@link #ITSELF} says. So a
 * program that became another one ({@code exec}) counts as well. Where that is not in its environment (no shell here), its command line tells.
 */
final class LeftBehind {
    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);
    private static final Path PROC = Path.of("/proc");
    private static final long LOOK_MS = 20;

    /** In the environment of a program: its own process number. */
    static final String ITSELF = "TANDEM_STEP_PID";

    private LeftBehind() {}

    /** Likewise: how long it may take, in milliseconds. */
    static final String LIMIT = "TANDEM_STEP_LIMIT_MS";

    /** Those of these programs that run with this mark, {@code NAME=value}. */
    static List<ProcessHandle> find(String mark, Set<String> programs) {
        final List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (final Path each : processes) {
                final long pid = Long.parseLong(each.getFileName().toString());
                if (ProcessSession.leads(pid)
                        && words(each, "environ").contains(mark)
                        && isItself(each, pid, programs)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            LOG.warn("whether programs of an earlier run are left cannot be seen: {}", e.toString());
        }
        return found;
    }

    private static boolean isItself(Path process, long pid, Set<String> programs) {
        return words(process, "environ").stream()
                .filter(each -> each.startsWith(ITSELF + "="))
                .findFirst()
                .map(each -> each.equals(ITSELF + "=" + pid))
                .orElseGet(() -> words(process, "cmdline").stream().anyMatch(programs::contains));
    }

    private static List<String> words(Path process, String file) {
        try {
            final byte[] all = Files.readAllBytes(process.resolve(file));
            return List.of(new String(all, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return List.of(); // has gone, or is another user's
        }
    }

    /**
     * Waits until they have ended. Whoever has not within the limit that it was begun with is killed; that runs from when it was begun,
     * however often Tandem was killed since.
     *
     * @param longestMs what none of them may exceed, whatever it was begun with
     */
    static void outlive(List<ProcessHandle> all, long longestMs, Clock clock) {
        LOG.warn(
                "waiting for {} that an earlier run began",
                all.stream().map(ProcessHandle::pid).toList());
        final long foundNs = clock.nanoTime();
        final Map<ProcessHandle, Long> leftMs = new HashMap<>();
        all.forEach(each -> leftMs.put(each, limitMs(each, longestMs) - ProcessSession.ageMs(each.pid())));
        try {
            while (!leftMs.isEmpty()) {
                final long waitedMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - foundNs);
                leftMs.keySet().removeIf(each -> !each.isAlive());
                leftMs.forEach((each, ms) -> killAfter(each, ms, waitedMs));
                leftMs.values().removeIf(ms -> ms <= waitedMs);
                TimeUnit.MILLISECONDS.sleep(leftMs.isEmpty() ? 0 : LOOK_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Tandem stops; the next start finds them again
        }
    }

    private static void killAfter(ProcessHandle process, long limitMs, long waitedMs) {
        if (limitMs <= waitedMs) {
            LOG.warn("{} that an earlier run began is not over at its limit, killed", process.pid());
            ProcessSession.kill(process);
        }
    }

    private static long limitMs(ProcessHandle process, long longestMs) {
        final String name = LIMIT + "=";
        for (final String each : words(PROC.resolve(Long.toString(process.pid())), "environ")) {
            if (each.matches(name + "\\d{1,15}")) {
                return Math.min(longestMs, Long.parseLong(each.substring(name.length())));
            }
        }
        return longestMs;
    }
}
