package org.tandemgw.gateway.controlfile;

import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.journal.JournalStart;
import org.tandemgw.gateway.journal.JournalSurvey;
import org.tandemgw.gateway.journal.JournalSync;

/**
 * How one journal goes on at a start. Pure: what the control file says, what the disk has and which boot this is go in; an order
 * for the journal and what is to be told come out. docs/adr/0009-control-file-and-starts.md has the reasons.
 *
 * @param kind what is done
 * @param generation the generation to open
 * @param last go on behind this sequence
 * @param nextFile what the disk has behind {@code last} is put out of the way, and a new roll file begun
 * @param synced what is known to survive a power loss; -1 if unknown
 * @param why what was found; empty if nothing needs to be told
 * @param before the generation that a new one takes over from, and how it ended; empty for the others
 * @param damaged records among those that count which cannot be read
 * @param missed what each server has of the generation before a new one, and what it will not get; empty for the others
 */
public record StartDecision(
        Kind kind,
        int generation,
        long last,
        boolean nextFile,
        long synced,
        String why,
        String before,
        long damaged,
        String missed) {
    /** What a start can do. */
    public enum Kind {
        /** Everything that is there counts. */
        RESUME,
        /** A power cut tore the end, which nobody has seen: its sequences are used again. */
        CUT_TAIL,
        /** The history may differ from what servers were shown: a new one begins, under a new session name. */
        NEW_GENERATION
    }

    /** A disk that takes longer than this is given up by most kernels. */
    private static final long LONGEST_SYNC_NS = TimeUnit.SECONDS.toNanos(30);

    private static final String GROUP = ControlState.word(JournalSync.GROUP);

    /**
     * Decides.
     *
     * @param control what reading the control file found
     * @param known what it says of this ACD; null if nothing
     * @param boot the present boot; empty if unknown
     * @param disk the journal as it lies there
     */
    public static StartDecision of(
            ControlFile.Condition control, ControlState.Acd known, String boot, JournalSurvey disk) {
        if (known == null) {
            return unknown(control, disk);
        }
        if (disk.generation() > known.generation()) {
            return disk.restored() || disk.unreadable() != null ? resumeUnknown(disk) : tellAgain(disk);
        }
        if (disk.generation() < known.generation()) {
            return known.proved() == 0 && known.appended() == 0
                    ? resume(known.generation(), 0, false, 0, 0)
                    : begin(known, disk, "generation " + known.generation() + " is not on the disk any more");
        }
        final boolean sameBoot = !boot.isEmpty() && boot.equals(known.run().boot());
        if (disk.end() < known.proved()) {
            return begin(
                    known,
                    disk,
                    "the journal ends with record " + disk.end() + ", but records up to " + known.proved()
                            + " were durable or sent: the disk has lost them, or an older copy was put back");
        }
        return sameBoot ? afterKill(known, disk) : afterPowerLoss(known, disk);
    }

    private static StartDecision unknown(ControlFile.Condition control, JournalSurvey disk) {
        if (!disk.hasContent()) {
            return disk.generation() > 1 ? tellAgain(disk) : resume(1, 0, true, -1, 0);
        }
        if (disk.restored()) {
            return resumeUnknown(disk); // on a new machine; the name of its session is new to every server
        }
        final String why =
                switch (control) {
                    case ABSENT ->
                        "there is no control file or nothing in it, so it is not known what servers have seen of it";
                    case DAMAGED -> "the control file cannot be read, so it is not known what servers have seen of it";
                    case SOUND -> "the control file does not know this journal";
                };
        return begin(0, disk, why);
    }

    /** A generation that the control file has not seen yet: somebody made it whole, or a start that made it was cut off. */
    private static StartDecision resumeUnknown(JournalSurvey disk) {
        if (disk.unreadable() != null) {
            return begin(0, disk, "nothing can be read in " + disk.unreadable());
        }
        return resume(disk.generation(), disk.lastSound(), true, -1, 0);
    }

    /** A start had begun this generation and ended before the control file knew of it: nobody has been told. */
    private static StartDecision tellAgain(JournalSurvey disk) {
        return new StartDecision(
                Kind.NEW_GENERATION,
                disk.generation(),
                disk.lastSound(),
                true,
                -1,
                "the start that began it did not come to its end",
                "what was before is not continued",
                0,
                "");
    }

    /** The page cache is whole: everything appended is there, and whatever cannot be read has rotted. */
    private static StartDecision afterKill(ControlState.Acd known, JournalSurvey disk) {
        if (disk.unreadable() != null) {
            return begin(known, disk, "nothing can be read in " + disk.unreadable());
        }
        if (disk.end() < known.appended()) {
            return begin(
                    known,
                    disk,
                    "the journal ends with record " + disk.end() + ", but records up to " + known.appended()
                            + " were written since the machine was booted");
        }
        return resume(known.generation(), disk.end(), disk.lastSound() < disk.end(), known.synced(), disk.bad());
    }

    private static StartDecision afterPowerLoss(ControlState.Acd known, JournalSurvey disk) {
        if (known.run().clean() && disk.firstBad() == 0 && disk.unreadable() == null) {
            return resume(known.generation(), disk.end(), false, known.synced(), 0);
        }
        if (!GROUP.equals(known.run().sync()) && !known.run().clean()) {
            return disk.hasContent() || known.appended() > 0
                    ? begin(
                            known,
                            disk,
                            "the machine has been booted again without a clean end of Tandem, and with sync: none"
                                    + " servers may have seen what the disk does not have")
                    : resume(known.generation(), 0, false, 0, 0);
        }
        final long bad = disk.firstBad() > 0 ? disk.firstBad() : disk.unreadable() != null ? disk.end() + 1 : 0;
        if (bad == 0) {
            // A hole may hide what the power cut left behind it: it must never come back.
            return resume(known.generation(), disk.end(), true, known.synced(), 0);
        }
        final String notTorn = notTorn(known, disk, bad);
        if (notTorn != null) {
            return begin(
                    known,
                    disk,
                    "record " + bad + " cannot be read, but " + notTorn
                            + ": no power loss does that, so an older copy was put back over it, or the disk has lost"
                            + " records that servers may have; records from " + bad
                            + " on may be others than they got");
        }
        return new StartDecision(
                Kind.CUT_TAIL,
                known.generation(),
                bad - 1,
                true,
                known.synced(),
                "record " + bad + " was torn by a power loss"
                        + (disk.end() > bad ? ", and what follows up to " + disk.end() : ", and")
                        + " was not known to be synced: its sequences are used again from " + bad + " on",
                "",
                0,
                "");
    }

    /**
     * Why what cannot be read from {@code bad} on was whole once; null if a power loss can have torn it: then it came in the
     * time of one sync and of one write of the control file, and begins behind what was synced.
     */
    private static String notTorn(ControlState.Acd known, JournalSurvey disk, long bad) {
        if (disk.tail().sealedBehind() != null) {
            return disk.tail().sealedBehind() + ", which came later, had been finished";
        }
        if (known.run().clean()) {
            return "the last run known ended in order with record " + known.synced();
        }
        if (bad == known.synced() + 1 && disk.tail().reachesBefore()) {
            return "neither can record " + known.synced() + ", which was synced";
        }
        return disk.tail().spanNs() > LONGEST_SYNC_NS
                ? "what can be read behind record " + known.synced() + " came in "
                        + TimeUnit.NANOSECONDS.toSeconds(disk.tail().spanNs())
                        + " s, and so much is never unsynced"
                : null;
    }

    private static StartDecision resume(int generation, long last, boolean nextFile, long synced, long damaged) {
        return new StartDecision(Kind.RESUME, generation, last, nextFile, synced, "", "", damaged, "");
    }

    private static StartDecision begin(ControlState.Acd known, JournalSurvey disk, String why) {
        return begin(known.generation(), disk, why, MissedRecords.text(known, disk));
    }

    private static StartDecision begin(int knownGeneration, JournalSurvey disk, String why) {
        return begin(knownGeneration, disk, why, "");
    }

    private static StartDecision begin(int knownGeneration, JournalSurvey disk, String why, String missed) {
        final String before = disk.generation() == 0
                ? "nothing of the one before is left"
                : "generation " + disk.generation() + " ended with record " + disk.end();
        final int next = Math.max(knownGeneration, disk.generation()) + 1;
        return new StartDecision(Kind.NEW_GENERATION, next, 0, false, 0, why, before, 0, missed);
    }

    /** The first sequence that has to be looked at for {@link #of}; 0: a look at the end is enough. */
    public static long lookFrom(ControlState.Acd known) {
        return known != null && (known.run().clean() || GROUP.equals(known.run().sync())) ? known.synced() + 1 : 0;
    }

    /** What the journal is to do. */
    public JournalStart order(long nowNs) {
        return new JournalStart(generation, last, nextFile, synced, mark(), nowNs);
    }

    /** What servers read of it in the stream; null if there is nothing to be told, or it stands there already. */
    public String mark() {
        return switch (kind) {
            case RESUME -> null;
            case CUT_TAIL -> why;
            case NEW_GENERATION ->
                last > 0 ? null : "generation " + generation + " begins, " + before + ": " + why + missed;
        };
    }

    /** What operators must be told; null if nothing. */
    public String alarm(String acd) {
        return switch (kind) {
            case RESUME ->
                damaged == 0
                        ? null
                        : damaged + (damaged == 1 ? " record" : " records")
                                + " near the end cannot be read and will be served as lost; what could be read goes on";
            case CUT_TAIL -> why;
            case NEW_GENERATION ->
                why + "; " + before + ". Generation "
                        + generation + " was begun: servers must log in to session " + acd + "."
                        + generation + ", from sequence 1" + missed;
        };
    }
}
