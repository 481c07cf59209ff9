package org.tandemgw.gateway.outage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a program made which file durable, and which it renamed: read from a trace of its system calls. Times are
 * microseconds since 1970. A call begins no earlier, and has ended no later, than its entry here says.
 */
final class SyncLog {
    private static final String CALLS = "fsync,fdatasync,rename,renameat,renameat2";
    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\d+)\\.(\\d{6}) (.*)");
    private static final Pattern ENDED = Pattern.compile("= (-?\\d+).* <(\\d+)\\.(\\d{6})>$");
    private static final Pattern SYNC = Pattern.compile("f(?:data)?sync\\(\\d+<([^>]*)>");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final List<Sync> syncs = new ArrayList<>();
    private final List<Rename> renames = new ArrayList<>();

    /** A sync that has returned well. */
    record Sync(String file, long beganUs, long endedUs) {}

    /** A rename that has returned well. */
    record Rename(String from, String to, long beganUs) {}

    /** What to put in front of a command whose syncs are to be logged. */
    static List<String> starter(Path log) {
        return List.of(
                "strace",
                "-f",
                "-qq",
                "-y",
                "-ttt",
                "-T",
                "--seccomp-bpf",
                "-e",
                "signal=none",
                "-e",
                "trace=" + CALLS,
                "-o",
                log.toString());
    }

    static SyncLog read(Path log) throws IOException {
        final SyncLog read = new SyncLog();
        final Map<String, String> open = new HashMap<>();
        final Map<String, Long> openUs = new HashMap<>();
        for (final String line : Files.readAllLines(log)) {
            final Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            final String thread = matcher.group(1);
            final long atUs = Long.parseLong(matcher.group(2)) * 1_000_000 + Long.parseLong(matcher.group(3));
            final String call = matcher.group(4);
            if (call.endsWith("<unfinished ...>")) {
                open.put(thread, call);
                openUs.put(thread, atUs);
            } else if (call.startsWith("<... ")) {
                if (open.containsKey(thread)) {
                    read.ended(open.remove(thread), openUs.remove(thread), call, atUs);
                }
            } else {
                read.ended(call, atUs, call, atUs);
            }
        }
        return read;
    }

    private void ended(String call, long beganUs, String end, long endLineUs) {
        final Matcher result = ENDED.matcher(end);
        if (!result.find() || !result.group(1).equals("0")) {
            return;
        }
        // The line of a call that ended has the time of its begin, or, if it was interrupted, that of its end.
        final long lastedUs = Long.parseLong(result.group(2)) * 1_000_000 + Long.parseLong(result.group(3));
        final long endedUs = Math.max(beganUs + lastedUs, endLineUs);
        final Matcher sync = SYNC.matcher(call);
        if (sync.lookingAt()) {
            syncs.add(new Sync(sync.group(1), beganUs, endedUs));
        } else if (call.startsWith("rename")) {
            final Matcher names = QUOTED.matcher(call);
            final String from = names.find() ? names.group(1) : "";
            renames.add(new Rename(from, names.find() ? names.group(1) : "", beganUs));
        }
    }

    List<Sync> syncs() {
        return syncs;
    }

    /** What a file of this name at one time was called at a later time. */
    String nameAt(String name, long fromUs, long toUs) {
        String now = name;
        for (final Rename rename : renames) {
            if (rename.beganUs >= fromUs && rename.beganUs <= toUs && rename.from.equals(now)) {
                now = rename.to;
            }
        }
        return now;
    }
}
