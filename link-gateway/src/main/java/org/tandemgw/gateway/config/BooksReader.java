package org.tandemgw.gateway.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tandemgw.profiles.yaml.Section;

/** Reads what is written down about calls: {@code statistics} and {@code call-records}. */
final class BooksReader {
    private static final List<String> INTERVALS = List.of("15m", "30m", "60m", "1h");
    private static final Duration LEAST_KEPT = Duration.ofDays(1);
    private static final Duration MOST_KEPT = Duration.ofDays(3_650);
    private static final Duration USUALLY_KEPT = Duration.ofDays(400);

    /** Folders of data that hold what Tandem itself reads. */
    private static final List<String> OURS =
            List.of("journal", "calls", "intervals", "ledger", "decisions", "notify", "history", "drills");

    private BooksReader() {}

    static StatisticsConfig statistics(Section section) {
        return new StatisticsConfig(
                section.value("interval", Duration.ofMinutes(30), BooksReader::interval, "write 15m, 30m or 60m"),
                section.duration("keep", USUALLY_KEPT, LEAST_KEPT, MOST_KEPT));
    }

    static Optional<CallRecordsConfig> callRecords(Section section, Path folder, Path data) {
        final CallRecordsConfig.Audience audience =
                section.word("for", CallRecordsConfig.Audience.class, CallRecordsConfig.Audience.ACTIVE);
        final Path standard = data == null ? null : data.resolve("call-records");
        final Path written = section.value("folder", standard, folder::resolve, "write the path of a folder");
        final Duration keep = section.duration("keep", USUALLY_KEPT, LEAST_KEPT, MOST_KEPT);
        if (written != null && Files.exists(written) && !Files.isDirectory(written)) {
            section.reject("folder", "is not a folder", "name a folder, or leave the key out");
        }
        if (written != null && isOurs(written, data)) {
            section.reject(
                    "folder",
                    "is where Tandem keeps its own files",
                    "name a folder of their own, or leave the key out: then it is call-records in data");
        }
        return section.present() && written != null
                ? Optional.of(new CallRecordsConfig(audience, written.normalize(), keep))
                : Optional.empty();
    }

    /** Servers' folders are made in it, and people move away what is there. */
    private static boolean isOurs(Path written, Path data) {
        if (data == null) {
            return false;
        }
        final Path own = data.toAbsolutePath().normalize();
        final Path at = written.toAbsolutePath().normalize();
        return at.equals(own) || OURS.stream().anyMatch(name -> at.startsWith(own.resolve(name)));
    }

    private static Duration interval(String text) {
        if (!INTERVALS.contains(text)) {
            throw new IllegalArgumentException("is not a length that intervals have");
        }
        return text.endsWith("h") ? Duration.ofHours(1) : Duration.ofMinutes(Long.parseLong(text.substring(0, 2)));
    }
}
