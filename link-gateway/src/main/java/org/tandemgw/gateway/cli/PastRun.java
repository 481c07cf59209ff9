package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.history.HistoryReader;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.simulate.Hindsight;
import org.tandemgw.gateway.simulate.HindsightPage;
import org.tandemgw.gateway.simulate.HindsightReport;

/** {@code simulate --history}: reads a data folder, or a copy of one, and prints. */
final class PastRun {
    private static final long FOREVER_MS = 253_402_300_799_999L; // the end of the year 9999

    private final Console console;
    private final SiteConfiguration site;
    private final boolean json;

    PastRun(Console console, SiteConfiguration site, boolean json) {
        this.console = console;
        this.site = site;
        this.json = json;
    }

    /** @param data null: that of the file */
    int run(Path data, String from, String to, Duration window) {
        final Path folder = data == null ? site.data() : console.folder().resolve(data);
        final long fromMs = from == null ? 0 : ms(from, false);
        final long toMs = to == null ? FOREVER_MS : ms(to, true);
        if (fromMs > toMs) {
            throw Refusal.usage("--from " + from + " is after --to " + to, "name the earlier one with --from");
        }
        try {
            if (!Files.isDirectory(folder)) {
                throw Refusal.usage(folder + " is no folder", "name the data folder, or a copy of it, with --data DIR");
            }
            if (!HistoryReader.exists(folder)) {
                throw Refusal.no(
                        folder + " has no history: nothing was recorded there",
                        "an appliance with  switchover.history.record: on  keeps it in data/history");
            }
            final long shownFromMs = from == null ? System.currentTimeMillis() - TimeUnit.DAYS.toMillis(30) : fromMs;
            final HindsightReport report;
            try (Progress progress =
                    new Progress(console, "reading", shownFromMs, Math.min(toMs, System.currentTimeMillis()))) {
                report = Hindsight.of(site, folder, fromMs, toMs, window.toMillis(), progress);
            }
            if (json) {
                console.out().println(JsonRecords.write(report));
            } else {
                HindsightPage.lines(report, console.colours()).forEach(console.out()::println);
            }
            return report.good() ? 0 : 1;
        } catch (IOException e) {
            throw Refusal.no("the history in " + folder + " cannot be read: " + e.getMessage(), null);
        }
    }

    /** A day, or a time. */
    private static long ms(String text, boolean end) {
        try {
            final LocalDate day = LocalDate.parse(text);
            final LocalDate first = end ? day.plusDays(1) : day;
            return first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - (end ? 1 : 0);
        } catch (DateTimeParseException e) {
            return TimeUnit.NANOSECONDS.toMillis(Times.parse(text));
        }
    }
}
