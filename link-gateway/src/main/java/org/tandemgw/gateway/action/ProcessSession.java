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

    /** -1 for one that has gone meanwhile or is dead already. */
    private static long sessionOf(Path process) {
        try {
            final String stat = new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
            final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? -1 : Long.parseLong(fields[FIELD_OF_SESSION]);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }
}
