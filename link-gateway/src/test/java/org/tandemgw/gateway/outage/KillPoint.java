package org.tandemgw.gateway.outage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a program that can be named from outside: a system call on one of some files. The kernel kills the program
 * when one of its threads makes that call for the n-th time, before the call does anything; so the program needs no hook
 * for it, and what is tested is what is shipped.
 *
 * @param name what the program is doing there
 * @param calls names of system calls
 * @param files absolute paths; they need not exist yet
 * @param atMost the largest n that is worth trying
 */
public record KillPoint(String name, List<String> calls, List<Path> files, int atMost) {

    /**
     * What to put in front of the command that is to be killed at the {@code nth} such call of one thread. Slows the
     * program down: all its calls stop for a moment. (The faster way of tracing, by a filter in the kernel, cannot send
     * signals.)
     */
    public List<String> starter(int nth) {
        final String named = String.join(",", calls);
        final List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null"));
        for (final Path file : files) {
            command.addAll(List.of("-P", file.toString()));
        }
        command.addAll(List.of("-e", "trace=" + named, "-e", "inject=" + named + ":signal=SIGKILL:when=" + nth));
        return command;
    }
}
