package org.tandemgw.gateway.backup;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a backup file says of itself in its first line. The keys are on disk for ever; some may be added.
 *
 * @param format {@link #FORMAT}
 * @param site the site's name
 * @param tandem the version that made it
 * @param host the machine that made it
 * @param madeAt when it was begun
 * @param number running number of this ACD's backups in this folder
 * @param kind {@link #FULL} or {@link #INCREMENTAL}
 * @param acd the ACD
 * @param mode of its link: merge or relay
 * @param profile its dialect
 * @param generation of the journal
 * @param volume what the medium is called
 * @param first first sequence in it
 * @param last last sequence in it
 * @param firstAt arrival of the first; null if none of its records can be read
 * @param lastAt arrival of the last, likewise
 * @param previous what an incremental one continues; null in a full one
 */
public record BackupLabel(
        String format,
        String site,
        String tandem,
        String host,
        Instant madeAt,
        long number,
        String kind,
        String acd,
        String mode,
        String profile,
        int generation,
        String volume,
        long first,
        long last,
        Instant firstAt,
        Instant lastAt,
        Previous previous) {

    /** The layout that this version writes, and the only one that it reads. */
    public static final String FORMAT = "tandem-backup-1";

    private static final Pattern ACD = Pattern.compile("[A-Za-z0-9-]{1,32}");
    private static final int LAST_GENERATION = 99_999_999;

    /** Everything that was kept. */
    public static final String FULL = "full";

    /** What came after another backup. */
    public static final String INCREMENTAL = "incremental";

    /**
     * The backup before.
     *
     * @param number its running number
     * @param sha256 of that file, as its own last lines say
     * @param last its last sequence
     * @param lastAt arrival of that record; null if not known
     * @param sums the two checksums of that record, sixteen hex digits: the proof that both are of one history
     */
    public record Previous(long number, String sha256, long last, Instant lastAt, String sums) {}

    /** Whether it can be one of ours: what comes from a medium names folders and numbers generations. */
    boolean isSane() {
        return acd != null
                && ACD.matcher(acd).matches()
                && Stream.of(site, tandem, host, madeAt, mode, profile, volume).allMatch(Objects::nonNull)
                && (FULL.equals(kind) && previous == null || INCREMENTAL.equals(kind) && previous != null)
                && number > 0
                && generation > 0
                && generation <= LAST_GENERATION
                && first > 0
                && last >= first;
    }

    /** The name of its file. */
    public String fileName() {
        return String.format("%s.%d.%06d.%s%s", acd, generation, number, kind, BackupFolder.SUFFIX);
    }

    /** How servers call the journal that it was made of. */
    public String session() {
        return generation == 1 ? acd : acd + "." + generation;
    }
}
