package org.tandemgw.gateway.books;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.tandemgw.recovery.AccountKind;
import org.tandemgw.recovery.IntervalLine;
import org.tandemgw.recovery.IntervalPart;

/** How interval statistics are written, {@code data/intervals/<acd>-<day>.csv}, and read again. What each column means: docs/intervals.md. */
public final class IntervalFile {
    /** The folder within the data folder. */
    public static final String FOLDER = "intervals";

    /** The first line of each file. */
    public static final String HEADER =
            "acd,from,to,interval_s,began,sure,server,kind,name,at_begin,offered,found,answered,abandoned,left,lost,"
                    + "at_end,wait_s,ring_s,talk_s,hold_s,work_s,present_s,generation,sequence,part";

    private static final int COLUMNS = HEADER.split(",").length;

    /**
     * One line of a file.
     *
     * @param began why the part begins: a word of {@link org.tandemgw.recovery.Cut}
     */
    public record Row(
            String acd,
            long fromNs,
            long toNs,
            long intervalS,
            String began,
            boolean sure,
            String server,
            long generation,
            long sequence,
            IntervalLine line) {}

    private IntervalFile() {}

    /** Whether a line is the last of its part. */
    static boolean endsPart(String line) {
        final List<String> fields = Csv.fields(line);
        return fields.size() == COLUMNS && fields.get(7).equals(AccountKind.ACD.word());
    }

    /** The lines of one part. */
    static String lines(String acd, long intervalS, IntervalPart part, LinePosition at) {
        final StringBuilder all = new StringBuilder(part.lines().size() * 250);
        rows(acd, intervalS, at.generation(), part).forEach(row -> all.append(line(row, at.index())));
        return all.toString();
    }

    /** One line, with its end. */
    public static String line(Row row) {
        return line(row, 0);
    }

    private static String line(Row row, long part) {
        final IntervalLine line = row.line();
        return new Csv()
                .add(row.acd())
                .time(row.fromNs())
                .time(row.toNs())
                .add(row.intervalS())
                .add(row.began())
                .add(row.sure() ? "yes" : "no")
                .add(row.server())
                .add(line.kind().word())
                .add(line.name())
                .add(line.atBegin())
                .add(line.offered())
                .add(line.found())
                .add(line.answered())
                .add(line.abandoned())
                .add(line.left())
                .add(line.lost())
                .add(line.atEnd())
                .seconds(line.waitNs())
                .seconds(line.ringNs())
                .seconds(line.talkNs())
                .seconds(line.holdNs())
                .seconds(line.workNs())
                .seconds(line.presentNs())
                .add(row.generation())
                .add(row.sequence())
                .add(part)
                .line();
    }

    /** The rows of a part that is not in a file. */
    public static List<Row> rows(String acd, long intervalS, long generation, IntervalPart part) {
        return part.lines().stream()
                .map(line -> new Row(
                        acd,
                        part.fromNs(),
                        part.toNs(),
                        intervalS,
                        part.began().word(),
                        part.sure(),
                        part.server(),
                        generation,
                        part.sequence(),
                        line))
                .toList();
    }

    /**
     * Reads what is there of one ACD about this time, in order, also of a site that runs. A line that is none is passed over.
     *
     * @param each gets what overlaps the time
     */
    public static void read(Path data, String acd, long fromNs, long toNs, Consumer<Row> each) throws IOException {
        final Path folder = data.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (final LocalDate day : DayFolder.days(folder, acd)) {
            // An interval lies in the file of the day on which it began.
            final long beginNs = ns(day.atStartOfDay().toInstant(ZoneOffset.UTC).toString());
            if (beginNs < toNs && beginNs + 2 * 86_400_000_000_000L > fromNs) {
                readFile(folder.resolve(acd + "-" + day + ".csv"), fromNs, toNs, each);
            }
        }
    }

    private static void readFile(Path file, long fromNs, long toNs, Consumer<Row> each) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final Row row = row(line);
                if (row != null && row.toNs() > fromNs && row.fromNs() < toNs) {
                    each.accept(row);
                }
            }
        } catch (NoSuchFileException e) {
            return; // it was taken away just now
        }
    }

    static Row row(String line) {
        final List<String> f = Csv.fields(line);
        if (f.size() != COLUMNS || f.get(0).equals("acd")) {
            return null;
        }
        try {
            return new Row(
                    f.get(0),
                    ns(f.get(1)),
                    ns(f.get(2)),
                    Long.parseLong(f.get(3)),
                    f.get(4),
                    f.get(5).equals("yes"),
                    f.get(6),
                    Long.parseLong(f.get(23)),
                    Long.parseLong(f.get(24)),
                    new IntervalLine(
                            AccountKind.valueOf(f.get(7).toUpperCase(Locale.ROOT)),
                            f.get(8),
                            Long.parseLong(f.get(9)),
                            Long.parseLong(f.get(16)),
                            Long.parseLong(f.get(10)),
                            Long.parseLong(f.get(11)),
                            Long.parseLong(f.get(12)),
                            Long.parseLong(f.get(13)),
                            Long.parseLong(f.get(14)),
                            Long.parseLong(f.get(15)),
                            Csv.ns(f.get(17)),
                            Csv.ns(f.get(18)),
                            Csv.ns(f.get(19)),
                            Csv.ns(f.get(20)),
                            Csv.ns(f.get(21)),
                            Csv.ns(f.get(22))));
        } catch (IllegalArgumentException | DateTimeParseException | IndexOutOfBoundsException e) {
            return null; // torn, or somebody else's
        }
    }

    private static long ns(String time) {
        final Instant at = Instant.parse(time);
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
