package org.tandemgw.gateway.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** All processes that one program has started. */
final class ProcessSession {
    /** While we look, they may start more; whoever is faster than this has earned it. */
    private static final int ROUNDS = 20;

    private static final Path PROC = Path.of("/proc");
    private static final int FIELD_OF_SESSION = 3; // behind the name: state, parent, group, session
    private static final int FIELD_OF_START = 19;
    private static final long MS_PER_TICK = 10; // USER_HZ is 100 wherever a JVM runs
    private static final double MS_PER_S = 1_000;

    private ProcessSession() {}

    /** Kills the leader of a session and everybody in it, and its descendants, until there is nobody left. */
    static void kill(ProcessHandle leader) {
        for (int round = 0; round < ROUNDS; round++) {
            final Set<ProcessHandle> all = new LinkedHashSet<>();
            all.add(leader);
            leader.descendants().forEach(all::add);
            members(leader.pid(), all);
            all.removeIf(each -> each.pid() == ProcessHandle.current().pid());
            if (all.stream().filter(ProcessHandle::destroyForcibly).count() == 0) {
                return;
            }
        }
    }

    /** Whether it is the first of a session, and alive. */
    static boolean leads(long pid) {
        return sessionOf(PROC.resolve(Long.toString(pid))) == pid;
    }

    private static void members(long session, Set<ProcessHandle> into) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (final Path each : processes) {
                if (sessionOf(each) == session) {
                    ProcessHandle.of(Long.parseLong(each.getFileName().toString()))
                            .ifPresent(into::add);
                }
            }
        } catch (IOException e) {
            // No /proc here: the descendants are all that can be found.
        }
    }

    /** How long ago it began, on no clock that anybody sets; 0: it cannot be seen. */
    static long ageMs(long pid) {
        try {
            final String uptime = new String(Files.readAllBytes(PROC.resolve("uptime")), StandardCharsets.ISO_8859_1);
            final long upMs = (long) (Double.parseDouble(uptime.split(" ")[0]) * MS_PER_S);
            final long begunMs = Long.parseLong(stat(PROC.resolve(Long.toString(pid)))[FIELD_OF_START]) * MS_PER_TICK;
            return Math.max(0, upMs - begunMs);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /** -1 for one that has gone meanwhile or is dead already. */
    private static long sessionOf(Path process) {
        try {
            final String[] fields = stat(process);
            return fields[0].equals("Z") ? -1 : Long.parseLong(fields[FIELD_OF_SESSION]);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    /** What stands behind the name. */
    private static String[] stat(Path process) throws IOException {
        final String stat = new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
