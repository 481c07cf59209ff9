package org.tandemgw.gateway.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.gateway.space.SpaceFacts.Before;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Holder;
import org.tandemgw.gateway.space.SpaceFacts.Journal;
import org.tandemgw.gateway.space.SpaceFacts.Use;
import org.tandemgw.gateway.status.DiskState;

/** Facts as a story tells them: min-free is 1,000 MiB, a file has 100 records and takes 100 MiB, retention is a day. */
final class SpaceStory {
    static final long MIB = 1 << 20;
    static final long SECOND_NS = 1_000_000_000L;
    static final long MINUTE_NS = 60 * SECOND_NS;
    static final long NOW_NS = 1_795_251_600L * SECOND_NS;

    private final List<Journal> journals = new ArrayList<>();
    private boolean clockTrusted = true;
    private boolean noRoom;
    private long soonMiB;
    private long freeMiB = 5_000;
    private String active;
    private Before before = Before.NOTHING;

    SpaceStory free(long mib) {
        freeMiB = mib;
        return this;
    }

    /** So much may go within the next looks. */
    SpaceStory soon(long mib) {
        soonMiB = mib;
        return this;
    }

    SpaceStory suspectClock() {
        clockTrusted = false;
        return this;
    }

    SpaceStory noRoom() {
        noRoom = true;
        return this;
    }

    SpaceStory active(String server) {
        active = server;
        return this;
    }

    SpaceStory before(DiskState state) {
        before = new Before(state, false, false, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        return this;
    }

    SpaceStory before(Before value) {
        before = value;
        return this;
    }

    SpaceStory journal(String acd, List<File> files, Holder... holders) {
        journals.add(new Journal(acd, 1, true, files, List.of(holders)));
        return this;
    }

    SpaceStory unread(String acd, int generation, List<File> files) {
        journals.add(new Journal(acd, generation, false, files, List.of()));
        return this;
    }

    SpaceDecision decide() {
        return SpacePlan.decide(new SpaceFacts(
                NOW_NS,
                clockTrusted,
                freeMiB * MIB,
                soonMiB * MIB,
                noRoom,
                1_000 * MIB,
                24 * 60 * MINUTE_NS,
                active,
                journals,
                before));
    }

    /** Deletions as words: {@code acd1 1-100 BOTH_HAVE_IT}. */
    static String deletions(SpaceDecision decision) {
        return decision.deletions().stream()
                .map(each -> each.acd() + " " + each.file().first() + "-"
                        + each.file().last() + " " + each.why() + lost(each))
                .collect(Collectors.joining(", "));
    }

    private static String lost(Deletion deletion) {
        return deletion.lost().stream()
                .map(lost -> " [" + lost.server() + " " + lost.from() + "-" + lost.to() + "]")
                .collect(Collectors.joining());
    }

    /** Files of ten minutes, the first one beginning so long ago; the last one is being appended to. */
    static List<File> files(int count, long firstMinutesAgo) {
        final List<File> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final long fromNs = NOW_NS - firstMinutesAgo * MINUTE_NS + i * 10 * MINUTE_NS;
            files.add(new File(
                    i,
                    1 + i * 100,
                    100 + i * 100,
                    fromNs,
                    Math.min(NOW_NS, fromNs + 10 * MINUTE_NS - SECOND_NS),
                    100 * MIB,
                    i < count - 1 ? Use.FINISHED : Use.APPENDED_TO));
        }
        return files;
    }

    static Holder here(String server, long hold) {
        return new Holder(server, hold, true);
    }

    static Holder away(String server, long hold) {
        return new Holder(server, hold, false);
    }
}
